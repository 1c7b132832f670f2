import type { Json } from '../../src/call/Placed.js'
import type { Config } from '../../src/config/Config.js'
import type { EpochMicros } from '../../src/event/time.js'
import { cut, digitsOf, isOwnExtension, sameDigits } from './extensions.js'
import {
  earliestLeg, isAnsweredBefore, isHungUpBy, isIncomingPhone, isOrdinaryOutgoing, latestAnswered, type Call, type Leg
} from './legs.js'

/**
 * R-source: An incoming phone leg that was answered before, and not hung up by, the first event of an outgoing leg (no `Transfered`
 * one) of the same call to the same number (digits compared, and there are some) is that leg's source.
 */
const sourcesOf = (call: Call, outgoing: Leg): ReadonlyArray<Leg> =>
  isOrdinaryOutgoing(outgoing)
    ? call.legs
        .filter(isIncomingPhone)
        .filter((leg) => isAnsweredBefore(leg, outgoing.firstAt) && !isHungUpBy(leg, outgoing.firstAt))
        .filter((leg) => sameDigits(leg.number, outgoing.number))
    : []

/**
 * R-source: Likewise, without an outgoing leg, an incoming one from the destination of a call that the application said it placed.
 */
const isSourceOfPlaced = (call: Call, leg: Leg): boolean =>
  isIncomingPhone(leg) && !call.legs.some(isOrdinaryOutgoing) && sameDigits(leg.number, call.placed?.destination)

/** R-source: It gives no record. */
export const isSource = (call: Call, leg: Leg): boolean =>
  call.legs.some((outgoing) => sourcesOf(call, outgoing).includes(leg)) || isSourceOfPlaced(call, leg)

/** The same, as known from the outgoing legs that began before a moment, so that nothing that comes later can change it. */
export const isSourceBefore = (call: Call, leg: Leg, moment: EpochMicros): boolean =>
  isSource({ ...call, legs: call.legs.filter((other) => !isOrdinaryOutgoing(other) || other.firstAt < moment) }, leg)

/** R-source: The outgoing leg's record names the source's extension as its own. */
export const recordExtension = (call: Call, leg: Leg): string | undefined =>
  latestAnswered(sourcesOf(call, leg))?.extension ?? leg.extension

/**
 * R-transfer: A leg is a transfer if it is incoming with a `RemoteNumber` that is not, digit for digit, its `CallerIDNum`, or
 * outgoing with `Transfered=yes`.
 */
export const isTransfer = ({ direction, transferred, parties }: Leg): boolean => {
  if (direction === 'outgoing') return transferred
  return (
    direction === 'incoming' &&
    parties.remoteNumber !== undefined &&
    (parties.callerNumber === undefined || digitsOf(parties.remoteNumber) !== digitsOf(parties.callerNumber))
  )
}

/**
 * R-transfer: The transferring extension: in: `CallerIDNum`, else `CallerExtension`, whichever is an own extension; out: the leg's own.
 */
export const transferringExtension = (config: Config, leg: Leg): string | undefined =>
  leg.direction === 'outgoing'
    ? leg.extension
    : [leg.parties.callerNumber, leg.parties.callerExtension].filter((party) => isOwnExtension(config, party)).map(cut)[0]

/**
 * R-transfer: Among that extension's phone legs in the same call (the extension that their record names, R-source) that are neither
 * local nor a source, and whose answer came before this leg's first event, the record points back to the latest answered.
 */
export const pointsBackTo = (config: Config, call: Call, leg: Leg): Leg | undefined => {
  const from = transferringExtension(config, leg)
  if (!isTransfer(leg) || from === undefined) return undefined
  return latestAnswered(
    call.legs
      .filter((earlier) => earlier.type === 'phone' && recordExtension(call, earlier) === from)
      .filter((earlier) => !earlier.local && !isSourceBefore(call, earlier, leg.firstAt))
      .filter((earlier) => isAnsweredBefore(earlier, leg.firstAt))
  )
}

/**
 * R-consult: An incoming transfer leg that ended before the leg it points back to was a consultation (*2) that came to nothing: no
 * record.
 */
export const isConsultation = (config: Config, call: Call, leg: Leg): boolean => {
  const back = pointsBackTo(config, call, leg)?.hangup
  return leg.direction === 'incoming' && back !== undefined && leg.hangup !== undefined && leg.hangup.at < back.at
}

/**
 * R-client: The call's client: the client number of its earliest leg, of whatever extension type but no `Transfered` one, whose
 * number is external (earliest dial, legs without a dial by their first event).
 *
 * As known from the legs that began before a moment, so that nothing that comes later can change it.
 */
export const clientBefore = (call: Call, moment: EpochMicros): string | undefined =>
  earliestLeg(call.legs.filter((leg) => leg.beganAt < moment && !leg.transferred && leg.number !== undefined && !leg.local))?.number

/**
 * R-did: An incoming or `Transfered` leg without one takes that of the call's earliest event that has one, if that was before its
 * own hangup.
 */
export const didOfCallBefore = (call: Call, moment: EpochMicros): string | undefined => {
  const told = call.events.find((event) => event.parties.did !== undefined)
  return told !== undefined && told.at < moment ? told.parties.did : undefined
}

/** R-did: A leg's DID is the `CalledDID` on its own events. */
export const didOf = (call: Call, leg: Leg): string | undefined =>
  leg.parties.did ??
  (leg.direction === 'incoming' || leg.transferred ? didOfCallBefore(call, leg.hangup?.at ?? Number.POSITIVE_INFINITY) : undefined)

/**
 * R-callback: If any event of the CallID carries `CallBackID`, or the application told the correlator that it placed this call, the
 * call's records carry that id (of several, the earliest event's).
 */
export const callBackIdOf = (call: Call): string | undefined =>
  call.events.find((event) => event.callBackId !== undefined)?.callBackId ?? (call.placed === undefined ? undefined : call.callId)

/** R-callback: and the application's own context where it gave one. */
export const contextOf = (call: Call): Json | undefined => call.placed?.context

/**
 * R-callback: An outgoing leg whose own events carry `CallBackID` was placed on behalf of its extension, whose user did not talk
 * (unless R-source names the one who did).
 */
export const isOnBehalf = (call: Call, leg: Leg): boolean =>
  leg.direction === 'outgoing' && leg.events.some((event) => event.callBackId !== undefined) && sourcesOf(call, leg).length === 0
