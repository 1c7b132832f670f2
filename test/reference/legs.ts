import type { Placed } from '../../src/call/Placed.js'
import type { Config } from '../../src/config/Config.js'
import type { CallEvent, Direction, Parties } from '../../src/event/CallEvent.js'
import type { EpochMicros } from '../../src/event/time.js'
import { byCodeUnits, countingFacts, firstOf, type Facts } from './events.js'
import { extensionType, isOwnDialled, isOwnExtension, ownOf, type LegType, type Own } from './extensions.js'
import { cut, isWithoutNumber, withoutPrefix } from './numbers.js'

/** One leg with all that follows from its own events. */
export interface Leg extends Facts, Own {
  /** `<subCallId>`, and `/transferred` behind it for a `Transfered` leg. */
  readonly key: string
  readonly subCallId: string
  readonly transferred: boolean
  /** All of its events, losers included, the earliest first. */
  readonly events: ReadonlyArray<CallEvent>
  readonly parties: Parties
  readonly direction: Direction | undefined
  readonly type: LegType
  /** What stands in the place of the client's number, whether it is one or not. */
  readonly client: string | undefined
  /** The client's number, as sent. */
  readonly number: string | undefined
  /** Of a client without a number, what stands there instead of one. */
  readonly word: string | undefined
  readonly local: boolean
  /** When its first event happened. */
  readonly firstAt: EpochMicros
  /** Its dial, else its first event. */
  readonly beganAt: EpochMicros
}

/** One call: its events, the earliest first, its legs, and the application's word that it placed it. */
export interface Call {
  readonly callId: string
  readonly events: ReadonlyArray<CallEvent>
  readonly legs: ReadonlyArray<Leg>
  readonly placed: Placed | undefined
}

/**
 * R-leg: A leg is `(CallID, SubCallID, transferred?)`: the events with `Transfered=yes`, unless they are incoming, form a leg of
 * their own even if the SubCallID is that of an earlier one.
 */
const isOfTransferredLeg = (event: CallEvent): boolean => event.transferred === true && event.direction !== 'incoming'

export const legKey = (event: CallEvent): string => (isOfTransferredLeg(event) ? `${event.subCallId}/transferred` : event.subCallId)

/** R-direction: The dial event's kind; else `CallFlow`. */
const directionOf = (facts: Facts): Direction | undefined => firstOf(facts, (event) => event.direction)

/**
 * R-remote: The client's number: in: `RemoteNumber` if any, else `CallerIDNum`; out: `CalledNumber`. R-own: a prefix before the number
 * that was dialled is no part of it.
 */
const clientOf = (direction: Direction | undefined, parties: Parties): string | undefined => {
  if (direction === 'incoming') return parties.remoteNumber ?? parties.callerNumber
  if (direction === 'outgoing') return parties.calledNumber === undefined ? undefined : withoutPrefix(parties.calledNumber)
  return undefined
}

const partiesOf = (facts: Facts): Parties => ({
  callerNumber: firstOf(facts, ({ parties }) => parties.callerNumber),
  callerName: firstOf(facts, ({ parties }) => parties.callerName),
  calledNumber: firstOf(facts, ({ parties }) => parties.calledNumber),
  did: firstOf(facts, ({ parties }) => parties.did),
  callerExtension: firstOf(facts, ({ parties }) => parties.callerExtension),
  callerExtensionId: firstOf(facts, ({ parties }) => parties.callerExtensionId),
  calledExtension: firstOf(facts, ({ parties }) => parties.calledExtension),
  calledExtensionId: firstOf(facts, ({ parties }) => parties.calledExtensionId),
  remoteNumber: firstOf(facts, ({ parties }) => parties.remoteNumber),
  callApiId: firstOf(facts, ({ parties }) => parties.callApiId)
})

