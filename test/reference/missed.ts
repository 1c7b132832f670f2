import type { Config } from '../../src/config/Config.js'
import type { EpochMicros } from '../../src/event/time.js'
import type { MissedRecord } from '../../src/record/CallRecord.js'
import { decidingHangup, tookDeadCall, withHangup, type Deciding } from './deciding.js'
import { byCodeUnits } from './events.js'
import { isOwnExtension } from './extensions.js'
import {
  earliestLeg, isAnswered, isEndedInNothingButAnswer, isForward, isHungUpBy, isIncomingPhone, isIvrOrQueue, isOrdinaryOutgoing,
  isToOutside, latestLeg, type Call, type Leg
} from './legs.js'
import { callBackIdOf, clientLegBefore, contextOf, didOfCallBefore, isSourceBefore } from './links.js'
import { cut, isSameNumber, isWithoutNumber, nameUnlessNumber, normalised } from './numbers.js'
import { ifKnown } from './records.js'

/** R-bridged-yes: some IVR or queue hangup of the call says `Bridged=yes`. */
const isBridgedYes = (call: Call): boolean =>
  call.legs.filter(isIvrOrQueue).some((leg) => leg.events.some(({ kind, bridged }) => kind === 'hangup' && bridged === 'yes'))

/**
 * R-answered: somebody talked to the client all the same: an incoming phone leg that is not local was answered, did not end in
 * anything but `ANSWER`, and had not hung up by the deciding hangup (but one that took a dead call);
 */
const isAnsweredByPhone = (config: Config, call: Call, leg: Leg, decidedAt: EpochMicros): boolean =>
  isIncomingPhone(leg) &&
  !leg.local &&
  isAnswered(leg) &&
  isEndedInNothingButAnswer(leg) &&
  !isHungUpBy(leg, decidedAt) &&
  !tookDeadCall(config, call, leg)

/** R-answered: or an outgoing `Transfered` leg to an external number was answered and did not end in anything but `ANSWER`; */
const isAnsweredOutside = (leg: Leg): boolean => isForward(leg) && isToOutside(leg) && isAnswered(leg) && isEndedInNothingButAnswer(leg)

/**
 * R-answered: or, in a call that is no callback, an outgoing leg to an external number was answered and had not hung up by then.
 */
const isAskingWhileClientHolds = (call: Call, leg: Leg, decidedAt: EpochMicros): boolean =>
  callBackIdOf(call) === undefined &&
  isOrdinaryOutgoing(leg) &&
  isToOutside(leg) &&
  leg.answer !== undefined &&
  leg.answer.at <= decidedAt &&
  !isHungUpBy(leg, decidedAt)

const isAnsweredAllTheSame = (config: Config, call: Call, decidedAt: EpochMicros): boolean =>
  call.legs.some(
    (leg) => isAnsweredByPhone(config, call, leg, decidedAt) || isAnsweredOutside(leg) || isAskingWhileClientHolds(call, leg, decidedAt)
  )

/**
 * R-missed: A call is missed if the deciding hangup says `Bridged=no` and neither R-bridged-yes nor R-answered holds. The
 * configuration's `missedRule: "last-hangup"` leaves R-bridged-yes out.
 */
const missedAtIvrOrQueue = (config: Config, call: Call): Deciding | undefined => {
  const deciding = decidingHangup(config, call)
  if (deciding === undefined || deciding.hangup.bridged !== 'no') return undefined
  if (config.missedRule !== 'last-hangup' && isBridgedYes(call)) return undefined
  return isAnsweredAllTheSame(config, call, deciding.hangup.at) ? undefined : deciding
}

/**
 * R-missed-at-phone: whose client came in (the earliest external leg is incoming, and not from the destination of a placed call; no
 * event carries `CallBackID`)
 */
const clientCameIn = (config: Config, call: Call): boolean => {
  const first = earliestLeg(call.legs.filter((leg) => !leg.transferred && !leg.local && leg.direction !== undefined))
  return (
    first !== undefined &&
    first.direction === 'incoming' &&
    !isSameNumber(config, first.client, call.placed?.destination) &&
    call.events.every((event) => event.callBackId === undefined)
  )
}

/**
 * R-missed-at-phone: a call without any IVR or queue hangup, whose client came in, in which no such leg nor a `Transfered` one was
 * answered or hung up with `ANSWER`, and whose last dialled phone has hung up, is missed at that phone.
 */
