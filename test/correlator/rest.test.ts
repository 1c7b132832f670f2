import { expect, test } from 'vitest'
import { correlator, hours } from '../../src/index.js'
import { entriesOf } from '../../src/correlator/PersistentMap.js'
import { at, incoming } from '../rules/story.js'

const machine = correlator({})
const phone = incoming(101)
const talk = [phone.rings(0), phone.answers(5), phone.hangsUp(60, 'ANSWER')]

/** The state after so many more calls, one after the other. */
const after = (state: typeof machine.initial, calls: number, name: string, reducer = machine) => {
  let next = state
  for (let i = 0; i < calls; i++) for (const event of talk) next = reducer.step(next, { ...event, callId: `${name}-${i}` })[0]
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

test('a call that is kept longer once it has ended than while it is open is let go when it is to be', () => {
  const patient = correlator({ openRetention: hours(24), closedRetention: hours(48) })
  for (const others of [0, 300]) {
    const ended = talk.reduce((state, event) => patient.step(state, event)[0], patient.initial)
    const state = after(ended, others, 'other', patient)
    const letGo = at(60) + hours(48)
    const [held] = patient.tick(patient.tick(state, at(0) + hours(24))[0], letGo - 1)
    expect(patient.explain(held, 'c1')?.state).toBe('held')
    expect(patient.explain(patient.tick(held, letGo)[0], 'c1')?.state).toBe('gone')
  }
})

test('a miss that has settled rests like any other call that has ended', () => {
  const queue = incoming(801, undefined, { extensionType: 'queue' })
  const missed = [queue.rings(0), queue.hangsUp(20, 'ANSWER', { bridged: 'no' })]
  let state = machine.initial
  for (let i = 0; i < 1_000; i++) {
    for (const event of missed) state = machine.step(state, { ...event, callId: `missed-${i}` })[0]
  }
  const [settled, changes] = machine.tick(state, at(60))
  expect(changes.filter(({ change }) => change === 'registered')).toHaveLength(1_000)
  expect(entriesOf(settled.awake).length).toBeLessThanOrEqual(128)
  expect(entriesOf(settled.asleep).length).toBeGreaterThanOrEqual(872)
})

test('a call that opens and ends again and again makes an appointment each time that it ends, and no other', () => {
  let state = machine.initial
  for (let i = 0; i < 50; i++) {
    const leg = incoming(101, undefined, {}, `leg${i}`)
    for (const event of [leg.rings(100 * i), leg.answers(100 * i + 5), leg.hangsUp(100 * i + 60, 'ANSWER')]) state = machine.step(state, event)[0]
  }
  const { open, quiet, others } = state.schedule
  expect([open.to - open.from, quiet.to - quiet.from, others]).toEqual([1, 50, undefined])
})

test('a call is let go when it is to be, also where its appointments for both are at the same time', () => {
  const same = correlator({ openRetention: hours(2), closedRetention: hours(2) })
  const [ringing] = same.step(same.initial, phone.rings(0))
  const [ended] = same.step(ringing, phone.hangsUp(0, 'CANCEL'))
  const state = after(ended, 300, 'other', same)
  expect(entriesOf(state.asleep).map(([callId]) => callId)).toContain('c1')
  expect(same.explain(same.tick(state, at(0) + hours(2))[0], 'c1')?.state).toBe('gone')
})
