import { describe, expect, test } from 'vitest'
import { correlator, ledger, type CallEvent, type Change, type Config } from '../../src/index.js'
import { at, CALL, incoming, lasting, outgoing } from '../rules/story.js'

const run = (config: Config, events: ReadonlyArray<CallEvent>): ReadonlyArray<Change> => {
  const machine = correlator(config)
  let state = machine.initial
  const changes = events.flatMap((event) => {
    const [next, told] = machine.step(state, event)
    state = next
    return told
  })
  return [...changes, ...machine.drain(state)[1]]
}

const overLimits = (changes: ReadonlyArray<Change>) =>
  changes.flatMap((change) => (change.change === 'anomaly' && change.anomaly.kind === 'over-limit' ? [change.anomaly] : []))

const registered = (changes: ReadonlyArray<Change>) => changes.flatMap((change) => (change.change === 'registered' ? [change.record.id] : []))

const phone = incoming(101)
const other = incoming(102)
const talk = (leg: typeof phone, from: number) => [leg.rings(from), leg.answers(from + 1), leg.hangsUp(from + 5, 'ANSWER')]

describe('limits: what would go beyond is not taken, and is told at once', () => {
  test('maxLegs: the events of one leg more', () => {
    const changes = run({ maxLegs: 1 }, [...talk(phone, 0), ...talk(other, 1)])
    expect(overLimits(changes)).toEqual([1, 2, 6].map((second) => ({ kind: 'over-limit', callId: CALL, leg: '85102-a', at: [at(second)] })))
    expect(registered(changes)).toEqual([`${CALL}/85101-a`])
    expect(overLimits(run({ maxLegs: 2 }, [...talk(phone, 0), ...talk(other, 1)]))).toEqual([])
  })

  test('maxEvents: a different event more; the same once more is none', () => {
    const [rings, answers, hangsUp] = [phone.rings(0), phone.answers(1), phone.hangsUp(5, 'ANSWER')]
    const changes = run({ maxEvents: 3 }, [rings, answers, hangsUp, rings, answers, phone.hangsUp(9, 'BUSY'), hangsUp])
    expect(overLimits(changes).map((anomaly) => anomaly.at)).toEqual([[at(9)]])
    expect(registered(changes)).toEqual([`${CALL}/85101-a`])
  })

  test('maxCalls: an event of one call more, or the word that it was placed; a call that was let go leaves its place', () => {
    const machine = correlator({ maxCalls: 1, closedRetention: lasting(60) })
    let [state] = machine.step(machine.initial, phone.hangsUp(0, 'ANSWER'))
    const second = { ...phone.rings(1), callId: 'c2' }
    expect(machine.step(state, second)).toEqual([state, [{ change: 'anomaly', anomaly: { kind: 'over-limit', callId: 'c2', leg: '85101-a', at: [at(1)] } }]])
    expect(machine.placed(state, { callId: 'c3', at: at(1) })[1]).toEqual([
      { change: 'anomaly', anomaly: { kind: 'over-limit', callId: 'c3', at: [at(1)] } }
    ])
    ;[state] = machine.tick(state, at(61))
    const [next, changes] = machine.step(state, second)
    expect(changes).toEqual([])
    expect(machine.openLegs(next)).toHaveLength(1)
    expect(overLimits(machine.step(machine.decode(machine.encode(next))._tag === 'Right' ? next : state, { ...second, callId: 'c4' })[1])).toHaveLength(1)
  })

  test('the ledger holds the first two, and knows no third', () => {
    const events = [...talk(phone, 0), ...talk(other, 1), { ...phone.rings(1), callId: 'c2' }]
    const { records, anomalies } = ledger({ maxLegs: 1, maxCalls: 1 })(events)
    expect(records.map(({ id }) => id)).toEqual([`${CALL}/85101-a`])
    expect(anomalies.filter(({ kind }) => kind === 'over-limit')).toHaveLength(3)
  })
})

test('within the limits no step takes long: 1 000 legs that are all each other\'s sources, transfers and forwards', () => {
  const machine = correlator({})
  let state = machine.initial
  const times: Array<number> = []
  const legs = Array.from({ length: 1_000 }, (_, i) => {
    const which = `l${i}`
    if (i % 4 === 0) return outgoing(101, '+79160000001', {}, which)
    if (i % 4 === 1) return incoming(101, '+79160000001', {}, which)
    if (i % 4 === 2) return incoming(102, '453*101', { parties: { remoteNumber: '+79160000001' } }, which)
    return outgoing(101, '+79160000009', { transferred: true }, which)
  })
  const step = (event: CallEvent): void => {
    const from = performance.now()
    ;[state] = machine.step(state, event)
    times.push(performance.now() - from)
  }
  legs.forEach((leg, i) => step(leg.rings(i / 10)))
  legs.forEach((leg, i) => step(leg.answers(i / 10 + 0.05)))
  legs.slice(0, 100).forEach((leg, i) => step(leg.hangsUp(1_000 + i / 10, 'ANSWER')))
  // some milliseconds; a machine that does other things at the same time may take tens, and now and then stop for a while
  const longestButFew = times.sort((a, b) => b - a)[Math.floor(times.length / 100)]
  expect(longestButFew).toBeLessThan(100)
})
