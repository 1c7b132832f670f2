import type { Config } from '../../src/config/Config.js'
import type { CallEvent } from '../../src/event/CallEvent.js'
import type { EpochMicros } from '../../src/event/time.js'
import type { MissedRecord } from '../../src/record/CallRecord.js'
import { byCodeUnits } from './events.js'
import { isOwnExtension, sameDigits } from './extensions.js'
import {
  earliestLeg, isAnswered, isForward, isHungUpBy, isIncomingPhone, isIvrOrQueue, isOrdinaryOutgoing, latestLeg, type Call, type Leg
} from './legs.js'
import { callBackIdOf, clientBefore, contextOf, didOfCallBefore, isSourceBefore } from './links.js'
import { ifKnown, normalised } from './records.js'

/** The hangup that speaks for a call, and its leg. */
interface Deciding {
  readonly leg: Leg
  readonly hangup: CallEvent
}

const withHangup = (leg: Leg | undefined): Deciding | undefined =>
  leg === undefined || leg.hangup === undefined ? undefined : { leg, hangup: leg.hangup }

/**
 * R-deciding: a queue before a special that was reached through another extension (it has a `CallerExtension`) before another
 * special before an IVR.
 */
const rankOf = (leg: Leg): number => {
  if (leg.type === 'queue') return 3
  if (leg.type === 'special') return leg.parties.callerExtension === undefined ? 1 : 2
  return 0
}

/**
 * R-deciding: Which IVR or queue hangup speaks for the call, among those with `Bridged` (under the default rule: among those with
 * `no`); among equals the latest.
 */
const decidingHangup = (config: Config, call: Call): Deciding | undefined => {
  const speaking = call.legs
    .filter(isIvrOrQueue)
    .filter(({ hangup }) => (config.missedRule === 'last-hangup' ? hangup?.bridged !== undefined : hangup?.bridged === 'no'))
  const highest = Math.max(...speaking.map(rankOf))
  return withHangup(latestLeg(speaking.filter((leg) => rankOf(leg) === highest), (leg) => leg.hangup?.at ?? leg.firstAt))
}

/** R-bridged-yes: some IVR or queue hangup of the call says `Bridged=yes`. */
const isBridgedYes = (call: Call): boolean =>
  call.legs.filter(isIvrOrQueue).some((leg) => leg.events.some(({ kind, bridged }) => kind === 'hangup' && bridged === 'yes'))

/** Did not end in anything but `ANSWER`. */
const endedInNothingButAnswer = ({ hangup }: Leg): boolean => hangup === undefined || hangup.status === 'ANSWER'

/**
 * R-answered: somebody talked to the client all the same: an incoming phone leg that is not local was answered, did not end in
 * anything but `ANSWER`, and had not hung up by the deciding hangup;
 */
const isAnsweredByPhone = (leg: Leg, decidedAt: EpochMicros): boolean =>
  isIncomingPhone(leg) && !leg.local && isAnswered(leg) && endedInNothingButAnswer(leg) && !isHungUpBy(leg, decidedAt)

/** R-answered: or an outgoing `Transfered` leg to an external number was answered and did not end in anything but `ANSWER`; */
const isAnsweredOutside = (leg: Leg): boolean => isForward(leg) && !leg.local && isAnswered(leg) && endedInNothingButAnswer(leg)

/**
 * R-answered: or, in a call that is no callback, an outgoing leg to an external number was answered and had not hung up by then.
 */
const isAskingWhileClientHolds = (call: Call, leg: Leg, decidedAt: EpochMicros): boolean =>
  callBackIdOf(call) === undefined &&
  isOrdinaryOutgoing(leg) &&
  !leg.local &&
  leg.answer !== undefined &&
  leg.answer.at <= decidedAt &&
  !isHungUpBy(leg, decidedAt)

const isAnsweredAllTheSame = (call: Call, decidedAt: EpochMicros): boolean =>
  call.legs.some(
    (leg) => isAnsweredByPhone(leg, decidedAt) || isAnsweredOutside(leg) || isAskingWhileClientHolds(call, leg, decidedAt)
  )

/**
 * R-missed: A call is missed if the deciding hangup says `Bridged=no` and neither R-bridged-yes nor R-answered holds. The
 * configuration's `missedRule: "last-hangup"` leaves R-bridged-yes out.
 */
const missedAtIvrOrQueue = (config: Config, call: Call): Deciding | undefined => {
  const deciding = decidingHangup(config, call)
  if (deciding === undefined || deciding.hangup.bridged !== 'no') return undefined
  if (config.missedRule !== 'last-hangup' && isBridgedYes(call)) return undefined
  return isAnsweredAllTheSame(call, deciding.hangup.at) ? undefined : deciding
}

