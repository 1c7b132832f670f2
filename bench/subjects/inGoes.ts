import { side, type Side } from '../Side.js'

/** Something that works a whole stream off. */
export interface Work<Input> {
  readonly take: (inputs: ReadonlyArray<Input>) => void
  /** All of the stream was taken: throws if what came of it is not what it must be. */
  readonly end: () => void
}

/** So many goes a stream is worked off in. */
const GOES = 10

/**
 * A stream that is worked off in goes, each of which goes on from where the last one stopped, as a service does; after
 * the last one everything is checked, and begun anew. The inputs of a go are made right before it, as they are in a
 * service: few enough that the clock does not measure how long it takes to fetch them from far away.
 */
export const inGoes = <Line, Input>(lines: ReadonlyArray<Line>, received: (line: Line) => Input, begin: () => Work<Input>): Side => {
  const count = Math.floor(lines.length / GOES)
  let work: Work<Input> | undefined
  let taken = 0
  const next = (): ReadonlyArray<Input> => lines.slice(taken, (taken += count)).map(received)
  return side(
    count,
    () => {
      const going = work ?? begin()
      work = going
      return { going, inputs: next() }
    },
    ({ going, inputs }) => going.take(inputs),
    (_, { going }) => {
      if (taken + count <= lines.length) return
      going.take(next())
      going.end()
      work = undefined
      taken = 0
    }
  )
}
