import { describe, expect, test } from 'vitest'
import { callReducer, correlator, RULES, type CallEvent, type Config } from '../../src/index.js'
import { at, CALL, CLIENT, incoming, outgoing } from '../rules/story.js'

const config: Config = { directory: { '453*101': 'phone', '453*102': 'phone', '453*887': 'queue' } }

const explained = (events: ReadonlyArray<CallEvent>, when?: number, own: Config = config) => {
  const machine = correlator(own)
  const state = events.reduce((known, event) => machine.step(known, event)[0], machine.initial)
  return machine.explain(state, CALL.toUpperCase(), when)
}

const queue = incoming(887)
const phone = incoming(101)
const other = incoming(102)

describe('an explanation', () => {
  test('tells leg by leg, in the order in which they began, why there is a record or none', () => {
    const told = explained([
      queue.rings(0),
      phone.rings(1),
      other.rings(2),
      other.answers(10),
      phone.hangsUp(11, 'CANCEL'),
      other.hangsUp(60, 'ANSWER'),
      queue.hangsUp(60, 'ANSWER', { bridged: 'yes' })
    ])
    expect(told?.client).toBe(CLIENT)
    expect(told?.legs.map(({ extension, record, because, verdict }) => [extension, record?.kind, because, verdict])).toEqual([
      ['453*887', undefined, ['R-type'], 'no record: of an IVR, a queue or a fax only a forward outside is recorded'],
      ['453*101', undefined, ['R-in'], 'no record: this phone rang and did not answer'],
      ['453*102', 'answered', ['R-in', 'R-success', 'R-talk'], 'answered']
    ])
    expect(told?.missed).toEqual({ because: ['R-bridged-yes'], verdict: 'not missed: an IVR or queue says that the call was accepted' })
    expect(told?.anomalies).toEqual([])
  })

  test('of a miss that waits says so, and with a time tells what it will be then', () => {
    const events = [queue.rings(0), queue.hangsUp(30, 'ANSWER', { bridged: 'no' })]
    expect(explained(events)?.missed).toMatchObject({ verdict: 'missed at 453*887, once it settles' })
    expect(explained(events)?.missed.record).toBeUndefined()
    expect(explained(events)?.due).toBe(at(35))
    expect(explained(events, at(35))?.missed).toMatchObject({ verdict: 'missed at 453*887', record: { kind: 'missed' } })
  })

  test('names who talked to the client after the queue had given up', () => {
    const events = [queue.rings(0), phone.rings(20), queue.hangsUp(30, 'ANSWER', { bridged: 'no' }), phone.answers(31)]
    expect(explained(events)?.missed).toEqual({
      because: ['R-deciding', 'R-answered'],
      verdict: 'not missed: 453*101 talked to the client all the same'
    })
    expect(explained(events)?.legs[1]?.verdict).toBe('no record yet: the leg has not hung up')
  })

  test('at the end of time shows what a drain would make of it, the oddities included', () => {
    const events = [phone.rings(0), phone.answers(5)]
    expect(explained(events)?.anomalies).toEqual([])
    const end = explained(events, Infinity)
    expect(end?.legs[0]).toMatchObject({ verdict: 'incomplete: no hangup was seen', because: ['R-in', 'R-expiry'] })
    expect(end?.anomalies.map(({ kind }) => kind)).toEqual(['never-closed'])
  })

  test('of each reason for no record', () => {
    const verdicts = (events: ReadonlyArray<CallEvent>) => explained(events)?.legs.map(({ verdict }) => verdict.split(':')[1]?.trim() ?? verdict)
    const consulted = incoming(102, '453*101', { parties: { remoteNumber: CLIENT } })
    const talk = [phone.rings(0), phone.answers(5)]
    expect(verdicts([...talk, consulted.rings(20), consulted.answers(25), consulted.hangsUp(40, 'ANSWER')])?.[1]).toBe(
      'it may be a consultation, which shows when the talk it came from ends'
    )
    expect(
      verdicts([...talk, consulted.rings(20), consulted.answers(25), consulted.hangsUp(40, 'ANSWER'), phone.hangsUp(60, 'ANSWER')])?.[1]
    ).toBe('a consultation that ended before the talk it came from')
    expect(verdicts([...talk, outgoing(102).rings(6)])?.[0]).toBe('it only rang the source of a call that the PBX then placed')
    expect(verdicts([incoming(101, '453*102').rings(0)])).toEqual(['a call between extensions'])
    expect(verdicts([phone.hangsUp(3, 'CANCEL', { direction: undefined })])).toEqual(['nothing tells the direction of this leg'])
  })

  test('names R-facts where events were outdone', () => {
    const told = explained([phone.rings(0), phone.rings(1), phone.answers(5), phone.hangsUp(9, 'ANSWER')])
    expect(told?.legs[0]?.because).toEqual(['R-facts', 'R-in', 'R-success', 'R-talk'])
    expect(told?.legs[0]?.events.map((event) => [event.kind, event.at])).toEqual([
      ['dial', at(0)],
      ['answer', at(5)],
      ['hangup', at(9)],
      ['dial', at(1)]
    ])
  })

  test('of a call that is not known, or was let go', () => {
    const machine = correlator(config)
    expect(machine.explain(machine.initial, 'nobody')).toBeUndefined()
    const [held] = machine.step(machine.initial, phone.hangsUp(0, 'CANCEL'))
    expect(machine.explain(machine.tick(held, at(7_200))[0], CALL)).toMatchObject({ state: 'gone', legs: [], due: at(7_200 + 86_400) })
  })
})

