import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CallEvent } from '../../src/index.js'
import { addEvent, eventsOf, firstFacts, legKey, LegFactsJoin, recordingOf, subCallIdOf, talkTimeOf, type LegFacts } from '../../src/leg/LegFacts.js'
import { decoded, runs } from '../laws/run.js'
import { wildCallArb } from '../pbx/index.js'
import { at, forward, incoming, lasting, outgoing, sub } from '../rules/story.js'

const phone = incoming(101)

/** What is known of a leg when these events have come, in whatever order. */
const known = (...events: readonly [CallEvent, ...ReadonlyArray<CallEvent>]): LegFacts => {
  const inOrder = ([first, ...rest]: typeof events): LegFacts => rest.reduce(addEvent, firstFacts(legKey(first), first))
  const facts = inOrder(events)
  const [last = events[0], ...before] = events.slice().reverse()
  expect(inOrder([last, ...before])).toEqual(facts)
  return facts
}

describe('R-facts: which events count', () => {
  test('the earliest dial, the earliest answer, the latest hangup; the others are kept in the order of time', () => {
    const facts = known(phone.rings(2), phone.rings(1), phone.answers(9), phone.answers(8), phone.hangsUp(60), phone.hangsUp(61))
    expect([facts.dial, facts.answer, facts.hangup]).toEqual([phone.rings(1), phone.answers(8), phone.hangsUp(61)])
    expect(facts.others).toEqual([phone.rings(2), phone.answers(9), phone.hangsUp(60)])
    expect(eventsOf(facts)).toHaveLength(6)
  })

  test('a hangup with ANSWER before one without, however late that is', () => {
    expect(known(phone.hangsUp(60, 'ANSWER'), phone.hangsUp(99, 'CANCEL')).hangup?.status).toBe('ANSWER')
    expect(known(phone.hangsUp(60, 'ANSWER'), phone.hangsUp(99, 'ANSWER')).hangup?.at).toBe(at(99))
  })

  test('of two at the same time the one with more kept fields, then the greater by its text', () => {
    expect(known(phone.rings(1), phone.rings(1, { parties: { callerName: 'Reception' } })).dial?.parties.callerName).toBe('Reception')
    expect(known(phone.hangsUp(60, 'BUSY'), phone.hangsUp(60, 'CANCEL')).hangup?.status).toBe('CANCEL')
  })

  test('an event that comes again is the same one, received last', () => {
    const late = phone.rings(1, { receivedAt: at(9) })
    const facts = known(phone.rings(1), late, phone.rings(1, { receivedAt: at(8) }), phone.rings(1))
    expect([facts.dial, facts.others]).toEqual([late, []])
    const outdone = known(phone.rings(1), phone.rings(2, { receivedAt: at(8) }), phone.rings(2, { receivedAt: at(9) }))
    expect(outdone.others).toEqual([phone.rings(2, { receivedAt: at(9) })])
    expect(addEvent(outdone, phone.rings(2))).toBe(outdone)
    const more = addEvent(addEvent(outdone, phone.rings(3)), phone.rings(3, { receivedAt: at(9) }))
    expect(more.others).toEqual([phone.rings(2, { receivedAt: at(9) }), phone.rings(3, { receivedAt: at(9) })])
    expect(addEvent(facts, phone.rings(1))).toBe(facts)
  })
})

describe('R-facts, R-talk: what the counting hangup lacks', () => {
  const counts = phone.hangsUp(60, 'ANSWER')

  test('is that of the latest other hangup that has it', () => {
    const [early, late] = [phone.hangsUp(50, 'ANSWER', { talkTime: lasting(5), recordingId: 'Rec-5' }), phone.hangsUp(55, 'ANSWER', { talkTime: lasting(6) })]
    const facts = known(phone.rings(0), phone.answers(9), early, late, counts, phone.rings(1))
    expect([talkTimeOf(facts), recordingOf(facts)]).toEqual([lasting(6), 'Rec-5'])
  })

  test('of two others at the same time the one with more fields counts', () => {
    const other = (talk: number, extra: { readonly recordingId?: string } = {}) => phone.hangsUp(50, 'ANSWER', { talkTime: lasting(talk), ...extra })
    const rec = { recordingId: 'Rec-5' }
    expect(talkTimeOf(known(other(9), other(5, rec), counts))).toBe(lasting(5))
    expect(talkTimeOf(known(other(5), other(9, rec), counts))).toBe(lasting(9))
    expect(talkTimeOf(known(phone.hangsUp(49, 'ANSWER', { talkTime: lasting(7), callBackId: '77', recordingId: 'Rec-6' }), other(9, rec), counts))).toBe(lasting(9))
  })

  test('else the talk is from answer to hangup, if that is not negative', () => {
    expect(talkTimeOf(known(phone.answers(10), counts))).toBe(lasting(50))
    expect(talkTimeOf(known(phone.answers(60), counts))).toBe(0)
    expect(talkTimeOf(known(phone.answers(61), counts))).toBeUndefined()
    expect(talkTimeOf(known(phone.answers(61)))).toBeUndefined()
    expect(talkTimeOf(known(counts))).toBeUndefined()
  })

  test('a recording that dial or answer tells comes first', () => {
    const ended = phone.hangsUp(60, 'ANSWER', { recordingId: 'Rec-3' })
    expect(recordingOf(known(phone.rings(0, { recordingId: 'Rec-1' }), phone.answers(5, { recordingId: 'Rec-2' }), ended))).toBe('Rec-1')
    expect(recordingOf(known(phone.rings(0), phone.answers(5, { recordingId: 'Rec-2' }), ended))).toBe('Rec-2')
    expect(recordingOf(known(phone.rings(0), phone.answers(5), ended))).toBe('Rec-3')
    expect(recordingOf(known(phone.rings(0)))).toBeUndefined()
  })
})

test('R-leg: a leg is its SubCallID, and a Transfered one, unless it is incoming, another', () => {
  const keys = [outgoing(101), forward(101), incoming(101, '453*102', { transferred: true })].map((leg) => legKey(leg.rings(0)))
  expect(keys).toEqual([sub(101), `${sub(101)}/transferred`, sub(101)])
  expect(keys.map(subCallIdOf)).toEqual([sub(101), sub(101), sub(101)])
  expect(subCallIdOf('/85transferred')).toBe('/85transferred')
})

test('the facts of a leg form a join-semilattice: associative, commutative, idempotent', () => {
  const legOf = (event: CallEvent): LegFacts => firstFacts(legKey(event), event)
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
    runs(1000)
  )
})
