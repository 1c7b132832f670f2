import { isSpecial, startOf, type Leg } from '../leg/Leg.js'
import { subCallIdOf } from '../leg/LegFacts.js'
import type { HeldCall } from './HeldCall.js'
import type { OpenLeg } from './Reducer.js'

const stateOf = (leg: Leg): OpenLeg['state'] => (isSpecial(leg) && !leg.forward ? 'waiting' : leg.answer === undefined ? 'ringing' : 'talking')

const openLeg = (callId: string, leg: Leg): OpenLeg => {
  const { dial, answer } = leg
  const { did, callApiId } = leg.parties
  return {
    callId,
    subCallId: subCallIdOf(leg.key),
    leg: leg.key,
    state: stateOf(leg),
    ...(leg.direction === undefined ? {} : { direction: leg.direction }),
    ...(leg.extension === undefined ? {} : { extension: leg.extension }),
    extensionType: leg.type,
    ...(leg.client === undefined ? {} : { remoteNumber: leg.client }),
    ...(did === undefined ? {} : { did }),
    ...(callApiId === undefined ? {} : { callApiId }),
    ...(dial === undefined ? {} : { startedAt: dial.at }),
    ...(answer === undefined ? {} : { answeredAt: answer.at })
  }
}

/** The legs of a call that ring, talk or wait now, in the order in which they began. */
export const openLegsOf = ({ call }: HeldCall): ReadonlyArray<OpenLeg> =>
  call.ended === call.legs.length
    ? []
    : call.legs
        .filter((leg) => leg.hangup === undefined && leg.type !== 'fax')
        .sort((a, b) => startOf(a) - startOf(b))
        .map((leg) => openLeg(call.callId, leg))
