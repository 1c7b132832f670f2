import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seconds } from '../../src/index.js'
import { calls, changesOf, directoryOf, given, loss, repetition, smallCompany, storyNames, streams, tell, timeOf } from '../../src/testing/index.js'

const { phones: [phone], queues: [queue] } = smallCompany
const client = { number: '+79160000001' }
const config = { directory: directoryOf(smallCompany) }

const answered = tell(({ ring, answer, wait, hangup }) => {
  const leg = ring(phone, client)
  answer(leg)
  wait(seconds(60))
  hangup(leg, 'ANSWER')
})

const missed = tell(({ ring, wait, leave }) => {
  const held = ring(queue, client)
  wait(seconds(20))
  leave(held, 'no')
})

describe('given, when, then', () => {
  const sentence = given(answered.events.slice(0, 2), config).when(...answered.events.slice(2))

  test('given a phone that talks, when it hangs up, then a record', () => {
    sentence.then([{ change: 'registered', revision: 1, record: { kind: 'answered', talkTime: seconds(60.1), extension: phone.name } }])
    expect(sentence.changes).toHaveLength(1)
  })

  test('what is different is said place by place', () => {
    expect(() => sentence.then([{ change: 'registered', record: { kind: 'missed', remoteNumber: '+79160000002' } }])).toThrow(
      'changes[0].record.kind is "answered" instead of "missed".\nchanges[0].record.remoteNumber is "+79160000001" instead of "+79160000002".'
    )
    expect(() => sentence.then([{ change: 'registered', record: { kind: 'answered', remoteName: 'Reception' } }])).toThrow('remoteName is absent instead of "Reception".')
    expect(() => sentence.then([])).toThrow('changes has 1 instead of 0.')
  })

  test('given a queue that gave up, when the settle window has passed, then a miss', () => {
    const last = timeOf(missed.events.at(-1) ?? {}) ?? 0
    given(missed.events, config).when({ tick: last + seconds(4) }).then([])
    given(missed.events, config).when({ tick: last + seconds(5) }).then([{ change: 'registered', record: { kind: 'missed' } }])
    given(missed.events, config).when({ tick: Infinity }).then([{ record: { kind: 'missed' } }])
  })

  test('given a call that was placed, when it ends, then the deal is on the record', () => {
    const { callId, events } = answered
    given([{ placed: { callId, at: 1_780_000_000_000_000, context: { deal: 17 } } }, ...events.slice(0, 2)], config)
      .when(...events.slice(2))
      .then([{ record: { kind: 'callback', context: { deal: 17 } } }])
  })
})

describe('the arbitraries', () => {
  test('calls of the stories that are asked for, of healthy ones, of small ones', () => {
    fc.assert(fc.property(calls({ stories: ['dead call', 'local call'] }), ({ flow }) => flow === 'dead call' || flow === 'local call'))
    fc.assert(fc.property(calls({ healthy: true, small: true }), ({ flow, events }) => flow !== 'a leg never closes' && events.length <= 7))
    expect(() => calls({ stories: ['no such story'] })).toThrow()
    expect(storyNames).toContain('dead call')
  })

  test('a call shrinks to the simplest story', () => {
    const { counterexample } = fc.check(fc.property(calls(), () => false), { seed: 1 })
    expect(counterexample?.[0]).toMatchObject({ flow: storyNames[0], events: [{ EventType: 'dial-in' }, { EventType: 'answer' }, { EventType: 'hangup' }] })
  })

  test('repetition keeps the order in which events come first, loss that of those that are left', () => {
    fc.assert(fc.property(streams().chain(({ events }) => fc.tuple(fc.constant(events), repetition(events), loss(events))), ([events, repeated, rest]) => {
      expect([...new Set(repeated)]).toEqual(events)
      expect(events.filter((event) => rest.includes(event))).toEqual(rest)
    }))
    const ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    expect(fc.sample(repetition(ten), { numRuns: 20, seed: 1 }).some(({ length }) => length > 10)).toBe(true)
    expect(fc.sample(loss(ten), { numRuns: 20, seed: 1 }).some(({ length }) => length < 10)).toBe(true)
    expect(fc.sample(repetition([]), 1)).toEqual([[]])
  })

  test('changes of a run, and of its drain', () => {
    expect(changesOf([...answered.events, ...missed.events.map((event) => ({ ...event, CallID: 'another' }))], config)).toHaveLength(1)
    expect(changesOf([...missed.events, { tick: Infinity }], config).map(({ change }) => change)).toEqual(['registered'])
  })
})
