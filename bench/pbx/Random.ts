/** Chance that is the same in every run. */
export interface Random {
  /** At least 0, less than 1. */
  readonly next: () => number
  /** A whole number from `min` to `max`, both possible. */
  readonly between: (min: number, max: number) => number
  readonly chance: (probability: number) => boolean
  /** The time to the next of things that happen independently of each other, so often on average. */
  readonly gap: (mean: number) => number
  /** 32 hex digits: a CallID. */
  readonly hex: () => string
}

/** The generator "sfc32": small, fast, good enough for any stream. */
const uint32 = (seed: number): (() => number) => {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = seed | 0
  let counter = 1
  const next = (): number => {
    const t = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 16; i++) next()
  return next
}

export const random = (seed: number): Random => {
  const word = uint32(seed)
  const next = (): number => word() / 0x1_0000_0000
  const hex8 = (): string => word().toString(16).padStart(8, '0')
  return {
    next,
    between: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    gap: (mean) => -Math.log(1 - next()) * mean,
    hex: () => hex8() + hex8() + hex8() + hex8()
  }
}
