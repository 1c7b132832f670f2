import type { Anomaly, AnomalyKind } from '../index.js'
import { day, preciseTime, type Zone } from './when.js'

const SENTENCES: Readonly<Record<AnomalyKind, string>> = {
  'answer-not-seen': 'ended in ANSWER, and no answer was seen',
  'dial-not-seen': 'began unseen',
  'conflicting-events': 'different events of one kind',
  'bridged-contradiction': 'Bridged=no, but a phone had answered before',
  'bridged-yes-without-leg': 'Bridged=yes, but no answered leg is known',
  'callback-reached-nobody': 'a phone talked in a callback, and no outgoing leg was seen',
  'took-dead-call': 'answered after the queue that rang it had said Bridged=no: nobody was there any more',
  'duration-contradiction': 'the Duration does not agree with answer and hangup',
  'client-out-of-sight': 'answered another extension while nobody talked to the client: retrieved, or picked up',
  'lost-after-transfer': 'a transfer rang in vain, and nobody talked to the client later',
  'unresolved-incoming': 'a client rang phones directly, nobody answered, and no IVR or queue speaks for the call',
  'bridged-on-phone': 'a phone sent Bridged; it is ignored',
  'unknown-status': 'a status that is not listed; it counts as unsuccessful',
  'invalid-field': 'a field that means nothing; it counts as absent',
  'never-closed': 'never hung up',
  'over-limit': 'the call is larger than the limits allow; this event was not taken',
  'late-event': 'came after the call had been let go; it changes nothing'
}

/** More times than these tell a person nothing more. */
const TIMES = 4

const times = (zone: Zone, { at }: Anomaly): string => {
  const shown = at.slice(0, TIMES).map((time) => `${day(zone, time)} ${preciseTime(zone, time)}`)
  return at.length > TIMES ? `${shown.join(', ')} and ${at.length - TIMES} more` : shown.join(', ')
}

/** What the anomaly says of its leg: `invalid-field: a field that means nothing … (Duration "x"), 2026-05-28 20:38:06.478`. */
export const anomalySentence = (zone: Zone, anomaly: Anomaly): string => {
  const { kind, field, value } = anomaly
  const what = field === undefined ? '' : ` (${field}${value === undefined ? '' : ` ${JSON.stringify(value)}`})`
  const when = anomaly.at.length === 0 ? '' : `, ${times(zone, anomaly)}`
  return `${kind}: ${SENTENCES[kind]}${what}${when}`
}

/** One line for a person, with the call and the leg. */
export const anomalyText = (zone: Zone, anomaly: Anomaly): string => {
  const leg = anomaly.leg === undefined ? '' : `, leg ${anomaly.leg}`
  return `call ${anomaly.callId}${leg}: ${anomalySentence(zone, anomaly)}`
}
