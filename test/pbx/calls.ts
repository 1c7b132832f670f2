import fc from 'fast-check'
import { type Flow } from './Flow.js'
import { flows } from './flows/index.js'
import type { PlayedCall } from './Script.js'

// Cross-shrinking: a failure that does not hang on its flow is shown by the simplest one.
const byWeight = (some: ReadonlyArray<Flow>, size: 'arbitrary' | 'small'): fc.Arbitrary<PlayedCall> =>
  fc.oneof({ withCrossShrink: true }, ...some.map((flow) => ({ weight: flow.weight, arbitrary: flow[size] })))

/** A call of any flow, undamaged: its events are as the PBX would send them, though a leg may never close. */
export const callArb: fc.Arbitrary<PlayedCall> = byWeight(flows, 'arbitrary')

/** A call that fulfils the premises of `L-calm`. */
export const healthyCallArb: fc.Arbitrary<PlayedCall> = byWeight(flows.filter(({ healthy }) => healthy), 'arbitrary')

/** A call of any flow with at most 7 events, for tests over all permutations. */
export const smallCallArb: fc.Arbitrary<PlayedCall> = byWeight(flows, 'small')
