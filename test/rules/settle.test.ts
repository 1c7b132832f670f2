import { describe, expect, test } from 'vitest'
import { correlator, hours, minutes, seconds, type Config } from '../../src/index.js'
import { told } from './classified.js'
import { at, forward, incoming, outgoing } from './story.js'

const config: Config = { directory: { '453*101': 'phone', '453*102': 'phone', '453*800': 'ivr', '453*887': 'queue', '453*888': 'queue' } }

const ivr = incoming(800)
const queue = incoming(887)
const phone = incoming(101)
const no = { bridged: 'no' } as const
const yes = { bridged: 'yes' } as const

/** Nobody in the queue answers. */
const lost = [queue.rings(0), phone.rings(1), phone.hangsUp(20, 'CANCEL'), queue.hangsUp(30, 'ANSWER', no)]

describe('R-settle', () => {
  test('a miss is held until the settle window has passed since the last event', () => {
    expect(told(config, [...lost, at(34)])).toEqual([])
    expect(told(config, [...lost, at(35)])).toEqual(['registered missed 1'])
    expect(told({ ...config, settle: minutes(1) }, [...lost, at(89), at(90)])).toEqual(['registered missed 1'])
  })

  test('the hangup of the queue comes fractions of a second after that of the IVR: one miss, at the queue', () => {
    const steps = [ivr.rings(0), queue.rings(10), ivr.hangsUp(30, 'ANSWER', no), at(30), queue.hangsUp(30.4, 'ANSWER', no), at(36)]
    expect(told(config, steps)).toEqual(['registered missed 1'])
  })

  test('a miss is held while a phone still rings, for at most the ring time-out after its dial', () => {
    const rings = [queue.rings(0), phone.rings(20), queue.hangsUp(30, 'ANSWER', no)]
    expect(told(config, [...rings, at(199)])).toEqual([])
    expect(told(config, [...rings, at(200)])).toEqual(['registered missed 1'])
    expect(told({ ...config, ringTimeout: seconds(10) }, [...rings, at(35)])).toEqual(['registered missed 1'])
    expect(told(config, [...rings, at(60), phone.answers(61), at(400), phone.hangsUp(500, 'ANSWER'), at(900)])).toEqual(['registered answered 1'])
  })

  test('a miss is held while a forward outside still rings', () => {
    const mobile = forward(887)
    expect(told(config, [queue.rings(0), mobile.rings(20), queue.hangsUp(30, 'ANSWER', no), at(199)])).toEqual([])
    expect(told(config, [queue.rings(0), mobile.rings(20), queue.hangsUp(30, 'ANSWER', no), at(200)])).toEqual(['registered missed 1'])
  })

  test('a miss is held while a second queue that was seen to begin has not ended, for at most the closed retention', () => {
    const second = incoming(888)
    const steps = [queue.rings(0), queue.hangsUp(30, 'ANSWER', no), second.rings(31)]
    expect(told(config, [...steps, at(3_600)])).toEqual([])
    expect(told(config, [...steps, at(31 + 7_200)])).toEqual(['registered missed 1'])
    expect(told(config, [...steps, at(3_600), second.hangsUp(3_700, 'ANSWER', yes), at(3_800)])).toEqual([])
  })

  test('an outgoing leg that rings does not hold a miss', () => {
    expect(told(config, [queue.rings(0), outgoing(101).rings(20), queue.hangsUp(30, 'ANSWER', no), at(35)])).toEqual(['registered missed 1'])
  })

  test('settling is a latch: an event of the call that does not contradict the miss leaves it registered', () => {
    expect(told(config, [...lost, at(35), incoming(102).rings(40), incoming(102).hangsUp(60, 'CANCEL'), at(61)])).toEqual(['registered missed 1'])
  })

  test('a late answer retracts a settled miss; a miss that holds again later settles anew', () => {
    const late = incoming(102)
    const steps = [...lost, at(35), late.answers(29)]
    expect(told(config, steps)).toEqual(['registered missed 1', 'retracted missed 2'])
    expect(told(config, [...steps, late.hangsUp(40, 'BUSY'), at(44)])).toEqual([
      'registered missed 1',
      'retracted missed 2',
      'registered unsuccessful 1'
    ])
    expect(told(config, [...steps, late.hangsUp(40, 'BUSY'), at(44), at(45)])).toEqual([
      'registered missed 1',
      'retracted missed 2',
      'registered unsuccessful 1',
      'registered missed 3'
    ])
  })

  test('waiting is reckoned from the receipt, where one is given: a backlog gives no false miss', () => {
    const seen = (second: number) => ({ receivedAt: at(second) })
    const steps = [
      queue.rings(0, seen(3_600)),
      phone.rings(1, seen(3_600)),
      queue.hangsUp(30, 'ANSWER', { ...no, ...seen(3_600) }),
      at(3_606),
      phone.answers(31, seen(3_610)),
      phone.hangsUp(90, 'ANSWER', seen(3_611)),
      at(3_700)
    ]
    expect(told(config, steps)).toEqual(['registered answered 1'])
  })

  test('R-missed-at-phone settles likewise', () => {
    const steps = [phone.rings(0), phone.hangsUp(20, 'CANCEL')]
    expect(told({ ...config, missedAtPhone: true }, [...steps, at(24)])).toEqual([])
    expect(told({ ...config, missedAtPhone: true }, [...steps, at(25)])).toEqual(['registered missed 1'])
    expect(told(config, [...steps, at(25)])).toEqual([])
  })
})

