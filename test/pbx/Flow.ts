import fc from 'fast-check'
import { dialect as anyDialect, moments as anyMoments, setup, type Size } from './draws.js'
import { play, type PlayedCall, type Script } from './Script.js'
import type { Micros } from '../../src/event/time.js'
import type { Dialect, WireEvent } from './wire.js'

/** Under what circumstances a flow is played. */
export interface Circumstances {
  /** Default: `any`. */
  readonly size?: Size
  /** Which installations send the events. Default: all sorts. */
  readonly dialect?: fc.Arbitrary<Dialect>
  /** The small gaps between events, used in turn; each more than nothing and less than 4.5 s. */
  readonly moments?: fc.Arbitrary<ReadonlyArray<Micros>>
}

/** A way in which calls go, with everything that may vary in it drawn, so that fast-check can shrink a failure. */
export interface Flow {
  readonly name: string
  /** Do its calls fulfil the premises of `L-calm`? */
  readonly healthy: boolean
  /** How often it comes, beside the others; everyday flows have more than 3. */
  readonly weight: number
  readonly calls: (circumstances: Circumstances) => fc.Arbitrary<PlayedCall>
  /** Its calls of any size, from all sorts of installations. */
  readonly arbitrary: fc.Arbitrary<PlayedCall>
  /** Its calls of at most {@link smallCall} events. */
  readonly small: fc.Arbitrary<PlayedCall>
}

/** Up to here all permutations of a call's events can be tried. */
export const smallCall = 7

/** A flow as its author writes it: what is drawn, and the story. */
export interface FlowDraft<Drawn> {
  readonly name: string
  /** Default: true. */
  readonly healthy?: boolean
  /** Default: 3. */
  readonly weight?: number
  /** Fields that nobody has documented, on each event. Default: none. */
  readonly unknownFields?: fc.Arbitrary<WireEvent>
  readonly drawn: (size: Size) => fc.Arbitrary<Drawn>
  readonly story: (script: Script, drawn: Drawn) => void
}

/** Makes a flow of its draft. */
export const flow = <Drawn>({ name, healthy = true, weight = 3, unknownFields, drawn, story }: FlowDraft<Drawn>): Flow => {
  const calls = ({ size = 'any', dialect = anyDialect, moments = anyMoments }: Circumstances): fc.Arbitrary<PlayedCall> =>
    fc
      .tuple(setup(dialect, moments, unknownFields ?? fc.constant({})), drawn(size))
      .map(([circumstances, params]) => play(name, circumstances, (script) => story(script, params)))
  return {
    name,
    healthy,
    weight,
    calls,
    arbitrary: calls({}),
    small: calls({ size: 'small' }).filter(({ events }) => events.length <= smallCall)
  }
}
