/**
 * The calls of `src/testing` as the laws want them: by flow, healthy, small, damaged on their way.
 */
import type fc from 'fast-check'
import type { Config } from '../../src/config/Config.js'
import { calls } from '../../src/testing/calls.js'
import { directoryOf, smallCompany } from '../../src/testing/Company.js'
import type { PlayedCall } from '../../src/testing/Script.js'
import { disorder } from '../../src/testing/disorder.js'
import { stories } from '../../src/testing/stories.js'
import type { WireEvent } from '../../src/testing/wire.js'

export { streams as streamArb } from '../../src/testing/streams.js'
export { timeOf, toForm } from '../../src/testing/wire.js'
export type { WireEvent } from '../../src/testing/wire.js'
export type { PlayedCall } from '../../src/testing/Script.js'
export type { PlayedStream } from '../../src/testing/interleave.js'
export { smallWildCallArb, wildCallArb } from './wild.js'

/** A call of any flow, undamaged: its events are as the PBX would send them, though a leg may never close. */
export const callArb = calls()

/** A call that fulfils the premises of `L-calm`. */
export const healthyCallArb = calls({ healthy: true })

/** A call of any flow with at most 7 events, for tests over all permutations. */
export const smallCallArb = calls({ small: true })

/** A way in which calls go. */
export interface Flow {
  readonly name: string
  readonly healthy: boolean
  /** Its calls of any size, from all sorts of installations. */
  readonly arbitrary: fc.Arbitrary<PlayedCall>
  /** Its calls of at most 7 events. */
  readonly small: fc.Arbitrary<PlayedCall>
}

export const flows: ReadonlyArray<Flow> = stories.map(({ name, healthy }) => ({
  name,
  healthy,
  arbitrary: calls({ stories: [name] }),
  small: calls({ stories: [name], small: true })
}))

/** The configuration under which the healthy flows are healthy. */
export const companyConfig: Config = { directory: directoryOf(smallCompany) }

export const directory = directoryOf(smallCompany)

/** The same events in any order, some of them more than once. */
export const disorderedArb = <A>(events: ReadonlyArray<A>): fc.Arbitrary<ReadonlyArray<A>> => disorder(events, { repeats: 12 })

/** As a line of NDJSON. */
export const toJson = (event: WireEvent): string => JSON.stringify(event)
