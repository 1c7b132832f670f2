import fc from 'fast-check'
import { calls } from '../../src/testing/calls.js'
import { smallCompany } from '../../src/testing/Company.js'
import type { PlayedCall } from '../../src/testing/Script.js'
import { timeOf } from '../../src/testing/wire.js'
import { damaged, damageKinds, type Stroke } from './damage.js'

/** A call that was damaged on its way. */
export interface WildCall extends PlayedCall {
  /** What was done to it, for whoever reads a counterexample. */
  readonly strokes: ReadonlyArray<Stroke>
}

const stroke: fc.Arbitrary<Stroke> = fc.record({
  kind: fc.oneof(...damageKinds.map(({ kind, weight }) => ({ weight, arbitrary: fc.constant(kind) }))),
  event: fc.nat({ max: 31 }),
  other: fc.nat({ max: 31 }),
  by: fc.nat({ max: 0xffff_ffff })
})

/** The application may claim any call as its own, rightly or not. */
const claim = fc.option(
  fc.record({
    index: fc.nat({ max: 31 }),
    destination: fc.constantFrom('client', 'other', undefined),
    context: fc.constantFrom(undefined, { deal: 5 })
  }),
  { nil: undefined, freq: 6 }
)

const damagedCallArb = (call: fc.Arbitrary<PlayedCall>, maxLength: number): fc.Arbitrary<WildCall> =>
  fc.record({ call, strokes: fc.array(stroke, { minLength: 1, maxLength }), claim }).map(({ call, strokes, claim }): WildCall => {
    const events = strokes.reduce(damaged, call.events)
    if (claim === undefined) return { ...call, events, strokes }
    const near = call.events[claim.index % call.events.length]
    const numbers = call.events.flatMap((event) => [event['CallerIDNum'] ?? '', event['CalledNumber'] ?? ''])
    const client = numbers.find((number) => number.startsWith('+'))
    const destination = claim.destination === 'client' ? client : claim.destination === 'other' ? smallCompany.outside[0] : undefined
    return {
      ...call,
      events,
      strokes,
      placed: {
        callId: call.callId,
        at: ((near && timeOf(near)) ?? 1_780_000_000_000_000) - 1,
        ...(destination === undefined ? {} : { destination }),
        ...(claim.context === undefined ? {} : { context: claim.context })
      }
    }
  })

/**
 * A call of any flow, damaged: events lost, fields dropped, types wrong, events of one leg and kind that contradict
 * each other (at other times and at the same time), times equal, ids in upper case or missing. Most of its events can
 * still be decoded, and none is without an `EventTime`.
 */
export const wildCallArb: fc.Arbitrary<WildCall> = damagedCallArb(calls(), 6)

/** The same with at most 7 events, for tests over all permutations. */
export const smallWildCallArb: fc.Arbitrary<WildCall> = damagedCallArb(calls({ small: true }), 3).filter(({ events }) => events.length <= 7)