/** R-missed-at-phone: whose client came in (the earliest external leg is incoming, and not from the destination of a placed call) */
const clientCameIn = (call: Call): boolean => {
  const first = earliestLeg(call.legs.filter((leg) => !leg.transferred && !leg.local && leg.direction !== undefined))
  return first !== undefined && first.direction === 'incoming' && !sameDigits(first.number, call.placed?.destination)
}

/**
 * R-missed-at-phone: a call without any IVR or queue hangup, whose client came in, in which no such leg nor a `Transfered` one was
 * answered or hung up with `ANSWER`, and whose last dialled phone has hung up, is missed at that phone.
 */
export const unansweredAtPhone = (call: Call): Deciding | undefined => {
  if (call.legs.some((leg) => isIvrOrQueue(leg) && leg.hangup !== undefined)) return undefined
  if (!clientCameIn(call)) return undefined
  const reached = call.legs.filter((leg) => leg.transferred || (leg.direction === 'incoming' && !leg.local))
  if (reached.some((leg) => isAnswered(leg) || leg.hangup?.status === 'ANSWER')) return undefined
  return withHangup(latestLeg(call.legs.filter((leg) => isIncomingPhone(leg) && !leg.local), (leg) => leg.beganAt))
}

interface MissedNumber {
  readonly number?: string
  readonly name?: string
  readonly local: boolean
}

/**
 * R-missed-number: The deciding leg's `RemoteNumber` (on its hangup, else its dial), else likewise its `CallerIDNum` if external,
 * else the call's client. If there is none and the `CallerIDNum` is an own extension, it is a local miss: its number is then the
 * `CallerIDNum`. An anonymous caller's miss is recorded without a number.
 */
const missedNumber = (config: Config, call: Call, { leg, hangup }: Deciding): MissedNumber => {
  const remote = hangup.parties.remoteNumber ?? leg.dial?.parties.remoteNumber
  if (remote !== undefined) return { number: remote, local: false }
  const caller = hangup.parties.callerNumber ?? leg.dial?.parties.callerNumber
  const name = hangup.parties.callerNumber === undefined ? undefined : hangup.parties.callerName
  const isOwn = isOwnExtension(config, caller)
  if (caller !== undefined && !isOwn) return { number: caller, ...ifKnown('name', name), local: false }
  const client = clientBefore(call, hangup.at)
  if (client !== undefined) return { number: client, local: false }
  return caller === undefined ? { local: false } : { number: caller, ...ifKnown('name', name), local: true }
}

/** `rang`: extensions whose phones began to ring for the client before the deciding hangup, in order, no repeats. */
const rangBefore = (call: Call, decidedAt: EpochMicros): ReadonlyArray<string> => {
  const rang = call.legs
    .filter((leg) => isIncomingPhone(leg) && !leg.local && !isSourceBefore(call, leg, decidedAt) && leg.dial !== undefined && leg.dial.at < decidedAt)
    .sort((a, b) => a.beganAt - b.beganAt || byCodeUnits(a.key, b.key))
  return [...new Set(rang.flatMap(({ extension }) => (extension === undefined ? [] : [extension])))]
}

const earliestDial = (call: Call): EpochMicros | undefined => call.events.find(({ kind }) => kind === 'dial')?.at

const typeOfMiss = ({ type }: Leg): MissedRecord['extensionType'] => (type === 'fax' ? 'phone' : type)

/** A miss belongs to the whole CallID; there is at most one. */
export const missedRecord = (config: Config, call: Call): MissedRecord | undefined => {
  const deciding = missedAtIvrOrQueue(config, call) ?? (config.missedAtPhone === true ? unansweredAtPhone(call) : undefined)
  if (deciding === undefined) return undefined
  const { leg, hangup } = deciding
  const { number, name, local } = missedNumber(config, call, deciding)
  // R-missed-number: a local miss: no record unless the configuration asks for local calls.
  if (local && config.local !== true) return undefined
  return {
    v: 1,
    id: `${call.callId}/missed`,
    kind: 'missed',
    direction: 'incoming',
    successful: false,
    callId: call.callId,
    subCallId: leg.subCallId,
    ...ifKnown('extension', leg.extension),
    extensionType: typeOfMiss(leg),
    ...ifKnown('remoteNumber', normalised(config, number)),
    ...ifKnown('remoteName', name),
    // R-did: It must reach the record; a miss takes its deciding leg's, else likewise the call's.
    ...ifKnown('did', normalised(config, leg.parties.did ?? didOfCallBefore(call, hangup.at))),
    ...ifKnown('startedAt', earliestDial(call)),
    endedAt: hangup.at,
    ...ifKnown('callBackId', callBackIdOf(call)),
    ...ifKnown('context', contextOf(call)),
    rang: rangBefore(call, hangup.at),
    because: []
  }
}
