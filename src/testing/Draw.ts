import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'

/** A source of chance: each call gives a whole number of 32 bits. What is drawn of 0 is the simplest there is. */
export type Words = () => number

/**
 * What a story draws. Two sources stand behind it: a seed, which is fast, and a tape that fast-check draws, which
 * shrinks: the smaller its numbers, the simpler the story.
 */
export interface Draw {
  /** The call is to have at most seven events, if the story can be told in so few. */
  readonly small: boolean
  /** A whole number from `min` to `max`, both possible, less than 2^32 apart. Simplest: `min`. */
  readonly between: (min: number, max: number) => number
  /** True so often, 0 to 1. Simplest: false. */
  readonly chance: (probability: number) => boolean
  /** One of these. Simplest: the first. */
  readonly pick: <A>(from: ReadonlyNonEmptyArray<A>) => A
  /** One of these, but not that one, if there is another. */
  readonly other: <A>(from: ReadonlyNonEmptyArray<A>, than: A) => A
  /** From `min` to `max` of these that differ, in any order. Simplest: the first `min`. */
  readonly some: <A>(from: ReadonlyArray<A>, min: number, max: number) => ReadonlyArray<A>
  /** One of these, each as often as its weight says. Simplest: the first. */
  readonly weighted: <A extends { readonly weight: number }>(from: ReadonlyNonEmptyArray<A>) => A
}

const WORDS = 0x1_0000_0000

/** Makes the draws of a source of chance. */
export const drawFrom = (words: Words, small = false): Draw => {
  const below = (bound: number): number => Math.floor((words() / WORDS) * bound)
  const between = (min: number, max: number): number => min + below(max - min + 1)
  const pick = <A>(from: ReadonlyNonEmptyArray<A>): A => from[below(from.length)] ?? from[0]
  return {
    small,
    between,
    chance: (probability) => words() >= (1 - probability) * WORDS,
    pick,
    other: (from, than) => {
      const place = from.indexOf(than)
      if (place < 0 || from.length < 2) return pick(from)
      const drawn = below(from.length - 1)
      return from[drawn < place ? drawn : drawn + 1] ?? from[0]
    },
    some: <A>(from: ReadonlyArray<A>, min: number, max: number): ReadonlyArray<A> => {
      const taken = new Set<number>()
      const count = Math.min(between(min, max), from.length)
      // the next that is free from a drawn place on: of few among many no copy is made
      while (taken.size < count) {
        let place = below(from.length)
        while (taken.has(place)) place = (place + 1) % from.length
        taken.add(place)
      }
      return [...taken].flatMap((place) => from.slice(place, place + 1))
    },
    weighted: (from) => {
      const places = from.reduce((sum, { weight }) => sum + weight, 0)
      let left = (words() / WORDS) * places
      for (const one of from) {
        left -= one.weight
        if (left < 0) return one
      }
      return from[0]
    }
  }
}
