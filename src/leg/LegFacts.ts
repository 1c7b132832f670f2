import type { Semigroup } from 'fp-ts/lib/Semigroup.js'
import type { CallEvent } from '../event/CallEvent.js'
import { byTime, byWeight, sameEvent, sameParties } from '../event/order.js'
import type { EpochMicros } from '../event/time.js'

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

export const isTransferredKey = (key: string): boolean => key.endsWith(TRANSFERRED)

export const subCallIdOf = (key: string): string => (isTransferredKey(key) ? key.slice(0, -TRANSFERRED.length) : key)

/** When an event was seen: its receipt where one is given, else when it happened. */
export const seenAt = (event: CallEvent): EpochMicros => event.receivedAt ?? event.at

/**
 * R-facts: of several different events of a kind in one leg the earliest dial, the earliest answer and
 * the latest hangup count; of two at the same time the one with more kept fields, then the greater by text.
 */
const outdoes = (a: CallEvent, b: CallEvent): boolean =>
  a.at === b.at ? byWeight(a, b) > 0 : a.kind === 'hangup' ? a.at > b.at : a.at < b.at

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

export const legOf = (event: CallEvent): LegFacts => ({
  key: legKey(event),
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

/** Shares what the leg's events have in common, so that a leg costs little more than one event. */
const shareWith = (facts: LegFacts, event: CallEvent): CallEvent => {
  const sibling = facts.dial ?? facts.answer ?? facts.hangup
  return sibling === undefined
    ? event
    : {
        ...event,
        callId: sibling.callId,
        subCallId: sibling.subCallId,
        parties: sameParties(sibling.parties, event.parties) ? sibling.parties : event.parties
      }
}

/** The leg with one more of its events: the same object if it knew that event already. */
export const addEvent = (facts: LegFacts, event: CallEvent): LegFacts => {
  const counting = facts[event.kind]
  if (counting === undefined) return withPlace(facts, shareWith(facts, event))
  if (sameEvent(counting, event)) {
    const kept = again(counting, event)
    return kept === counting ? facts : withPlace(facts, kept)
  }
  if (outdoes(event, counting)) {
    // the event may be known already, as one that did not count: never, since then it could not outdo
    const next = withPlace(facts, shareWith(facts, event))
    return { ...next, others: amongOthers(facts.others, counting) }
  }
  const others = amongOthers(facts.others, shareWith(facts, event))
  return others === facts.others ? facts : { ...facts, others }
}

/** The leg's events: those that count, then the others. */
export const eventsOf = (facts: LegFacts): ReadonlyArray<CallEvent> => {
  const counting: Array<CallEvent> = []
  if (facts.dial !== undefined) counting.push(facts.dial)
  if (facts.answer !== undefined) counting.push(facts.answer)
  if (facts.hangup !== undefined) counting.push(facts.hangup)
  return facts.others.length === 0 ? counting : counting.concat(facts.others)
}

/** The join of what two places know of the same leg. */
export const LegFactsJoin: Semigroup<LegFacts> = {
  concat: (a, b) => eventsOf(b).reduce(addEvent, a)
}