const legOf = (config: Config, key: string, first: CallEvent, events: ReadonlyArray<CallEvent>): Leg => {
  const facts = countingFacts(events)
  const direction = directionOf(facts)
  const parties = partiesOf(facts)
  const told = { subCallId: first.subCallId, direction, parties }
  const type = extensionType(config, told, events)
  const own = ownOf(told, type)
  const client = clientOf(direction, parties)
  const local = direction === 'outgoing' ? isOwnDialled(config, told, own) : isOwnExtension(config, own, client)
  // R-remote: An incoming one without any digit before its host is a client without a number: the leg is external.
  // Chosen here: unless the directory has that very name.
  const withoutNumber = direction === 'incoming' && !local && client !== undefined && isWithoutNumber(config, client)
  return {
    ...facts,
    ...own,
    key,
    subCallId: first.subCallId,
    transferred: isOfTransferredLeg(first),
    events,
    parties,
    direction,
    type,
    client,
    number: withoutNumber ? undefined : client,
    word: withoutNumber ? cut(client) : undefined,
    // R-local: A leg is local if its client number is an own extension.
    local,
    firstAt: first.at,
    beganAt: facts.dial?.at ?? first.at
  }
}

/** The legs of one call's events, which come the earliest first. */
export const legsOf = (config: Config, events: ReadonlyArray<CallEvent>): ReadonlyArray<Leg> =>
  [...new Set(events.map(legKey))].sort(byCodeUnits).flatMap((key) => {
    const own = events.filter((event) => legKey(event) === key)
    return own.slice(0, 1).map((first) => legOf(config, key, first, own))
  })

export const isIncomingPhone = (leg: Leg): boolean => leg.direction === 'incoming' && leg.type === 'phone'

/** An outgoing leg that is no `Transfered` one. */
export const isOrdinaryOutgoing = (leg: Leg): boolean => leg.direction === 'outgoing' && !leg.transferred

export const isForward = (leg: Leg): boolean => leg.direction === 'outgoing' && leg.transferred

/** Of a call to somebody outside. */
export const isToOutside = (leg: Leg): boolean => leg.direction === 'outgoing' && !leg.local

/** An IVR, a queue, or one of them, unknown which. */
export const isIvrOrQueue = (leg: Leg): boolean => leg.type === 'ivr' || leg.type === 'queue' || leg.type === 'special'

export const isAnswered = (leg: Leg): boolean => leg.answer !== undefined

export const isAnsweredBefore = (leg: Leg, at: EpochMicros): boolean => leg.answer !== undefined && leg.answer.at < at

/** Did not end in anything but `ANSWER`. */
export const isEndedInNothingButAnswer = ({ hangup }: Leg): boolean => hangup === undefined || hangup.status === 'ANSWER'

export const isHungUpBy = (leg: Leg, at: EpochMicros): boolean => leg.hangup !== undefined && leg.hangup.at <= at

/** Of these the one that has the greatest time; of equals the greater leg key. */
export const latestLeg = (legs: ReadonlyArray<Leg>, time: (leg: Leg) => EpochMicros): Leg | undefined =>
  [...legs].sort((a, b) => time(b) - time(a) || byCodeUnits(b.key, a.key))[0]

/** Of these the one that began last (its dial, else its first event), then the latest hangup; of equals the greater leg key. */
export const latestBegun = (legs: ReadonlyArray<Leg>): Leg | undefined => {
  const last = Math.max(...legs.map(({ beganAt }) => beganAt))
  return latestLeg(legs.filter(({ beganAt }) => beganAt === last), (leg) => leg.hangup?.at ?? leg.firstAt)
}

/** Of these the one that began first; of equals the smaller leg key. */
export const earliestLeg = (legs: ReadonlyArray<Leg>): Leg | undefined =>
  [...legs].sort((a, b) => a.beganAt - b.beganAt || byCodeUnits(a.key, b.key))[0]

/** Of these, those answered, the latest answered. */
export const latestAnswered = (legs: ReadonlyArray<Leg>): Leg | undefined =>
  latestLeg(legs.filter(isAnswered), (leg) => leg.answer?.at ?? leg.firstAt)
