import { expect, test } from 'vitest'
import { serviceClock } from '../../src/clock/ServiceClock.js'
import { at, lasting } from '../story.js'

/** A machine on which time passes and the wall clock is set. */
const machine = () => {
  let passed = 0
  let set = 0
  const now = serviceClock({ wall: () => at(0) + passed + set, steady: () => passed })
  return {
    now,
    passes: (seconds: number, step = 0.1): void => {
      for (let gone = 0; gone < seconds - 1e-9; gone += step) {
        passed += lasting(step)
        now()
      }
    },
    isSet: (seconds: number): void => {
      set += lasting(seconds)
    }
  }
}

const HOUR = 3600

test('with a wall clock in order it is the wall clock', () => {
  const { now, passes } = machine()
  passes(60)
  expect(now()).toBe(at(60))
})

test('the wall clock is set an hour forward: five seconds later it is 5.5 seconds later, and no call of this hour has ended', () => {
  const { now, passes, isSet } = machine()
  passes(10)
  isSet(HOUR)
  expect(now()).toBe(at(10))
  passes(5)
  expect(now()).toBeCloseTo(at(15.5), -2)
})

test('the wall clock is set an hour back: time goes on, a little slower, and never goes back', () => {
  const { now, passes, isSet } = machine()
  passes(10)
  isSet(-HOUR)
  const before = now()
  passes(5)
  expect(now()).toBeCloseTo(before + lasting(4.5), -2)
})

test('the difference is made up in ten times its length, and then it is the wall clock again', () => {
  const { now, passes, isSet } = machine()
  isSet(60)
  passes(590, 1)
  expect(now()).toBeLessThan(at(650))
  passes(20, 1)
  expect(now()).toBe(at(610 + 60))
})

test('a machine that slept, so that its monotonic clock stood still, has not waited meanwhile', () => {
  const { now, passes, isSet } = machine()
  passes(10)
  isSet(8 * HOUR)
  passes(1)
  expect(now()).toBeLessThan(at(12))
})
