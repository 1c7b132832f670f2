import type { Anomaly } from '../../src/call/Anomaly.js'
import type { Config } from '../../src/config/Config.js'
import { timesOf } from './events.js'
import { isAnswered, isForward, isIncomingPhone, isIvrOrQueue, isToOutside, type Call } from './legs.js'
import {
  callbackReachedNobody, clientOutOfSight, durationContradiction, lostAfterTransfer, tookADeadCall, type Oddity
} from './lostTalks.js'
import { unansweredAtPhone } from './missed.js'
import { isRecordedOutgoing } from './records.js'

const HANGUP_STATUSES = ['ANSWER', 'BUSY', 'NOANSWER', 'CANCEL', 'CONGESTION', 'CHANUNAVAIL']

/** A phone's leg, or a forward outside, ended in `ANSWER`, and no answer was seen. */
const answerNotSeen: Oddity = (_config, _call, leg) =>
  (leg.type === 'phone' || (isForward(leg) && leg.type !== 'fax')) && leg.hangup?.status === 'ANSWER' && !isAnswered(leg)
    ? [{ at: [leg.hangup.at] }]
    : []

/** Phones only; and R-direction: a leg with neither gives no record and an anomaly. */
const dialNotSeen: Oddity = (_config, _call, leg) =>
  leg.dial === undefined && (leg.type === 'phone' || leg.direction === undefined) ? [{ at: [leg.firstAt] }] : []

/** Two different events of one kind in one leg. */
const conflictingEvents: Oddity = (_config, _call, leg) =>
  (['dial', 'answer', 'hangup'] as const).flatMap((kind) => {
    const ofKind = leg.events.filter((event) => event.kind === kind)
    return ofKind.length > 1 ? [{ field: kind, at: timesOf(ofKind) }] : []
  })

/** An IVR or queue hangup with `no`, later than the answer of an incoming phone leg of that call. */
const bridgedContradiction: Oddity = (_, call, leg) => {
  const answers = timesOf(call.legs.filter(isIncomingPhone).flatMap(({ answer }) => (answer === undefined ? [] : [answer])))
  const first = answers[0]
  return isIvrOrQueue(leg) && leg.hangup?.bridged === 'no' && first !== undefined && leg.hangup.at > first
    ? [{ at: [first, leg.hangup.at] }]
    : []
}

/**
 * `yes`, and neither an incoming phone leg nor an outgoing one to an external number was answered.
 *
 * Chosen here: the outgoing ones are those that R-out records: a phone's, or a forward of an IVR or queue.
 */
const bridgedYesWithoutLeg: Oddity = (_, call, leg) => {
  const yes = leg.events.filter(({ kind, bridged }) => kind === 'hangup' && bridged === 'yes')
  const isAnyAnswered = call.legs.some((other) => (isIncomingPhone(other) || (isToOutside(other) && isRecordedOutgoing(other))) && isAnswered(other))
  return isIvrOrQueue(leg) && yes.length > 0 && !isAnyAnswered ? [{ at: timesOf(yes) }] : []
}

/** R-type: `Bridged` on a known phone is ignored and reported. (An unknown one with `Bridged` is special, so this one is known.) */
const bridgedOnPhone: Oddity = (_config, _call, leg) => {
  const bridged = leg.events.filter((event) => event.bridged !== undefined)
  return leg.type === 'phone' && bridged.length > 0 ? [{ at: timesOf(bridged) }] : []
}

/** A hangup status that is not listed. */
const unknownStatus: Oddity = (_config, _call, { hangup }) =>
  hangup === undefined || hangup.status === undefined || HANGUP_STATUSES.includes(hangup.status)
    ? []
    : [{ field: 'CallStatus', value: hangup.status, at: [hangup.at] }]

/** A field that means nothing counts as absent and is reported. */
const invalidField: Oddity = (_config, _call, leg) => {
  const carrying = (field: string, value: string) =>
    leg.events.filter((event) => (event.invalid ?? []).some((wrong) => wrong.field === field && wrong.value === value))
  return leg.events
    .flatMap((event) => event.invalid ?? [])
    .filter(({ field, value }, i, all) => all.findIndex((other) => other.field === field && other.value === value) === i)
    .map(({ field, value }) => ({ field, value, at: timesOf(carrying(field, value)) }))
}

/** No hangup when the call was given up. */
const neverClosed: Oddity = (_config, _call, leg) => (leg.hangup === undefined ? [{ at: [leg.firstAt] }] : [])

const ODDITIES: ReadonlyArray<readonly [Anomaly['kind'], Oddity]> = [
  ['answer-not-seen', answerNotSeen],
  ['dial-not-seen', dialNotSeen],
  ['conflicting-events', conflictingEvents],
  ['bridged-contradiction', bridgedContradiction],
  ['bridged-yes-without-leg', bridgedYesWithoutLeg],
  ['bridged-on-phone', bridgedOnPhone],
  ['unknown-status', unknownStatus],
  ['invalid-field', invalidField],
  ['never-closed', neverClosed],
  ['callback-reached-nobody', callbackReachedNobody],
  ['took-dead-call', tookADeadCall],
  ['duration-contradiction', durationContradiction],
  ['client-out-of-sight', clientOutOfSight],
  ['lost-after-transfer', lostAfterTransfer]
]

/** R-missed-at-phone: Without the switch such a call gives the anomaly `unresolved-incoming`. */
const unresolvedIncoming = (config: Config, call: Call): ReadonlyArray<Anomaly> => {
  const unanswered = config.missedAtPhone === true ? undefined : unansweredAtPhone(config, call)
  if (unanswered === undefined) return []
  return [{ kind: 'unresolved-incoming', callId: call.callId, leg: unanswered.leg.key, at: [unanswered.hangup.at] }]
}

/** The oddities of a call, judged once it is given up. */
export const anomaliesOf = (config: Config, call: Call): ReadonlyArray<Anomaly> => [
  ...call.legs.flatMap((leg) =>
    ODDITIES.flatMap(([kind, oddity]) => oddity(config, call, leg).map((found) => ({ kind, callId: call.callId, leg: leg.key, ...found })))
  ),
  ...unresolvedIncoming(config, call)
]
