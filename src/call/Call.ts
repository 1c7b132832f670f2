import type { CallEvent } from '../event/CallEvent.js'
import { byTime } from '../event/order.js'
import type { EpochMicros } from '../event/time.js'
import type { Leg } from '../leg/Leg.js'
import type { Placed } from './Placed.js'

/** A call: its legs, and what belongs to all of them. */
export interface Call {
  readonly callId: string
  /** In the order of their keys. */
  readonly legs: ReadonlyArray<Leg>
  /** How many of them have hung up. */
  readonly ended: number
  /** Does any event carry `Bridged`? */
  readonly bridged: boolean
  /** May the record of one leg depend on another leg? If not, an event of one leg is a matter of that leg alone. */
  readonly linked: boolean
  /** The application's word that it placed this call. */
  readonly placed: Placed | undefined
  /** The call's earliest event that carries a `CallBackID`. */
  readonly callBack: CallEvent | undefined
  /** The call's earliest event that carries a `CalledDID`. */
  readonly entry: CallEvent | undefined
  /** The latest of its events' times of receipt, where one is given, else of their `EventTime`. */
  readonly activity: EpochMicros
  /** R-history: all of its events as they were told, once the history told one: the legs follow from them. None of most calls. */
  readonly heard: ReadonlyArray<CallEvent> | undefined
  /** R-settle: settling is a latch: a settled miss stays registered until the facts contradict it. */
  readonly settled: boolean
  /** Has the call been given up? Then what never hung up becomes `incomplete`. */
  readonly givenUp: boolean
}

/** The earlier of two events; the one, if there is no other. */
export const earlier = (a: CallEvent | undefined, b: CallEvent): CallEvent => (a === undefined || byTime(b, a) < 0 ? b : a)

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
