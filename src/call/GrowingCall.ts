import type { Settings } from '../config/Config.js'
import type { CallEvent, Parties } from '../event/CallEvent.js'
import { factsOf, shareTexts, type EventFacts } from '../event/EventFacts.js'
import { sameParties } from '../event/order.js'
import type { EpochMicros } from '../event/time.js'
import { firstLeg, isPlainOutgoing, withEvent, type GrowingLeg, type Leg } from '../leg/Leg.js'
import { eventsOf, legKey, numberOfEvents, seenAt } from '../leg/LegFacts.js'
import { earlier, type Call } from './Call.js'
import type { Placed } from './Placed.js'

/**
 * A call that takes new events in where it is, so that one event costs one leg, however many the call has. Whoever
 * holds on to what it was before knows how many events that were: {@link asOf} makes it again from these. Everything
 * else that happens to a call makes another one ({@link copied}).
 */
export type GrowingCall = { -readonly [K in keyof Call]: Call[K] } & { legs: Array<GrowingLeg> }

const NO_LEGS: ReadonlyArray<Leg> = []

/** A call of which nothing is known yet. */
export const emptyCall = (callId: string): GrowingCall => ({
  callId,
  legs: [],
  outgoing: NO_LEGS,
  events: 0,
  ended: 0,
  bridged: false,
  placed: undefined,
  callBack: undefined,
  entry: undefined,
  activity: 0,
  settled: false,
  givenUp: false
})

/** A call of its own, with another word or latch: what comes to the one is nothing to the other. */
export const copied = (call: Call, other: Partial<Pick<Call, 'placed' | 'activity' | 'settled' | 'givenUp'>>): GrowingCall => {
  const legs = call.legs.map((leg) => ({ ...leg }))
  return { ...call, ...other, legs, outgoing: call.outgoing.length === 0 ? NO_LEGS : legs.filter(isPlainOutgoing) }
}

/** Where the leg stands, or would stand, among legs in the order of their keys. */
const placeOf = (legs: ReadonlyArray<Leg>, key: string): number => {
  let low = 0
  let high = legs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const leg = legs[middle]
    if (leg !== undefined && leg.key < key) low = middle + 1
    else high = middle
  }
  return low
}

const later = (a: EpochMicros, b: EpochMicros): EpochMicros => (a > b ? a : b)

/** What an event that told something new has done. */
export interface Added {
  /** The call that it came to, or, where an event was only received once more, another one. */
  readonly call: GrowingCall
  /** The leg as it is now, and its place in `call.legs`. */
  readonly leg: Leg
  readonly place: number
  /** Does the leg begin with it? */
  readonly begins: boolean
  /** Is more of the whole call known now: where it came in, or that it is a callback? */
  readonly toldOfCall: boolean
}

/** Who is on the line, kept but once: by the leg, or, of a leg that begins, in texts that a neighbour has already. */
const partiesOf = (call: GrowingCall, place: number, before: Leg | undefined, { parties }: CallEvent): Parties => {
  if (before !== undefined) return sameParties(before.parties, parties) ? before.parties : parties
  const neighbour = call.legs[place] ?? call.legs[place - 1]
  return neighbour === undefined ? parties : shareTexts(parties, neighbour.parties)
}

/** A list with something new at a place, and no longer than it must be. */
export const inserted = <A>(list: ReadonlyArray<A>, place: number, item: A): Array<A> => {
  const next = new Array<A>(list.length + 1)
  next[place] = item
  let i = 0
  for (const one of list) {
    if (i === place) i += 1
    next[i] = one
    i += 1
  }
  return next
}

/** The leg at a place, if it has that key. */
const legAt = (call: GrowingCall, place: number, key: string): GrowingLeg | undefined => {
  const leg = call.legs[place]
  return leg !== undefined && leg.key === key ? leg : undefined
}

/** An event that is known was received once more, later: that makes another call. */
const receivedAgain = (call: GrowingCall, place: number, leg: GrowingLeg, activity: EpochMicros): Added => {
  const another = copied(call, { activity })
  another.legs[place] = leg
  return { call: another, leg, place, begins: false, toldOfCall: false }
}

/** The call grows by an event, unless that is known. */
const grow = (settings: Settings, call: GrowingCall, key: string, place: number, before: GrowingLeg | undefined, event: EventFacts): Added | undefined => {
  const activity = later(call.activity, seenAt(event))
  const { callBack, entry } = call
  let leg: GrowingLeg
  if (before === undefined) {
    leg = firstLeg(settings, key, event)
    call.legs = inserted(call.legs, place, leg)
    if (leg.hangup !== undefined) call.ended += 1
    if (isPlainOutgoing(leg)) call.outgoing = call.legs.filter(isPlainOutgoing)
  } else {
    const [events, ended] = [numberOfEvents(before), before.hangup !== undefined]
    leg = withEvent(settings, before, event)
    if (numberOfEvents(leg) === events) return leg === before && activity === call.activity ? undefined : receivedAgain(call, place, leg, activity)
    if (leg !== before) {
      call.legs[place] = leg
      if (isPlainOutgoing(leg) || isPlainOutgoing(before)) call.outgoing = call.legs.filter(isPlainOutgoing)
    }
    if (leg.hangup !== undefined && !ended) call.ended += 1
  }
  if (event.more?.bridged !== undefined) call.bridged = true
  if (event.more?.callBackId !== undefined) call.callBack = earlier(callBack, event)
  if (event.parties.did !== undefined) call.entry = earlier(entry, event)
  call.events += 1
  call.activity = activity
  return { call, leg, place, begins: before === undefined, toldOfCall: callBack !== call.callBack || entry !== call.entry }
}

/** Takes an event in; nothing comes of it, if all of it is known. */
export const addEvent = (settings: Settings, call: GrowingCall, sent: CallEvent): Added | undefined => {
  const key = legKey(sent)
  const place = placeOf(call.legs, key)
  const before = legAt(call, place, key)
  return grow(settings, call, key, place, before, factsOf(sent, call.events, partiesOf(call, place, before, sent)))
}

const wordText = ({ destination, context }: Placed): string => JSON.stringify({ destination, context })

/** Of several words about one call the earliest counts, of two at the same time the greater by its text. */
const firstPlaced = (a: Placed | undefined, b: Placed): Placed => {
  if (a === undefined || b.at < a.at) return b
  return b.at === a.at && wordText(b) > wordText(a) ? b : a
}

/** The call with the application's word that it placed it. */
export const addPlaced = (call: Call, placed: Placed): GrowingCall =>
  copied(call, { placed: firstPlaced(call.placed, { ...placed, callId: call.callId }), activity: later(call.activity, placed.at) })

/** The call again, as it was when so many events were known of it, and its activity was this. */
export const asOf = (settings: Settings, { callId, legs, placed, settled, givenUp }: Call, events: number, activity: EpochMicros): GrowingCall => {
  const known = legs.flatMap((leg) => eventsOf(leg).flatMap((event) => (event.order < events ? [{ key: leg.key, event }] : [])))
  const call = { ...emptyCall(callId), placed, settled, givenUp }
  for (const { key, event } of known.sort((a, b) => a.event.order - b.event.order)) {
    const place = placeOf(call.legs, key)
    grow(settings, call, key, place, legAt(call, place, key), event)
  }
  call.activity = activity
  return call
}
