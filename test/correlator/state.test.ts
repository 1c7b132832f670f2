import { isLeft } from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callReducer, correlator, stateErrorMessage, type Config } from '../../src/index.js'
import { wildCallArb } from '../pbx/index.js'
import { decoded } from '../laws/run.js'
import { incoming } from '../rules/story.js'

const machine = correlator({})
const phone = incoming(101)

const refused = (json: unknown): string => {
  const read = machine.decode(json)
  return isLeft(read) ? stateErrorMessage(read.left) : 'taken'
}

describe('a saved state is refused', () => {
  const [state] = machine.step(machine.step(machine.initial, phone.rings(0))[0], phone.hangsUp(5, 'ANSWER'))
  const saved = JSON.stringify(machine.encode(state))
  const changed = (from: string, to: string): unknown => {
    expect(saved).toContain(from)
    return JSON.parse(saved.replace(from, to))
  }

  test('not as it was written', () => expect(refused(JSON.parse(saved))).toBe('taken'))
  test('of another version', () => expect(refused(changed('"v":2', '"v":1'))).toBe('the state has version 1; known: 2'))
  test('of a version that is none', () => {
    expect(refused({ v: '2' })).toBe('the state has version "2"; known: 2')
    expect(refused({ v: { '': 0n } })).toBe('the state has version that is no number; known: 2')
  })
  test('without a version', () => expect(refused({})).toBe('the state has version none; known: 2'))
  test('that is no object', () => {
    expect(refused('x')).toBe('the state is malformed at its root: is no object')
    expect(refused([])).toBe('the state is malformed at its root: is no object')
    expect(refused(null)).toBe('the state is malformed at its root: is no object')
  })
  test('with something that is not known', () => {
    expect(refused(changed('"subCallId"', '"novelty":1,"subCallId"'))).toBe('the state is malformed at held[0].legs[0].novelty: is not known')
  })
  test('with a time that is none', () => {
    const at = 'the state is malformed at held[0].legs[0].events[1].at: is no integer of microseconds'
    for (const time of ['"soon"', '-1', '1.5', 'null', '9007199254740993']) expect(refused(changed('"at":1780000005000000', `"at":${time}`))).toBe(at)
  })
  test('with a word that is none, or a text that is missing', () => {
    expect(refused(changed('"kind":"hangup"', '"kind":"hangup "'))).toBe('the state is malformed at held[0].legs[0].events[1].kind: is not what a state holds there')
    expect(refused(changed('"subCallId"', '"subCallID"'))).toBe('the state is malformed at held[0].legs[0].subCallID: is not known')
    expect(refused(changed('"callId":"c1",', ''))).toBe('the state is malformed at held[0].callId: is missing')
  })
  test('that is larger than the configuration lets a call, or all of them, be', () => {
    const small = (config: Config) => {
      const read = correlator(config).decode(machine.encode(machine.step(state, incoming(102).rings(1))[0]))
      return isLeft(read) ? stateErrorMessage(read.left) : 'taken'
    }
    expect(small({ maxLegs: 1 })).toBe('the state is malformed at held[0].legs: has more than maxLegs: 1')
    expect(small({ maxEvents: 1 })).toBe('the state is malformed at held[0].legs[0].events: has more than maxEvents: 1')
    expect(small({ maxLegs: 2, maxEvents: 2 })).toBe('taken')
    const call = (callId: string) => ({ callId, legs: [] })
    expect(isLeft(correlator({ maxCalls: 1 }).decode({ v: 2, held: [call('a'), call('b')], gone: [] }))).toBe(true)
  })
  test('of all calls, by the reducer of one', () => expect(isLeft(callReducer({}).decode(JSON.parse(saved)))).toBe(true))
})

test('a person can read a state: a call is its legs, a leg its events, and what they have in common is told once', () => {
  const leg = phone.rings(0).parties
  const events = [phone.rings(0), phone.answers(4, { receivedAt: 1_780_000_004_500_000 }), phone.hangsUp(60, 'ANSWER')]
  const state = events.reduce((known, event) => machine.step(known, event)[0], machine.initial)
  expect(machine.encode(state)).toEqual({
    v: 2,
    held: [
      {
        callId: 'c1',
        legs: [
          {
            subCallId: phone.rings(0).subCallId,
            direction: 'incoming',
            parties: JSON.parse(JSON.stringify(leg)),
            events: [
              { kind: 'dial', at: 1_780_000_000_000_000, status: 'CALLING' },
              { kind: 'answer', at: 1_780_000_004_000_000, receivedAt: 1_780_000_004_500_000, status: 'ANSWER' },
              { kind: 'hangup', at: 1_780_000_060_000_000, status: 'ANSWER' }
            ]
          }
        ]
      }
    ],
    gone: []
  })
})

test('mutated and truncated states are refused or work, and never throw, now or later', () => {
  const mutation = fc.record({ at: fc.nat(), cut: fc.nat({ max: 6 }), put: fc.constantFrom('', '0', '-1', '"', '{}', '[]', 'null', '1e400', '__proto__', 'true', '9'.repeat(17)) })
  let taken = 0
  fc.assert(
    fc.property(wildCallArb, fc.array(mutation, { minLength: 1, maxLength: 3 }), ({ events }, mutations) => {
      const calls = correlator({ maxLegs: 5 })
      let text = JSON.stringify(calls.encode(decoded(events).reduce((state, event) => calls.step(state, event)[0], calls.initial)))
      for (const { at, cut, put } of mutations) {
        const place = at % (text.length + 1)
        text = text.slice(0, place) + put + text.slice(place + cut)
      }
      let json: unknown
      try {
        json = JSON.parse(text)
      } catch {
        return
      }
      const read = calls.decode(json)
      if (isLeft(read)) return
      taken += 1
      const then = decoded(events).reduce((state, event) => calls.step(state, event)[0], read.right)
      calls.records(then)
      calls.openLegs(then)
      expect(calls.decode(JSON.parse(JSON.stringify(calls.encode(then))))).toMatchObject({ _tag: 'Right' })
      calls.tick(then, calls.due(then) ?? 0)
      calls.drain(then)
    }),
    { numRuns: 3000 }
  )
  expect(taken).toBeGreaterThan(50)
})

test('times with fractions, which a clock of the caller may give, are cut, so that the state can be saved', () => {
  const ended = phone.hangsUp(5, 'ANSWER')
  const halves = [
    machine.step(machine.initial, phone.rings(0, { receivedAt: 1_780_000_000_000_000.5 }))[0],
    machine.step(machine.initial, { ...ended, talkTime: 4_000_000.5 })[0],
    machine.step(machine.initial, { ...ended, talkTime: -1 })[0],
    machine.step(machine.initial, { ...ended, talkTime: NaN })[0],
    machine.placed(machine.initial, { callId: 'c1', at: 1_780_000_000_000_000.5 })[0],
    machine.tick(machine.step(machine.initial, phone.rings(0))[0], 1_790_000_000_000_000.25)[0]
  ]
  for (const half of halves) expect(machine.decode(machine.encode(half))).toMatchObject({ _tag: 'Right' })
})

test('rubbish is refused, and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.constant(JSON.parse('['.repeat(5000) + ']'.repeat(5000)))), (json) => {
      machine.decode({ v: 2, held: [{ callId: 'c', legs: [], activity: 1, placed: { at: 1, context: json } }], gone: [] })
      machine.decode(json)
      machine.decode({ v: 2, held: json, gone: [] })
      machine.decode({ v: 2, held: [json], gone: [json] })
      callReducer({}).decode({ v: 2, held: json })
    }),
    { numRuns: 1000 }
  )
})
