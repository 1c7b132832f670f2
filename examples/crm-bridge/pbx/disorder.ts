import type { Chance } from './Chance.js'

/** How far the order of sending is from the order of happening. */
export interface Disorder {
  /** What share of the events comes late, 0 to 1. */
  readonly shuffle: number
  /** What share of the events is sent once more though it was answered, 0 to 1. */
  readonly repeat: number
  /** By how many places at most an event, or its repeat, comes late. */
  readonly places: number
}

/** The same things in a disorder with a bound: some come later than their place, some once more. */
export const disordered = <A>(all: ReadonlyArray<A>, { shuffle, repeat, places }: Disorder, { happens, between }: Chance): ReadonlyArray<A> =>
  all
    .flatMap((one, place) => {
      const later = (): number => place + between(1, places) + 0.5
      const sent = [{ one, place: happens(shuffle) ? later() : place }]
      return happens(repeat) ? [...sent, { one, place: later() }] : sent
    })
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one)
