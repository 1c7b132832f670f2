import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Chance that is the same in every run with the same seed. */
export interface Chance {
  /** A whole number from `min` to `max`, both possible. */
  readonly between: (min: number, max: number) => number
  /** True so often, 0 to 1. */
  readonly happens: (probability: number) => boolean
}

const PARTS = 1_000_000

export const chance = (seed: number): Chance => {
  const dice = xoroshiro128plus(seed)
  const between = (min: number, max: number): number => uniformInt(dice, min, max)
  return { between, happens: (probability) => between(1, PARTS) <= probability * PARTS }
}
