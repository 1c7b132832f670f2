import type { Figure } from './Figure.js'
import type { Rounds } from './Workers.js'

/** How much is measured. */
export interface Effort extends Rounds {
  readonly quick: boolean
  /** Was this figure asked for? A group may leave out what was not. */
  readonly wanted: (figure: string) => boolean
}

/** Figures that are measured together, and what they are called, so that one can be asked for by its name. */
export interface Group {
  readonly name: string
  readonly figures: ReadonlyArray<string>
  readonly measure: (effort: Effort, say: (remark: string) => void) => Promise<ReadonlyArray<Figure>>
}
