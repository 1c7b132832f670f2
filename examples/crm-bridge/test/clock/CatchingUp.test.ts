import { expect, test } from 'vitest'
import { beginCatchingUp, isHolding, tookEvent, type Patience } from '../../src/clock/CatchingUp.js'
import { at, lasting } from '../story.js'

const patience: Patience = { grace: lasting(15), old: lasting(60), longest: lasting(600) }
const begun = beginCatchingUp(at(0))

test('after a start nothing ends for the grace, and then time goes on', () => {
  expect(isHolding(patience, begun, at(14))).toBe(true)
  expect(isHolding(patience, begun, at(15))).toBe(false)
})

test('fresh events do not hold it', () => {
  const took = tookEvent(patience, begun, at(13), at(14))
  expect(isHolding(patience, took, at(15))).toBe(false)
})

test('a backlog holds it as long as it comes, and for the grace after its last old event', () => {
  let state = begun
  for (let second = 1; second <= 40; second += 1) state = tookEvent(patience, state, at(second - 3600), at(second))
  expect(isHolding(patience, state, at(54))).toBe(true)
  expect(isHolding(patience, state, at(55))).toBe(false)
})

test('a PBX whose clock is slow sends nothing but old events: it does not hold it for ever', () => {
  let state = begun
  for (let second = 1; second <= 700; second += 1) state = tookEvent(patience, state, at(second - 120), at(second))
  expect(isHolding(patience, state, at(599))).toBe(true)
  expect(isHolding(patience, state, at(701))).toBe(false)
})

test('an old event in the middle of the day is just that', () => {
  expect(isHolding(patience, tookEvent(patience, begun, at(0), at(4000)), at(4001))).toBe(false)
})