describe('R-expiry', () => {
  const talk = [phone.rings(0), phone.answers(5), phone.hangsUp(60, 'ANSWER')]

  test('a closed call is let go after the closed retention; what comes later changes nothing', () => {
    const late = incoming(102)
    expect(told(config, [...talk, at(60 + 7_199), late.rings(61), late.answers(62), late.hangsUp(63, 'ANSWER')])).toEqual([
      'registered answered 1',
      'registered answered 1'
    ])
    expect(told(config, [...talk, at(60 + 7_200), late.rings(61), late.hangsUp(63, 'ANSWER')])).toEqual([
      'registered answered 1',
      'anomaly late-event',
      'anomaly late-event'
    ])
  })

  test('of a call that was let go the CallID is kept for the open retention from then on', () => {
    const again = incoming(102)
    const gone = 60 + 7_200
    expect(told(config, [...talk, at(gone), at(gone + 86_399), again.rings(61)])).toEqual(['registered answered 1', 'anomaly late-event'])
    expect(told(config, [...talk, at(gone), at(gone + 86_400), again.rings(61)])).toEqual(['registered answered 1'])
  })

  test('a call with something open is given up after the open retention: what was answered becomes incomplete', () => {
    const open = [phone.rings(0), phone.answers(5)]
    expect(told(config, [...open, at(5 + 86_399)])).toEqual([])
    expect(told(config, [...open, at(5 + 86_400)])).toEqual(['registered incomplete 1', 'anomaly never-closed'])
  })

  test('a repeated event counts as activity only by its receipt', () => {
    const machine = correlator(config)
    const [held] = machine.step(machine.initial, phone.rings(0))
    const [again] = machine.step(held, phone.rings(0))
    expect(again).toBe(held)
    const [later] = machine.step(held, phone.rings(0, { receivedAt: at(100) }))
    expect(machine.due(machine.tick(later, at(86_400))[0])).toBe(at(86_500))
  })

  test('the word that a call was placed is activity, and holds the call', () => {
    const machine = correlator(config)
    const [state] = machine.placed(machine.initial, { callId: 'C1', at: at(0), context: { deal: 7 } })
    expect(machine.due(state)).toBe(at(0) + hours(2))
    const [gone] = machine.tick(state, at(7_200))
    expect(machine.placed(gone, { callId: 'c1', at: at(9_000) })[1]).toEqual([
      { change: 'anomaly', anomaly: { kind: 'late-event', callId: 'c1', at: [at(9_000)] } }
    ])
  })
})

describe('the changes of one tick', () => {
  test('come in the order in which the calls are due, then by CallID, whatever order their events came in', () => {
    const calls = ['b', 'a', 'c'].map((callId, i) => [
      queue.rings(i, { callId }),
      queue.hangsUp(10 + (callId === 'c' ? 0 : 5), 'ANSWER', { ...no, callId })
    ])
    for (const order of [calls, [...calls].reverse()]) {
      const machine = correlator(config)
      const state = order.flat().reduce((known, event) => machine.step(known, event)[0], machine.initial)
      const ids = machine.tick(state, at(100))[1].map((change) => change.change === 'registered' && change.record.callId)
      expect(ids).toEqual(['c', 'a', 'b'])
    }
  })
})

test('the changes of one tick: a call that lived on is due later, whenever the schedule was going to look at it', () => {
  const machine = correlator(config)
  const events = [phone.rings(0, { callId: 'a' }), phone.rings(10, { callId: 'b' }), incoming(102).rings(20, { callId: 'a' })]
  const state = events.reduce((known, event) => machine.step(known, event)[0], machine.initial)
  const told = machine.tick(state, at(90_000))[1].map((change) => change.change === 'anomaly' && change.anomaly.callId)
  expect(told).toEqual(['b', 'a', 'a'])
})

test('R-callback: a late transfer leg makes no revision of the earlier one, a late CallBackID makes one of each', () => {
  const call = outgoing(101)
  const talk = [call.rings(0), call.answers(5), call.hangsUp(60, 'ANSWER')]
  expect(told(config, [...talk, call.rings(-1, { callBackId: '77' })])).toEqual(['registered answered 1', 'revised callback 2'])
})
