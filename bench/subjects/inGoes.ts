import type { Line, Stream } from '../pbx/stream.js'
import { side, type Side } from '../Side.js'

/** Something that works a whole stream off. */
export interface Work<Input> {
  readonly take: (inputs: ReadonlyArray<Input>) => void
  /** All of the stream was taken: throws if what came of it is not what it must be. */
  readonly end: () => void
}

/** The goes of a stream: only as long as calls begin and end in it. */
const GOES = 10

/** A go of fewer inputs would measure how it begins. */
const LEAST = 1_000

/**
 * A stream that is worked off in goes, each of which goes on from where the last one stopped, as a service does; after
 * the last one everything is checked, and begun anew. The inputs of a go are made right before it, as they are in a
 * service: few enough that the clock does not measure how long it takes to fetch them from far away.
 */
export const inGoes = <Input>({ lines, busy }: Stream, received: (line: Line) => Input, begin: () => Work<Input>): Side => {
  const count = Math.floor((busy.to - busy.from) / GOES)
  if (count < LEAST) throw new Error(`a go of ${count} inputs is too short`)
  let work: Work<Input> | undefined
  let taken = busy.from
  const atWork = (): Work<Input> => {
    const begun = begin()
    begun.take(lines.slice(0, busy.from).map(received))
    return begun
  }
  const next = (): ReadonlyArray<Input> => lines.slice(taken, (taken += count)).map(received)
  return side(
    count,
    () => {
      const going = work ?? atWork()
      work = going
      return { going, inputs: next() }
    },
    ({ going, inputs }) => going.take(inputs),
    (_, { going }) => {
      if (taken + count <= busy.to) return
      going.take(lines.slice(taken).map(received))
      going.end()
      work = undefined
      taken = busy.from
    }
  )
}
