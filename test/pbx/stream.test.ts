import fc from 'fast-check'
import { expect, test } from 'vitest'
import { damageKinds } from './damage.js'
import { complaints } from './health.js'
import { disorderedArb, healthyCallArb, smallWildCallArb, streamArb, timeOf, toJson, wildCallArb } from './index.js'

test('all times of a stream differ and rise, and its calls have CallIDs of their own', () => {
  fc.assert(fc.property(streamArb(), ({ calls, events }) => {
    const times = events.flatMap((event) => timeOf(event) ?? [])
    expect(times.every((time, i) => i === 0 || time > (times[i - 1] ?? 0))).toBe(true)
    expect(new Set(calls.map(({ callId }) => callId)).size).toBe(calls.length)
    expect(calls.flatMap((call) => call.events).map(toJson).sort()).toEqual(events.map(toJson).sort())
  }))
})

test('healthy calls stay healthy in a stream', () => {
  fc.assert(fc.property(streamArb({ call: healthyCallArb }), ({ calls }) => { expect(calls.flatMap(complaints)).toEqual([]) }))
})

test('no call of a stream is let go before the stream ends: it spans less than the closed retention', () => {
  fc.assert(fc.property(streamArb({ calls: 8 }), ({ events }) => {
    const times = events.flatMap((event) => timeOf(event) ?? [])
    return Math.max(...times) - Math.min(...times) < 7_200_000_000
  }))
})

test('disorder keeps every event, and adds only repeats', () => {
  const both = streamArb({ calls: 2 }).chain(({ events }) => fc.tuple(fc.constant(events), disorderedArb(events)))
  fc.assert(fc.property(both, ([events, disordered]) => {
    expect(new Set(disordered.map(toJson))).toEqual(new Set(events.map(toJson)))
    expect(disordered.length).toBeGreaterThanOrEqual(events.length)
  }))
})

test('every kind of damage is done', () => {
  const kinds = new Set(fc.sample(wildCallArb, { numRuns: 1000, seed: 1 }).flatMap(({ strokes }) => strokes.map(({ kind }) => kind)))
  expect([...kinds].sort()).toEqual(damageKinds.map(({ kind }) => kind).sort())
})

test('damaged calls are flat maps of text still, and small ones are small', () => {
  fc.assert(fc.property(wildCallArb, ({ events }) => events.flatMap(Object.values).every((value) => typeof value === 'string')))
  fc.assert(fc.property(smallWildCallArb, ({ events }) => events.length <= 7))
})