test('because names only rules that have a sentence', () => {
  for (const sentence of Object.values(RULES)) expect(sentence.length).toBeGreaterThan(20)
})

test('openLegs: who rings, who talks, who waits', () => {
  const machine = correlator(config)
  const events = [queue.rings(0), phone.rings(1), other.rings(2), other.answers(3), phone.hangsUp(4, 'CANCEL')]
  const state = events.reduce((known, event) => machine.step(known, event)[0], machine.initial)
  expect(machine.openLegs(state).map(({ state: how, extension, remoteNumber }) => [how, extension, remoteNumber])).toEqual([
    ['waiting', '453*887', CLIENT],
    ['talking', '453*102', CLIENT]
  ])
})

describe('the reducer of a single call', () => {
  const machine = callReducer(config)

  test('refuses an event of another call', () => {
    const [state] = machine.step(machine.initial, phone.rings(0))
    const stranger = { ...other.rings(1), callId: 'c2' }
    expect(machine.step(state, stranger)).toEqual([
      state,
      [{ change: 'rejected', raw: stranger, error: { field: 'CallID', value: 'c2', reason: 'belongs to another call than c1' } }]
    ])
    expect(machine.placed(state, { callId: 'C2', at: at(0) })[1]).toMatchObject([{ change: 'rejected' }])
  })

  test('tells when it is due, is let go, and is initial again once it is forgotten', () => {
    const [ringing] = machine.step(machine.initial, phone.rings(0))
    expect(machine.due(machine.initial)).toBeUndefined()
    expect(machine.due(ringing)).toBe(at(86_400))
    const [closed] = machine.step(ringing, phone.hangsUp(10, 'CANCEL'))
    expect(machine.due(closed)).toBe(at(10 + 7_200))
    const [gone, changes] = machine.tick(closed, at(7_210))
    expect(changes).toMatchObject([{ change: 'anomaly', anomaly: { kind: 'unresolved-incoming' } }])
    expect(machine.step(gone, phone.rings(0))[1]).toMatchObject([{ change: 'anomaly', anomaly: { kind: 'late-event' } }])
    expect(machine.due(gone)).toBe(at(7_210 + 86_400))
    expect(machine.tick(gone, at(7_210 + 86_400))).toEqual([machine.initial, []])
  })

  test('is saved and taken up again at every stage', () => {
    const stages = [machine.initial]
    stages.push(machine.step(machine.initial, phone.rings(0))[0])
    stages.push(machine.placed(machine.initial, { callId: 'c1', at: at(0), destination: CLIENT, context: { deal: [1, null] } })[0])
    stages.push(machine.tick(stages[1] ?? machine.initial, at(86_400))[0])
    for (const stage of stages) {
      expect(machine.decode(JSON.parse(JSON.stringify(machine.encode(stage))))).toEqual({ _tag: 'Right', right: stage })
    }
  })
})
