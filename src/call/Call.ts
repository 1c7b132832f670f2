import type { EventFacts } from '../event/EventFacts.js'
import { byTime } from '../event/order.js'
import type { EpochMicros } from '../event/time.js'
import type { Leg } from '../leg/Leg.js'
import type { Placed } from './Placed.js'

/** A call: its legs, and what belongs to all of them. */
export interface Call {
  readonly callId: string
  /** In the order of their keys. */
  readonly legs: ReadonlyArray<Leg>
  /** The outgoing ones among them, no `Transfered` one: the legs that can have a source. */
  readonly outgoing: ReadonlyArray<Leg>
  /** How many of them have hung up. */
  readonly ended: number
  /** Does any event carry `Bridged`? */
  readonly bridged: boolean
  /** The application said that it placed this call. */
  readonly placed: Placed | undefined
  /** The call's earliest event that carries a `CallBackID`. */
  readonly callBack: EventFacts | undefined
  /** The call's earliest event that carries a `CalledDID`. */
  readonly entry: EventFacts | undefined
  /** The latest of its events' times of receipt, where one is given, else of their `EventTime`. */
  readonly activity: EpochMicros
  /** R-settle: settling is a latch: a settled miss stays registered until the facts contradict it. */
  readonly settled: boolean
  /** Has the call been given up? Then what never hung up becomes `incomplete`. */
  readonly givenUp: boolean
}

/** The earlier of two events; the one, if there is no other. */
export const earlier = (a: EventFacts | undefined, b: EventFacts): EventFacts => {
  if (a === undefined) return b
  if (a.at !== b.at) return a.at < b.at ? a : b
  return byTime(a, b) <= 0 ? a : b
}

/** The last of the legs by an order; of none, none. */
export const last = (legs: ReadonlyArray<Leg>, order: (a: Leg, b: Leg) => number): Leg | undefined => {
  let found: Leg | undefined
  for (const leg of legs) if (found === undefined || order(leg, found) > 0) found = leg
  return found
}

/** A list with something new at a place, and no longer than it must be. */
export const inserted = <A>(list: ReadonlyArray<A>, place: number, item: A): ReadonlyArray<A> => [...list.slice(0, place), item, ...list.slice(place)]

/** A list with something in the place of something else. */
export const exchanged = <A>(list: ReadonlyArray<A>, place: number, item: A): ReadonlyArray<A> => {
  if (list[place] === item) return list
  const next = list.slice()
  next[place] = item
  return next
}
