import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { see, stoppedClock, type ReplayClock } from '../../src/stream/ReplayClock.js'
import { hours, minutes } from '../../src/index.js'

const NINE = 1_780_466_400_000_000
const FAR = 9_007_199_254_740_991

const after = (...events: ReadonlyArray<readonly [callId: string, at: number]>): ReplayClock =>
  events.reduce<ReplayClock>((clock, [callId, at]) => see(clock, { callId, at }), stoppedClock)

const started = [['a', NINE], ['b', NINE], ['z', NINE]] as const

test('the clock starts when a second call is seen that is within an hour of the first, else with a third', () => {
  expect(after(['a', NINE], ['a', NINE + 5]).now).toBeUndefined()
  expect(after(['a', NINE], ['b', NINE + 5])).toEqual({ now: NINE + 5 })
  expect(after(['a', NINE], ['b', NINE + hours(2)]).now).toBeUndefined()
})

test('it shows the largest time seen, and never goes back', () => {
  expect(after(...started, ['c', NINE + minutes(10)], ['d', NINE + minutes(2)])).toEqual({ now: NINE + minutes(10) })
})

test('an event just an hour ahead is believed at once', () => {
  expect(after(...started, ['c', NINE + hours(1)])).toEqual({ now: NINE + hours(1) })
})

test('events of one call or two that are more than an hour ahead do not move it, whatever these send besides', () => {
  const clock = after(...started, ['c', FAR - 1], ['c', FAR], ['d', FAR - 9], ['c', FAR - 2])
  expect(clock).toEqual({ now: NINE, ahead: [{ callId: 'd', at: FAR - 9 }, { callId: 'c', at: FAR }] })
})

test('until an event of a third call is there too', () => {
  const next = NINE + hours(15)
  expect(after(...started, ['c', next], ['c', next + 7], ['d', next + 9], ['e', next + 8])).toEqual({ now: next + 9 })
})

test('three calls vouch for the earliest of their times only: a wrong clock waits on', () => {
  const next = NINE + hours(15)
  const wrong = [{ callId: 'c', at: FAR - 1 }, { callId: 'd', at: FAR }]
  expect(after(...started, ['c', FAR - 1], ['d', FAR], ['e', next])).toEqual({ now: next, ahead: wrong })
  expect(after(...started, ['e', next], ['d', FAR], ['c', FAR - 1])).toEqual({ now: next, ahead: wrong })
})

test('a wrong clock at the very beginning ends no call either', () => {
  expect(after(['a', FAR], ['b', NINE], ['c', NINE + 1])).toEqual({ now: NINE + 1, ahead: [{ callId: 'a', at: FAR }] })
})

test('a first event of long ago starts it, and later calls put it right', () => {
  expect(after(['a', 0], ['b', NINE], ['c', NINE + 1])).toEqual({ now: NINE + 1 })
})

test('once the clock has come within the hour, what was ahead counts', () => {
  expect(after(...started, ['c', NINE + minutes(90)], ['d', NINE + minutes(40)])).toEqual({ now: NINE + minutes(90) })
})

test('the clock shows a time that was seen, and never goes back', () => {
  const event = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(12).map((half) => NINE + half * minutes(30)))
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      events.reduce<ReplayClock>((clock, [callId, at], i) => {
        const next = see(clock, { callId, at })
        const times = events.slice(0, i + 1).map(([, time]) => time)
        if (next.now !== undefined) expect(times).toContain(next.now)
        expect(next.now ?? 0).toBeGreaterThanOrEqual(clock.now ?? 0)
        return next
      }, stoppedClock)
    })
  )
})

test('one wrong event, whatever its time and wherever it comes, puts the clock an hour ahead at most, and never back', () => {
  const sane = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(minutes(30)).map((past) => NINE + past)), { minLength: 2, maxLength: 10 })
  const wrong = fc.tuple(fc.constant('w'), fc.oneof(fc.nat(12).map((half) => NINE + half * minutes(30)), fc.maxSafeNat()))
  fc.assert(
    fc.property(sane, wrong, fc.nat(10), (events, event, where) => {
      fc.pre(new Set(events.map(([callId]) => callId)).size > 1)
      const { now } = after(...events.slice(0, where), event, ...events.slice(where))
      const last = Math.max(...events.map(([, at]) => at))
      expect(now).toBeGreaterThanOrEqual(last)
      expect(now).toBeLessThanOrEqual(last + hours(1))
    })
  )
})
