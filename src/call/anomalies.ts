import type { Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import { seconds, type EpochMicros, type Micros } from '../event/time.js'
import { endedBadly, firstOf, hungUpBy, isIncomingPhone, isSpecial, type Leg } from '../leg/Leg.js'
import { eventsOf, isSuccess, toldDuration } from '../leg/LegFacts.js'
import { isListedStatus } from '../leg/status.js'
import type { Anomaly, AnomalyKind } from './Anomaly.js'
import type { Call } from './Call.js'
import { isCallback } from './callback.js'
import { clientOf } from './client.js'
import { linksOf, type Links } from './links.js'
import { hangupsWithYes, missedAtPhone, saysYes, tookDeadCall } from './missed.js'
import { isSource } from './source.js'
import { pointsBackTo } from './transfer.js'

const KINDS = ['dial', 'answer', 'hangup'] as const

/** What an oddity says beyond its kind and its leg. */
type Finding = { readonly at: ReadonlyArray<EpochMicros>; readonly field?: string; readonly value?: string }

/** An oddity of legs: its findings on one leg of the call. What the legs mean to each other is read for a check that asks. */
type LegCheck = (leg: Leg, call: Call, links: () => Links, settings: Settings) => ReadonlyArray<Finding>

const timesOf = (events: ReadonlyArray<CallEvent>): ReadonlyArray<EpochMicros> =>
  [...new Set(events.map((event) => event.at))].sort((a, b) => a - b)

const NOTHING: ReadonlyArray<Finding> = []

const conflicts: LegCheck = (leg) => {
  if (leg.others.length === 0) return NOTHING
  return KINDS.flatMap((kind) => {
    const events = eventsOf(leg).filter((event) => event.kind === kind)
    return events.length > 1 ? [{ at: timesOf(events), field: kind }] : []
  })
}

const invalidFields: LegCheck = (leg) => {
  const byText = new Map<string, { readonly field: string; readonly value: string; readonly events: Array<CallEvent> }>()
  for (const event of eventsOf(leg)) {
    for (const { field, value } of event.invalid ?? []) {
      const text = `${field}=${value}`
      const known = byText.get(text) ?? { field, value, events: [] }
      known.events.push(event)
      byText.set(text, known)
    }
  }
  return [...byText.values()].map(({ field, value, events }) => ({ at: timesOf(events), field, value }))
}

const answerOf = (leg: Leg): EpochMicros => leg.answer?.at ?? Infinity

/** Of an incoming phone leg of the call: never, if none was answered. */
const earliestAnswer = (call: Call): EpochMicros => Math.min(...call.legs.filter(isIncomingPhone).map(answerOf))

const contradiction: LegCheck = (leg, call) => {
  const { hangup } = leg
  if (!isSpecial(leg) || hangup?.bridged !== 'no') return NOTHING
  const answered = earliestAnswer(call)
  return hangup.at > answered ? [{ at: [answered, hangup.at] }] : NOTHING
}

const yesWithoutLeg: LegCheck = (leg, call) => {
  if (!saysYes(leg)) return NOTHING
  const answered = call.legs.some((other) => other.answer !== undefined && (isIncomingPhone(other) || isOutside(other)))
  return answered ? NOTHING : [{ at: timesOf(hangupsWithYes(leg)) }]
}

const bridgedOnPhone: LegCheck = (leg) => {
  // of a phone by ExtType or the directory: one of unknown type that carries it is an IVR or a queue
  if (!leg.bridged || leg.type !== 'phone') return NOTHING
  return [{ at: timesOf(eventsOf(leg).filter((event) => event.bridged !== undefined)) }]
}

const unknownStatus: LegCheck = ({ hangup }) =>
  hangup?.status !== undefined && !isListedStatus(hangup.status) ? [{ at: [hangup.at], field: 'CallStatus', value: hangup.status }] : NOTHING

const answerNotSeen: LegCheck = ({ answer, hangup, type, forward, direction }) =>
  answer === undefined && hangup?.status === 'ANSWER' && (type === 'phone' || (forward && direction === 'outgoing' && type !== 'fax'))
    ? [{ at: [hangup.at] }]
    : NOTHING

const dialNotSeen: LegCheck = (leg) =>
  leg.dial === undefined && (leg.type === 'phone' || leg.direction === undefined) ? [{ at: [firstOf(leg)] }] : NOTHING

const neverClosed: LegCheck = (leg, call) => (call.givenUp && leg.hangup === undefined ? [{ at: [firstOf(leg)] }] : NOTHING)

const hasTalked = (leg: Leg): boolean => leg.answer !== undefined && !endedBadly(leg)

/** A leg to the outside that R-out records: a phone's, or a forward of an IVR or queue. */
const isOutside = (leg: Leg): boolean => leg.direction === 'outgoing' && !leg.local && (leg.type === 'phone' || (leg.forward && isSpecial(leg)))

const callbackReachedNobody: LegCheck = (leg, call, links) => {
  if (leg.answer === undefined || !isIncomingPhone(leg) || !isCallback(call)) return NOTHING
  if (call.legs.some((other) => other.direction === 'outgoing')) return NOTHING
  const { deciding } = links()
  // one oddity of the call: the phone that answered last stands for it
  let last: Leg | undefined
  for (const other of call.legs) {
    if (isIncomingPhone(other) && hasTalked(other) && !tookDeadCall(other, deciding) && (last === undefined || answerOf(other) >= answerOf(last))) last = other
  }
  return leg === last ? [{ at: [leg.answer.at] }] : NOTHING
}

const deadCall: LegCheck = (leg, call, links) => {
  if (!call.bridged || leg.answer === undefined) return NOTHING
  const { deciding } = links()
  return deciding !== undefined && tookDeadCall(leg, deciding) ? [{ at: [deciding.hangup.at, leg.answer.at] }] : NOTHING
}

/** What of a talk time may be lost on the way of its events. */
const TOLERATED: Micros = seconds(2)

const durationContradiction: LegCheck = (leg) => {
  const { answer, hangup } = leg
  const told = toldDuration(leg)
  if (answer === undefined || hangup === undefined || told === undefined) return NOTHING
  const differs = Math.abs(told - (hangup.at - answer.at)) > TOLERATED
  return differs || (told > 0 && !isSuccess(hangup)) ? [{ at: timesOf([answer, hangup]), field: 'Duration', value: String(told) }] : NOTHING
}

/** Did the client talk on this leg? A source's talk is the outgoing leg's. */
const talkedToClient: (leg: Leg, call: Call, links: Links, settings: Settings) => boolean = (leg, call, links, settings) => {
  if (!hasTalked(leg) || leg.local) return false
  if (isIncomingPhone(leg)) return !isSource(settings, call, links, leg) && !tookDeadCall(leg, links.deciding)
  return isOutside(leg)
}

const clientOutOfSight: LegCheck = (leg, call, linksOfCall, settings) => {
  const { answer } = leg
  if (answer === undefined || !leg.local || leg.type !== 'phone') return NOTHING
  const links = linksOfCall()
  if (tookDeadCall(leg, links.deciding)) return NOTHING
  if (clientOf(links, answer.at) === undefined) return NOTHING
  const talks = call.legs.some((other) => answerOf(other) <= answer.at && !hungUpBy(other, answer.at) && talkedToClient(other, call, links, settings))
  return talks ? NOTHING : [{ at: [answer.at] }]
}

const lostAfterTransfer: LegCheck = (leg, call, linksOfCall, settings) => {
  if (!leg.transfer || leg.local || leg.answer !== undefined || !(isIncomingPhone(leg) || leg.forward) || leg.hangup?.status === 'ANSWER') return NOTHING
  const links = linksOfCall()
  const ended = pointsBackTo(settings, call, links, leg)?.hangup
  if (ended === undefined || hungUpBy(leg, ended.at)) return NOTHING
  const later = call.legs.some(
    (other) => talkedToClient(other, call, links, settings) && (!hungUpBy(other, ended.at) || (other.answer !== undefined && other.answer.at > ended.at))
  )
  return later ? NOTHING : [{ at: [leg.hangup?.at ?? firstOf(leg)] }]
}

/** The oddities of a leg, one line each, in the order in which they are told. */
const CHECKS: ReadonlyArray<{ readonly kind: AnomalyKind; readonly check: LegCheck }> = [
  { kind: 'answer-not-seen', check: answerNotSeen },
  { kind: 'bridged-contradiction', check: contradiction },
  { kind: 'bridged-on-phone', check: bridgedOnPhone },
  { kind: 'bridged-yes-without-leg', check: yesWithoutLeg },
  { kind: 'callback-reached-nobody', check: callbackReachedNobody },
  { kind: 'client-out-of-sight', check: clientOutOfSight },
  { kind: 'conflicting-events', check: conflicts },
  { kind: 'dial-not-seen', check: dialNotSeen },
  { kind: 'duration-contradiction', check: durationContradiction },
  { kind: 'invalid-field', check: invalidFields },
  { kind: 'lost-after-transfer', check: lostAfterTransfer },
  { kind: 'never-closed', check: neverClosed },
  { kind: 'took-dead-call', check: deadCall },
  { kind: 'unknown-status', check: unknownStatus }
]

/** The oddities of a call as they stand, leg by leg: all but `never-closed` at any time, that one when the call is given up. */
export const anomaliesOf = (settings: Settings, call: Call): ReadonlyArray<Anomaly> => {
  const anomalies: Array<Anomaly> = []
  let known: Links | undefined
  const links = (): Links => (known ??= linksOf(settings, call))
  const unresolved = settings.missedAtPhone ? undefined : missedAtPhone(settings, call)
  const tell = (leg: Leg, kind: AnomalyKind, findings: ReadonlyArray<Finding>): void => {
    for (const finding of findings) anomalies.push({ kind, callId: call.callId, leg: leg.key, ...finding })
  }
  for (const leg of call.legs) {
    for (const { kind, check } of CHECKS) tell(leg, kind, check(leg, call, links, settings))
    if (unresolved?.leg === leg) tell(leg, 'unresolved-incoming', [{ at: [unresolved.hangup.at] }])
  }
  return anomalies
}
