import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SMALL } from '../../src/testing/calls.js'
import { complaints, isLegEvent } from './health.js'
import { callArb, flows, healthyCallArb, smallCallArb, type PlayedCall } from './index.js'

const share = (calls: ReadonlyArray<PlayedCall>): ReadonlyMap<string, number> =>
  calls.reduce((shares, { flow }) => shares.set(flow, (shares.get(flow) ?? 0) + 1 / calls.length), new Map<string, number>())

test('the names of the flows differ', () => {
  expect(new Set(flows.map(({ name }) => name)).size).toBe(flows.length)
})

test('each flow is at least one call in a hundred', () => {
  const shares = share(fc.sample(callArb, { numRuns: 5000, seed: 1 }))
  expect(flows.filter(({ name }) => (shares.get(name) ?? 0) < 0.01).map(({ name }) => name)).toEqual([])
})

test('each flow has small calls, and they are at least one in a hundred', () => {
  const shares = share(fc.sample(smallCallArb, { numRuns: 5000, seed: 1 }))
  expect(flows.filter(({ name }) => (shares.get(name) ?? 0) < 0.01).map(({ name }) => name)).toEqual([])
})

test('small calls have at most seven events', () => {
  fc.assert(fc.property(smallCallArb, ({ events }) => events.length > 0 && events.length <= SMALL))
})

describe('healthy flows fulfil the premises of L-calm', () => {
  test.each(flows.filter(({ healthy }) => healthy))('$name', ({ arbitrary, small }) => {
    fc.assert(fc.property(fc.oneof(arbitrary, small), (call) => { expect(complaints(call)).toEqual([]) }))
  })
})

test('healthy calls come from healthy flows alone', () => {
  const healthy = new Set(flows.filter((flow) => flow.healthy).map(({ name }) => name))
  fc.assert(fc.property(healthyCallArb, ({ flow }) => healthy.has(flow)))
})

test('a leg that never closes is complained of', () => {
  const open = flows.filter(({ healthy }) => !healthy)
  expect(open.map(({ name }) => name)).toEqual(['a leg never closes'])
  open.forEach(({ arbitrary }) => fc.assert(fc.property(arbitrary, (call) => complaints(call).length > 0)))
})

test('every call of every flow has events of legs, all of its own CallID', () => {
  fc.assert(fc.property(callArb, ({ callId, events }) =>
    events.some(isLegEvent) && events.every((event) => event['CallID'] === callId)))
})
