import type { Anomaly } from '../../src/call/Anomaly.js'
import type { Config } from '../../src/config/Config.js'
import type { EpochMicros } from '../../src/event/time.js'
import { deadCallOf, tookDeadCall } from './deciding.js'
import { timesOf } from './events.js'
import {
  isAnswered, isEndedInNothingButAnswer, isForward, isHungUpBy, isIncomingPhone, isToOutside, latestAnswered, type Call, type Leg
} from './legs.js'
import { callBackIdOf, clientLegBefore, isSource, isTransfer, pointsBackTo } from './links.js'
import { isRecordedOutgoing } from './records.js'

/** What is odd about one leg, of one kind. */
export type Oddity = (config: Config, call: Call, leg: Leg) => ReadonlyArray<Pick<Anomaly, 'at' | 'field' | 'value'>>

const talked = (leg: Leg): boolean => isAnswered(leg) && isEndedInNothingButAnswer(leg)

/**
 * A phone talked in a callback in which no outgoing leg was seen.
 *
 * Chosen here: no outgoing leg of any kind, a forward included; the phone's leg is incoming, a source or a local one included, but none
 * that took a dead call; it was answered and did not end in anything but `ANSWER`. Of several the latest answered is named, of equals
 * the greater key.
 */
export const callbackReachedNobody: Oddity = (config, call, leg) => {
  if (callBackIdOf(call) === undefined || call.legs.some(({ direction }) => direction === 'outgoing')) return []
  const phones = call.legs.filter((other) => isIncomingPhone(other) && talked(other) && !tookDeadCall(config, call, other))
  return leg === latestAnswered(phones) && leg.answer !== undefined ? [{ at: [leg.answer.at] }] : []
}

/** R-answered: it took a dead call. The times are those of the queue's hangup and of the answer that came after it. */
export const tookADeadCall: Oddity = (config, call, leg) => {
  const dead = deadCallOf(config, call, leg)
  return dead !== undefined && leg.answer !== undefined ? [{ at: timesOf([dead, leg.answer]) }] : []
}

/**
 * An answered leg whose `Duration` differs from hangup minus answer by more than 2 s, or that has a `Duration` above 0 and no `ANSWER`.
 *
 * Chosen here: both are said of a leg with an answer event, of whatever type; the `Duration` is that of R-facts, and `ANSWER` is the
 * counting hangup's status.
 */
export const durationContradiction: Oddity = (_config, _call, { answer, hangup }) => {
  if (answer === undefined || hangup === undefined || hangup.talkTime === undefined) return []
  const differs = Math.abs(hangup.talkTime - (hangup.at - answer.at)) > 2_000_000
  const isWithoutAnswer = hangup.talkTime > 0 && hangup.status !== 'ANSWER'
  return differs || isWithoutAnswer ? [{ field: 'Duration', value: String(hangup.talkTime), at: timesOf([answer, hangup]) }] : []
}

/**
 * A leg on which somebody talked to the client.
 *
 * Chosen here: as in R-answered an incoming phone leg that is not local, or an outgoing one to an external number that R-out records,
 * that was answered and did not end in anything but `ANSWER`; none that took a dead call, and no source (its talk is the outgoing
 * leg's). One on behalf of its extension counts: the client is there, and a website callback that reaches a phone is nothing odd.
 */
const talkedToClient = (config: Config, call: Call, leg: Leg): boolean =>
  talked(leg) &&
  ((isIncomingPhone(leg) && !leg.local && !isSource(config, call, leg) && !tookDeadCall(config, call, leg)) ||
    (isToOutside(leg) && isRecordedOutgoing(leg)))

/** Somebody talks to the client at a moment: the answer came by then, the hangup did not. */
const isTalkedToAt = (config: Config, call: Call, at: EpochMicros): boolean =>
  call.legs.some(
    (leg) => talkedToClient(config, call, leg) && leg.answer !== undefined && leg.answer.at <= at && !isHungUpBy(leg, at)
  )

/**
 * In a call with an external client a local phone leg was answered while nobody talked to the client: parked and retrieved, picked up
 * by a code.
 *
 * Chosen here: *while* is the moment of that leg's answer; the client is R-client, as known from the legs that began before it; the
 * leg is incoming or outgoing, but none that took a dead call.
 */
export const clientOutOfSight: Oddity = (config, call, leg) => {
  if (leg.type !== 'phone' || !leg.local || leg.answer === undefined || tookDeadCall(config, call, leg)) return []
  const { at } = leg.answer
  return clientLegBefore(call, at) !== undefined && !isTalkedToAt(config, call, at) ? [{ at: [at] }] : []
}

/**
 * A transfer leg rang for a client in vain after the leg it points back to had ended, and nobody talked to the client later.
 *
 * Chosen here: an incoming phone leg or a forward, that is not local, without an answer, that did not end in `ANSWER` (then an answer
 * was lost), and whose hangup, if any, came after that of the leg it points back to. *Later* is after that same hangup: a leg on which
 * somebody talked to the client had not hung up by then, or was answered after it.
 */
export const lostAfterTransfer: Oddity = (config, call, leg) => {
  const back = pointsBackTo(config, call, leg)?.hangup
  if (back === undefined || !isTransfer(config, leg) || leg.local || !(isIncomingPhone(leg) || isForward(leg))) return []
  if (isAnswered(leg) || leg.hangup?.status === 'ANSWER' || isHungUpBy(leg, back.at)) return []
  const isTalkedToLater = call.legs.some(
    (other) =>
      talkedToClient(config, call, other) && (!isHungUpBy(other, back.at) || (other.answer !== undefined && other.answer.at > back.at))
  )
  return isTalkedToLater ? [] : [{ at: [leg.hangup?.at ?? leg.firstAt] }]
}
