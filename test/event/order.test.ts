import { describe, expect, test } from 'vitest'
import { byTime, byWeight, sameEvent } from '../../src/event/order.js'
import type { CallEvent } from '../../src/index.js'
import { incoming } from '../rules/story.js'

const leg = incoming(101)
const ends = leg.hangsUp(60, 'ANSWER', { talkTime: 55_000_000 })

/** The same event but for one fact. */
const others: Readonly<Record<string, Partial<CallEvent>>> = {
  at: { at: ends.at + 1 },
  kind: { kind: 'answer' },
  direction: { direction: 'outgoing' },
  status: { status: 'BUSY' },
  talkTime: { talkTime: 1 },
  recordingId: { recordingId: 'Rec-1' },
  bridged: { bridged: 'no' },
  transferred: { transferred: true },
  callBackId: { callBackId: '77' },
  extensionType: { extensionType: 'phone' },
  ...Object.fromEntries(
    (['callerNumber', 'callerName', 'calledNumber', 'did', 'callerExtension', 'callerExtensionId', 'calledExtension', 'calledExtensionId', 'remoteNumber', 'callApiId'] as const).map(
      (party) => [party, { parties: { ...ends.parties, [party]: 'else' } }]
    )
  ),
  'an invalid field': { invalid: [{ field: 'Duration', value: 'x' }] }
}

describe('R-facts: an event is the same one sent again, if it says the same', () => {
  test('whenever it was received', () => expect(sameEvent(ends, { ...ends, parties: { ...ends.parties }, receivedAt: ends.at + 1 })).toBe(true))

  test.each(Object.entries(others))('another %s makes another event', (_, fact) => {
    const other = { ...ends, ...fact }
    expect(sameEvent(ends, other)).toBe(false)
    expect(Math.sign(byTime(ends, other))).toBe(-Math.sign(byTime(other, ends)))
    expect(byTime(ends, other)).not.toBe(0)
  })

  test('what was invalid is the same only field by field', () => {
    const odd = (...values: ReadonlyArray<string>): CallEvent => ({ ...ends, invalid: values.map((value) => ({ field: 'Duration', value })) })
    expect(sameEvent(odd('x', 'y'), odd('x', 'y'))).toBe(true)
    for (const other of [odd('x'), odd('x', 'z'), odd('z', 'y'), ends, { ...ends, invalid: [{ field: 'ExtType', value: 'x' }, { field: 'Duration', value: 'y' }] }]) {
      expect(sameEvent(odd('x', 'y'), other)).toBe(false)
      expect(sameEvent(other, odd('x', 'y'))).toBe(false)
    }
  })
})

describe('events have an order', () => {
  test('by time, then dial, answer, hangup, then by text', () => {
    const [rings, answers] = [leg.rings(60), leg.answers(60)]
    const early = leg.hangsUp(59)
    const [busy, odd] = [leg.hangsUp(60, 'BUSY'), leg.hangsUp(60, 'ODD')]
    expect([odd, busy, answers, rings, early].sort(byTime)).toEqual([early, rings, answers, busy, odd])
    expect(byTime(busy, { ...busy })).toBe(0)
  })

  test('R-facts: at the same time the one with more kept fields counts, then the greater by its text', () => {
    for (const [name, fact] of Object.entries(others)) {
      if (['at', 'kind', 'direction', 'status', 'talkTime', 'callerNumber', 'calledNumber', 'calledExtension', 'calledExtensionId', 'an invalid field'].includes(name)) continue
      expect(byWeight({ ...ends, ...fact }, ends)).toBeGreaterThan(0)
      expect(byWeight(ends, { ...ends, ...fact })).toBeLessThan(0)
    }
    expect(byWeight(leg.hangsUp(60, 'ODD'), leg.hangsUp(60, 'BUSY'))).toBeGreaterThan(0)
    expect(byWeight(leg.hangsUp(60, 'BUSY', { talkTime: 1 }), leg.hangsUp(60, 'ODD'))).toBeGreaterThan(0)
    expect(byWeight(leg.hangsUp(60), { ...leg.hangsUp(60), direction: undefined })).toBeGreaterThan(0)
    expect(byWeight(ends, { ...ends, parties: {} })).toBe(4)
    // what was invalid tells them apart, and is no kept field
    expect(byWeight({ ...ends, ...others['an invalid field'] }, { ...ends, invalid: [{ field: 'Duration', value: 'a' }] })).toBeGreaterThan(0)
  })
})
