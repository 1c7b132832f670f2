import type { Clock } from './round.js'
import type { Side } from './Side.js'

/** The sizes under which a subject is made ready: plain numbers, for they go from one process to another. */
export type Sizes = Readonly<Record<string, number>>

export interface Prepared {
  /** Made ready only when they are asked for: a process may be asked for one of several. */
  readonly sides: Readonly<Record<string, () => Side>>
  /** What could be read off without a clock: bytes, counts. */
  readonly facts: Readonly<Record<string, number>>
  /** The only clock that tells anything of it, whatever was asked for. */
  readonly clock?: Clock
}

/** What one process measures: it builds its inputs, and hands out what is to be timed. */
export type Subject = (sizes: Sizes) => Prepared

export const sizeOf = (sizes: Sizes, name: string): number => {
  const size = sizes[name]
  if (size === undefined) throw new Error(`the size ${name} is not given`)
  return size
}
