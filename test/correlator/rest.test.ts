import { expect, test } from 'vitest'
import { correlator } from '../../src/index.js'
import { entriesOf } from '../../src/correlator/PersistentMap.js'
import { incoming } from '../rules/story.js'

const machine = correlator({})
const phone = incoming(101)
const talk = [phone.rings(0), phone.answers(5), phone.hangsUp(60, 'ANSWER')]

/** The state after so many more calls, one after the other. */
const after = (state: typeof machine.initial, calls: number, name: string) => {
  let next = state
  for (let i = 0; i < calls; i++) for (const event of talk) next = machine.step(next, { ...event, callId: `${name}-${i}` })[0]
  return next
}

test('of many calls that have ended a hundred or so are awake, and the others rest', () => {
  for (const calls of [100, 128, 129, 1_000]) {
    const { awake, asleep } = after(machine.initial, calls, 'call')
    expect(entriesOf(awake).length + entriesOf(asleep).length).toBe(calls)
    expect(entriesOf(awake).length).toBeLessThanOrEqual(128)
    // nobody is put to rest at once: a transfer may follow
    expect(entriesOf(awake).length).toBeGreaterThanOrEqual(64)
  }
})

test('those that talk do not rest, however many others end', () => {
  const [ringing] = machine.step(machine.initial, phone.rings(0))
  const { awake } = after(ringing, 1_000, 'other')
  expect(entriesOf(awake).map(([callId]) => callId)).toContain('c1')
})

test('a call that rests is woken by a late event, and rests again', () => {
  const asleep = after(talk.reduce((state, event) => machine.step(state, event)[0], machine.initial), 300, 'other')
  expect(entriesOf(asleep.asleep).map(([callId]) => callId)).toContain('c1')
  const [once, nothing] = machine.step(asleep, phone.answers(5))
  expect(nothing).toEqual([])
  expect(machine.records(once)).toEqual(machine.records(asleep))
  const [revised, changes] = machine.step(asleep, phone.answers(4))
  expect(changes.map((change) => (change.change === 'revised' ? [change.revision, change.record.kind === 'answered' && change.record.answeredAt] : change.change))).toEqual([
    [2, phone.answers(4).at]
  ])
  // and is revised but once, however often it is put to rest
  expect(machine.step(after(revised, 300, 'later'), phone.answers(4))[1]).toEqual([])
  expect(machine.records(asleep)).toHaveLength(301)
})
