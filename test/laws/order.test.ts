import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { disorderedArb, flows, smallWildCallArb, streamArb, wildCallArb, type WireEvent } from '../pbx/index.js'
import { configArb, decoded, eventInput, outcome, placedInput, runs, tickInput, type Input } from './run.js'

/** All orders of some things; a thing is put into every place of every order of the rest. */
const permutations = <A>(things: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> => {
  const [first, ...rest] = things
  if (first === undefined) return [[]]
  return permutations(rest).flatMap((order) => things.map((_, place) => [...order.slice(0, place), first, ...order.slice(place)]))
}

const inputs = (events: ReadonlyArray<WireEvent>): ReadonlyArray<Input> => decoded(events).map(eventInput)

const anyStream = fc.oneof(streamArb({ calls: 3 }), streamArb({ calls: 2, call: wildCallArb, keepTimes: true }))

test('L-order, L-repeat: any permutation of the events, any of them repeated, gives the same ledger and anomalies', () => {
  fc.assert(
    fc.property(
      anyStream.chain((stream) => fc.record({ stream: fc.constant(stream), disordered: disorderedArb(stream.events) })),
      configArb,
      ({ stream, disordered }, config) => {
        const placed = stream.placed.map(placedInput)
        expect(outcome(config, [...inputs(disordered), ...placed])).toEqual(outcome(config, [...placed, ...inputs(stream.events)]))
      }
    ),
    runs(1000)
  )
})

const sameInAllOrders = (events: ReadonlyArray<WireEvent>, placed: ReadonlyArray<Input>): void => {
  const [first, ...others] = permutations(inputs(events))
  if (first === undefined) return
  const expected = outcome({}, [...placed, ...first])
  for (const order of others) expect(outcome({}, [...order, ...placed])).toEqual(expected)
}

describe('L-order over all permutations of small calls', () => {
  for (const { name, small } of flows) {
    test(`of the flow ${name}`, () => {
      fc.assert(
        fc.property(small, ({ events, placed }) => sameInAllOrders(events, placed === undefined ? [] : [placedInput(placed)])),
        { seed: 7, ...runs(2) }
      )
    })
  }

  test('of damaged calls', () => {
    fc.assert(
      fc.property(smallWildCallArb, ({ events, placed }) => sameInAllOrders(events, placed === undefined ? [] : [placedInput(placed)])),
      runs(20)
    )
  })
})

test('L-repeat: a call that is repeated whole, after everything has settled, changes nothing', () => {
  fc.assert(
    fc.property(anyStream, configArb, ({ events, placed }, config) => {
      const once = [...placed.map(placedInput), ...inputs(events)]
      const last = Math.max(0, ...decoded(events).map(({ at }) => at))
      // an hour later everything has settled, and nothing has expired
      expect(outcome(config, [...once, tickInput(last + 3_600_000_000), ...inputs(events)])).toEqual(outcome(config, once))
    }),
    runs(300)
  )
})