export const unansweredAtPhone = (config: Config, call: Call): Deciding | undefined => {
  if (call.legs.some((leg) => isIvrOrQueue(leg) && leg.hangup !== undefined)) return undefined
  if (!clientCameIn(config, call)) return undefined
  const reached = call.legs.filter((leg) => leg.transferred || (leg.direction === 'incoming' && !leg.local))
  if (reached.some((leg) => isAnswered(leg) || leg.hangup?.status === 'ANSWER')) return undefined
  return withHangup(latestLeg(call.legs.filter((leg) => isIncomingPhone(leg) && !leg.local), (leg) => leg.beganAt))
}

interface MissedClient {
  readonly remoteNumber?: string
  readonly remoteName?: string
}

/**
 * R-remote, of a number that an incoming leg told: if it is none, the word that stands there is the name, if there is no other.
 *
 * Chosen here: it holds for a miss as for a leg's record, and for the `RemoteNumber` as for the `CallerIDNum`.
 */
const missedClient = (config: Config, told: string, name: string | undefined): MissedClient => {
  const known = nameUnlessNumber(config, name, told)
  return isWithoutNumber(config, told)
    ? ifKnown('remoteName', known ?? cut(told))
    : { ...ifKnown('remoteNumber', normalised(config, told)), ...ifKnown('remoteName', known) }
}

/**
 * R-missed-number: The deciding leg's `RemoteNumber` (on its hangup, else its dial), else likewise its `CallerIDNum` if external,
 * else the call's client, as known from the legs that began before that hangup. If there is none and the `CallerIDNum` is an own
 * extension, it is a local miss: no record unless the configuration asks for local calls; its number is then the `CallerIDNum`. An
 * anonymous caller's miss is recorded without a number. The name is that of the deciding hangup, if its own `CallerIDNum` gave the
 * number.
 */
const missedNumber = (config: Config, call: Call, { leg, hangup }: Deciding): MissedClient | 'local' => {
  const remote = hangup.parties.remoteNumber ?? leg.dial?.parties.remoteNumber
  if (remote !== undefined) return missedClient(config, remote, undefined)
  const caller = hangup.parties.callerNumber ?? leg.dial?.parties.callerNumber
  const name = hangup.parties.callerNumber === undefined ? undefined : hangup.parties.callerName
  if (caller !== undefined && !isOwnExtension(config, leg, caller)) return missedClient(config, caller, name)
  const client = clientLegBefore(call, hangup.at)
  if (client !== undefined) return { ...ifKnown('remoteNumber', normalised(config, client.number)), ...ifKnown('remoteName', client.word) }
  if (caller === undefined) return {}
  if (config.local !== true) return 'local'
  return { ...ifKnown('remoteNumber', normalised(config, caller)), ...ifKnown('remoteName', nameUnlessNumber(config, name, caller)) }
}

/** `rang`: extensions whose phones began to ring for the client before the deciding hangup, in order, no repeats. */
const rangBefore = (config: Config, call: Call, decidedAt: EpochMicros): ReadonlyArray<string> => {
  const rang = call.legs
    .filter((leg) => isIncomingPhone(leg) && !leg.local && !isSourceBefore(config, call, leg, decidedAt) && leg.dial !== undefined && leg.dial.at < decidedAt)
    .sort((a, b) => a.beganAt - b.beganAt || byCodeUnits(a.key, b.key))
  return [...new Set(rang.flatMap(({ extension }) => (extension === undefined ? [] : [extension])))]
}

const earliestDial = (call: Call): EpochMicros | undefined => call.events.find(({ kind }) => kind === 'dial')?.at

const typeOfMiss = ({ type }: Leg): MissedRecord['extensionType'] => (type === 'fax' ? 'phone' : type)

/** A miss belongs to the whole CallID; there is at most one. */
export const missedRecord = (config: Config, call: Call): MissedRecord | undefined => {
  const deciding = missedAtIvrOrQueue(config, call) ?? (config.missedAtPhone === true ? unansweredAtPhone(config, call) : undefined)
  if (deciding === undefined) return undefined
  const { leg, hangup } = deciding
  const client = missedNumber(config, call, deciding)
  if (client === 'local') return undefined
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
    ...client,
    // R-did: It must reach the record; a miss takes its deciding leg's, else likewise the call's.
    ...ifKnown('did', normalised(config, leg.parties.did ?? didOfCallBefore(call, hangup.at))),
    ...ifKnown('startedAt', earliestDial(call)),
    endedAt: hangup.at,
    ...ifKnown('callBackId', callBackIdOf(call)),
    ...ifKnown('context', contextOf(call)),
    rang: rangBefore(config, call, hangup.at),
    because: []
  }
}
