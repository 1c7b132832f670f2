import { isLeft } from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callReducer, correlator, stateErrorMessage } from '../../src/index.js'
import { LegFactsJoin, legOf, type LegFacts } from '../../src/leg/LegFacts.js'
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
  const [state] = machine.step(machine.initial, phone.rings(0))
  const saved = JSON.stringify(machine.encode(state))
  const changed = (from: string, to: string): unknown => JSON.parse(saved.replace(from, to))

  test('not as it was written', () => expect(refused(changed('', ''))).toBe('taken'))
  test('of another version', () => expect(refused(changed('"v":1', '"v":2'))).toBe('the state has version 2; known: 1'))
  test('without a version', () => expect(refused({})).toBe('the state has version none; known: 1'))
  test('that is no object', () => {
    expect(refused('x')).toBe('the state is malformed at its root: is no object')
    expect(refused([])).toBe('the state is malformed at its root: is no object')
    expect(refused(null)).toBe('the state is malformed at its root: is no object')
  })
  test('with something that is not known', () =>
    expect(refused(changed('"texts"', '"novelty":1,"texts"'))).toBe('the state is malformed at held.novelty: is not known'))
  test('with a time that is none', () =>
    expect(refused(changed('"times":[1780000000000000', '"times":["soon"'))).toBe(
      'the state is malformed at held.times: is no integer of microseconds'
    ))
  test('with words that are none', () =>
    expect(refused(changed('"words":[', '"words":["x",'))).toBe('the state is malformed at held.words: is not what a state holds there'))
  test('with a number that points to what is not there, with too much, or too little', () => {
    const spoilt = 'the state is malformed at held.words: names what is not there, in call c1'
    const words: ReadonlyArray<number> = JSON.parse(saved).held[0].words
    const withWords = (some: ReadonlyArray<number>) => refused(changed(JSON.stringify(words), JSON.stringify(some)))
    expect(withWords(words)).toBe('taken')
    words.forEach((_, i) => expect(withWords([...words.slice(0, i), 99, ...words.slice(i + 1)])).toBe(spoilt))
    expect(withWords([...words, 0])).toBe(spoilt)
    expect(withWords(words.slice(1))).toBe(spoilt)
    expect(withWords([])).toBe(spoilt)
    expect(refused(changed('"times":[', '"times":[5,'))).toBe(spoilt)
  })
  test('of all calls, by the reducer of one', () =>
    expect(isLeft(callReducer({}).decode(JSON.parse(saved)))).toBe(true))
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
      machine.decode({ v: 1, held: [{ id: 'c', texts: [], legs: [], activity: 1, placed: { at: 1, context: json } }], gone: [] })
      machine.decode(json)
      machine.decode({ v: 1, held: json, gone: [] })
      machine.decode({ v: 1, held: [json], gone: [json] })
      callReducer({}).decode({ v: 1, held: json })
    }),
    { numRuns: 1000 }
  )
})

test('the facts of a leg form a join-semilattice: associative, commutative, idempotent', () => {
  const facts = (events: ReturnType<typeof decoded>): LegFacts | undefined => {
    const [first, ...rest] = events
    return first === undefined ? undefined : rest.reduce((known, event) => LegFactsJoin.concat(known, legOf(event)), legOf(first))
  }
  // the events of one leg: all of a call's, as if they were of one SubCallID
  const oneLeg = wildCallArb.map(({ events }) =>
    decoded(events).map((event) => ({ ...event, callId: 'c', subCallId: 'l', transferred: undefined }))
  )
  fc.assert(
    fc.property(oneLeg, fc.nat(), fc.nat(), (events, i, j) => {
      const [from, to] = [Math.min(i % 9, j % 9), Math.max(i % 9, j % 9)]
      const [a, b, c] = [facts(events.slice(0, from)), facts(events.slice(from, to)), facts(events.slice(to))]
      if (a === undefined || b === undefined || c === undefined) return
      const { concat } = LegFactsJoin
      expect(concat(concat(a, b), c)).toEqual(concat(a, concat(b, c)))
      expect(concat(a, b)).toEqual(concat(b, a))
      expect(concat(a, a)).toEqual(a)
      expect(concat(concat(a, b), b)).toEqual(concat(a, b))
    }),
    { numRuns: 1000 }
  )
})
