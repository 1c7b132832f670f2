import type { Config } from '../../src/config/Config.js'
import type { Micros } from '../../src/event/time.js'
import type { Cause, LegFields, LegRecord, Transfer } from '../../src/record/CallRecord.js'
import { tookDeadCall } from './deciding.js'
import { firstOf } from './events.js'
import { isAnswered, isForward, isIvrOrQueue, type Call, type Leg } from './legs.js'
import {
  callBackIdOf, clientLegBefore, contextOf, didOf, isConsultation, isOnBehalf, isSource, isTransfer, pointsBackTo, recordExtension,
  transferringExtension
} from './links.js'
import { nameUnlessNumber, normalised } from './numbers.js'

/** A key with its value; none if there is no value. */
export const ifKnown = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }

const isSuccess = (leg: Leg): boolean => leg.hangup?.status === 'ANSWER'

/**
 * R-success: Everything else, unknown values and an absent one included, is `unsuccessful` with a cause: BUSY `busy`, CANCEL
 * `cancelled`, NOANSWER `no-answer`, CONGESTION `congestion`, CHANUNAVAIL `unavailable`, else `other`.
 */
const causeOf = (status: string | undefined): Cause => {
  switch (status) {
    case 'BUSY':
      return 'busy'
    case 'CANCEL':
      return 'cancelled'
    case 'NOANSWER':
      return 'no-answer'
    case 'CONGESTION':
      return 'congestion'
    case 'CHANUNAVAIL':
      return 'unavailable'
    default:
      return 'other'
  }
}

/** R-talk: Talk time of a success: the hangup's `Duration`; else hangup time minus answer time, if that is not negative; else absent. */
const talkTimeOf = ({ answer, hangup }: Leg): Micros | undefined => {
  if (hangup?.talkTime !== undefined) return hangup.talkTime
  if (hangup === undefined || answer === undefined || hangup.at < answer.at) return undefined
  return hangup.at - answer.at
}

/** R-in: An incoming phone leg is recorded at its hangup if and only if an `answer` came in that same leg. */
const isRecordedIncoming = (leg: Leg): boolean => leg.direction === 'incoming' && leg.type === 'phone' && isAnswered(leg)

/**
 * R-out: An outgoing phone leg to an external number is always recorded at its hangup; so is an outgoing `Transfered` leg of an IVR
 * or queue (a forward outside by rule).
 */
export const isRecordedOutgoing = (leg: Leg): boolean =>
  leg.direction === 'outgoing' && (leg.type === 'phone' || (isForward(leg) && isIvrOrQueue(leg)))

/**
 * R-expiry: (Of a call that is given up) answered legs and external outgoing legs that never hung up become `incomplete` records.
 */
const isRecordedOpen = (leg: Leg): boolean => isAnswered(leg) || (leg.direction === 'outgoing' && !leg.local)

const isRecorded = (config: Config, call: Call, leg: Leg): boolean =>
  (isRecordedIncoming(leg) || isRecordedOutgoing(leg)) &&
  (leg.hangup !== undefined || isRecordedOpen(leg)) &&
  // R-local: Local legs give no record unless the configuration asks for them.
  (!leg.local || config.local === true) &&
  !isSource(config, call, leg) &&
  !isConsultation(config, call, leg) &&
  // R-answered: it took a dead call: it gives no record either.
  !tookDeadCall(config, call, leg)

/** R-transfer: on every transfer, whatever came of it; `client` on forwards outside. */
const transferOf = (config: Config, call: Call, leg: Leg): Transfer | undefined => {
  if (!isTransfer(config, leg)) return undefined
  const extension = transferringExtension(config, leg)
  const from = extension === undefined ? undefined : { extension, ...ifKnown('subCallId', pointsBackTo(config, call, leg)?.subCallId) }
  const client = leg.transferred ? clientLegBefore(call, leg.beganAt)?.number : undefined
  return { ...ifKnown('from', from), ...ifKnown('client', normalised(config, client)) }
}

/**
 * `CallerIDName` of an incoming leg that is no transfer. R-remote: A name that is the number is left out; of a client without a number
 * the word that stands instead of one is the name, if there is no other.
 */
const nameOf = (config: Config, leg: Leg): string | undefined =>
  (isTransfer(config, leg) ? undefined : nameUnlessNumber(config, leg.parties.callerName, leg.client)) ?? leg.word

const fieldsOf = (config: Config, call: Call, leg: Leg, direction: LegFields['direction']): LegFields => ({
  v: 1,
  id: `${call.callId}/${leg.key}`,
  direction,
  callId: call.callId,
  subCallId: leg.subCallId,
  ...ifKnown('extension', recordExtension(config, call, leg)),
  ...ifKnown('remoteNumber', normalised(config, leg.number)),
  ...ifKnown('remoteName', direction === 'incoming' ? nameOf(config, leg) : undefined),
  ...ifKnown('did', normalised(config, didOf(call, leg))),
  ...ifKnown('startedAt', leg.dial?.at),
  ...ifKnown('answeredAt', leg.answer?.at),
  ...ifKnown('status', leg.hangup?.status),
  ...ifKnown('recordingId', firstOf(leg, (event) => event.recordingId)),
  ...ifKnown('transfer', transferOf(config, call, leg)),
  ...ifKnown('callBackId', callBackIdOf(call)),
  ...ifKnown('context', contextOf(call)),
  ...ifKnown('onBehalf', isOnBehalf(config, call, leg) ? (true as const) : undefined),
  because: []
})

/** Kind of a leg's record, first that fits: `incomplete`, `unsuccessful`, `transferred`, `callback`, `answered`. */
const recordOf = (config: Config, call: Call, leg: Leg, direction: LegFields['direction']): LegRecord => {
  const fields = fieldsOf(config, call, leg, direction)
  if (leg.hangup === undefined) return { ...fields, kind: 'incomplete', successful: false }
  const endedAt = leg.hangup.at
  // R-success: Only `CallStatus=ANSWER` on the hangup is a success.
  if (!isSuccess(leg)) return { ...fields, kind: 'unsuccessful', successful: false, endedAt, cause: causeOf(leg.hangup.status) }
  const success = { ...fields, successful: true, endedAt, ...ifKnown('talkTime', talkTimeOf(leg)) } as const
  // R-transfer: a successful one is `transferred`.
  if (isTransfer(config, leg)) return { ...success, kind: 'transferred' }
  // R-callback: A successful leg that is not `transferred` is then `callback`.
  if (callBackIdOf(call) !== undefined) return { ...success, kind: 'callback' }
  return { ...success, kind: 'answered' }
}

/** The records of a call's legs. R-direction: a leg with neither (dial nor CallFlow) gives no record. */
export const legRecords = (config: Config, call: Call): ReadonlyArray<LegRecord> =>
  call.legs.flatMap((leg) =>
    leg.direction !== undefined && isRecorded(config, call, leg) ? [recordOf(config, call, leg, leg.direction)] : []
  )
