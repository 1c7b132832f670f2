import type { Semigroup } from 'fp-ts/lib/Semigroup.js'
import type { CallEvent } from '../event/CallEvent.js'
import { byTime, byWeight, sameEvent } from '../event/order.js'
import type { EpochMicros, Micros } from '../event/time.js'

/**
 * All that is known of one leg: its different events. The three that count have places of their own,
 * whatever they outdid lies in `others`. Facts of one leg only grow: they form a join-semilattice
 * ({@link LegFactsJoin}: associative, commutative, idempotent), and every rule is a function of them.
 */
export interface LegFacts {
  /** `<subCallId>`, and `/transferred` behind it for a `Transfered` leg. */
  readonly key: string
  readonly dial: CallEvent | undefined
  readonly answer: CallEvent | undefined
  readonly hangup: CallEvent | undefined
  /** The events that do not count, in the order of time. */
  readonly others: ReadonlyArray<CallEvent>
}

const TRANSFERRED = '/transferred'
const NONE: ReadonlyArray<CallEvent> = []

/**
 * R-leg: a leg is (CallID, SubCallID, transferred?): the events with `Transfered=yes`, unless they are
 * incoming, form a leg of their own even if the SubCallID is that of an earlier one.
 */
export const legKey = (event: CallEvent): string =>
  event.transferred !== undefined && event.direction !== 'incoming' ? event.subCallId + TRANSFERRED : event.subCallId

export const isForwardKey = (key: string): boolean => key.endsWith(TRANSFERRED)

export const subCallIdOf = (key: string): string => (isForwardKey(key) ? key.slice(0, -TRANSFERRED.length) : key)

/** When an event was seen: its receipt where one is given, else when it happened. */
export const seenAt = (event: Pick<CallEvent, 'at' | 'receivedAt'>): EpochMicros => event.receivedAt ?? event.at

/**
 * R-facts: of several different events of a kind in one leg the earliest dial, the earliest answer and
 * the latest hangup count, but a hangup with `ANSWER` before one without (a second end must not undo a talk); of two
 * at the same time the one with more kept fields, then the greater by text.
 */
export const outdoes = (a: CallEvent, b: CallEvent): boolean => {
  if (a.kind === 'hangup' && isSuccess(a) !== isSuccess(b)) return isSuccess(a)
  return a.at === b.at ? byWeight(a, b) > 0 : a.kind === 'hangup' ? a.at > b.at : a.at < b.at
}

/** R-success: only `CallStatus=ANSWER` on the hangup is a success. */
export const isSuccess = ({ status }: CallEvent): boolean => status === 'ANSWER'

/** R-history: did the call history tell one of its events? */
export const isHeard = ({ dial, answer, hangup }: LegFacts): boolean => (dial?.toldBy ?? answer?.toldBy ?? hangup?.toldBy) !== undefined

/** The same event, sent again: the later receipt is kept. */
const again = (known: CallEvent, event: CallEvent): CallEvent =>
  event.receivedAt !== undefined && (known.receivedAt === undefined || event.receivedAt > known.receivedAt)
    ? { ...known, receivedAt: event.receivedAt }
    : known

const amongOthers = (others: ReadonlyArray<CallEvent>, event: CallEvent): ReadonlyArray<CallEvent> => {
  const known = others.find((other) => sameEvent(other, event))
  if (known === undefined) return [...others, event].sort(byTime)
  const kept = again(known, event)
  return kept === known ? others : others.map((other) => (other === known ? kept : other))
}

/** A leg of which one event is known. */
export const firstFacts = (key: string, event: CallEvent): LegFacts => ({
  key,
  dial: event.kind === 'dial' ? event : undefined,
  answer: event.kind === 'answer' ? event : undefined,
  hangup: event.kind === 'hangup' ? event : undefined,
  others: NONE
})

const withPlace = (facts: LegFacts, event: CallEvent): LegFacts => ({
  key: facts.key,
  dial: event.kind === 'dial' ? event : facts.dial,
  answer: event.kind === 'answer' ? event : facts.answer,
  hangup: event.kind === 'hangup' ? event : facts.hangup,
  others: facts.others
})

/** The event of this kind that counts, if there is one. */
export const counting = ({ dial, answer, hangup }: LegFacts, kind: CallEvent['kind']): CallEvent | undefined =>
  kind === 'dial' ? dial : kind === 'answer' ? answer : hangup

/** The leg with one more of its events: the same object if it knew that event already. */
export const addEvent = (facts: LegFacts, event: CallEvent): LegFacts => {
  const known = counting(facts, event.kind)
  if (known === undefined) return withPlace(facts, event)
  if (sameEvent(known, event)) {
    const kept = again(known, event)
    return kept === known ? facts : withPlace(facts, kept)
  }
  if (outdoes(event, known)) {
    // the event may be known already, as one that did not count: never, since then it could not outdo
    const next = withPlace(facts, event)
    return { ...next, others: amongOthers(facts.others, known) }
  }
  const others = amongOthers(facts.others, event)
  return others === facts.others ? facts : { ...facts, others }
}

/** The leg's events: those that count, then the others. */
export const eventsOf = (facts: LegFacts): ReadonlyArray<CallEvent> => {
  const events: Array<CallEvent> = []
  if (facts.dial !== undefined) events.push(facts.dial)
  if (facts.answer !== undefined) events.push(facts.answer)
  if (facts.hangup !== undefined) events.push(facts.hangup)
  return events.concat(facts.others)
}

/** R-facts: what the counting hangup lacks is that of the latest other hangup that has it. */
const ofHangups = <A>({ hangup, others }: LegFacts, field: (event: CallEvent) => A | undefined): A | undefined => {
  const own = hangup === undefined ? undefined : field(hangup)
  if (own !== undefined) return own
  let latest: CallEvent | undefined
  for (const other of others) {
    if (other.kind !== 'hangup' || field(other) === undefined) continue
    if (latest === undefined || other.at > latest.at || (other.at === latest.at && byWeight(other, latest) > 0)) latest = other
  }
  return latest === undefined ? undefined : field(latest)
}

/** R-facts: the `Duration` of the leg's hangups. */
export const toldDuration = (facts: LegFacts): Micros | undefined => ofHangups(facts, (event) => event.talkTime)

/** R-talk: the hangup's `Duration`; else hangup time minus answer time, if that is not negative; else absent. */
export const talkTimeOf = (facts: LegFacts): Micros | undefined => {
  const { answer, hangup } = facts
  return toldDuration(facts) ?? (answer === undefined || hangup === undefined || hangup.at < answer.at ? undefined : hangup.at - answer.at)
}

/** R-facts: the recording of the leg. */
export const recordingOf = (facts: LegFacts): string | undefined =>
  facts.dial?.recordingId ?? facts.answer?.recordingId ?? ofHangups(facts, (event) => event.recordingId)

/** The join of what two places know of the same leg. */
export const LegFactsJoin: Semigroup<LegFacts> = {
  concat: (a, b) => eventsOf(b).reduce(addEvent, a)
}
