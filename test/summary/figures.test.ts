import { describe, expect, test } from 'vitest'
import { hours, minutes, seconds, type CallRecord, type EpochMicros } from '../../src/index.js'
import { beginnings, byDay, byExtension, byHour, byKind, timeZone, totals, type Figures, type TimeZone } from '../../src/summary/index.js'
import { without } from '../ports/without.js'
import { incoming, at as second, CALL } from '../rules/story.js'
import { answered, at, callback, forwarded, incomplete, missed, transferred, tried } from './day.js'

const zone = (name: string): TimeZone => timeZone(name) ?? expect.fail(`no zone ${name}`)
const UTC = zone('UTC')

/** The hours in which there is something, with the number of calls. */
const hoursOf = (records: ReadonlyArray<CallRecord>, name = 'UTC'): Record<string, number> =>
  Object.fromEntries(byHour(records, zone(name)).flatMap(({ hour, calls }) => (calls === 0 ? [] : [[hour, calls]])))

const daysOf = (records: ReadonlyArray<CallRecord>, name: string): ReadonlyArray<readonly [string, number]> =>
  byDay(records, zone(name)).map(({ day, calls }) => [day, calls])

const calls = (...times: ReadonlyArray<EpochMicros>): ReadonlyArray<CallRecord> => times.map((time) => answered(time))

describe('calls and records', () => {
  test('a call that was passed on twice is one call and three records', () => {
    const call = [answered(at('10:00'), { callId: 'c1' }), transferred(at('10:02'), 'c1'), forwarded(at('10:04'), 'c1', '+79160000001')]
    expect(totals(call)).toEqual({ calls: 1, records: 3, misses: 0, talkTime: minutes(3), wait: { calls: 1, median: seconds(5), p90: seconds(5) } })
    expect(byExtension(call).map(({ extension, calls, records, talkTime }) => [extension, calls, records, talkTime])).toEqual([
      ['453*101', 1, 2, minutes(2)],
      ['453*102', 1, 1, minutes(1)]
    ])
    expect(byKind(call).map(({ kind, calls, records }) => [kind, calls, records])).toEqual([
      ['answered', 1, 1], ['transferred', 1, 2], ['callback', 0, 0], ['missed', 0, 0], ['unsuccessful', 0, 0], ['incomplete', 0, 0]
    ])
  })

  test('a website callback is one talk: that of the employee inside, not that of the extension on whose behalf it was placed', () => {
    const call = [callback(at('10:00'), { callId: 'c1', onBehalf: true, extension: '453*104', id: 'c1/85104-a' }), callback(at('10:01'), { callId: 'c1', direction: 'incoming' })]
    expect(totals(call)).toEqual({ calls: 1, records: 2, misses: 0, talkTime: minutes(1) })
    expect(byExtension(call).map(({ extension, talkTime }) => [extension, talkTime])).toEqual([['453*101', minutes(1)], ['453*104', 0]])
  })

  test('a miss stands with the queue where the call was lost, a record without an extension last', () => {
    const nowhere = without(tried(at('10:00')), 'extension')
    expect(byExtension([nowhere, missed(at('10:00')), answered(at('11:00'))]).map(({ extension, misses, records }) => [extension, misses, records])).toEqual([
      ['453*101', 0, 1], ['453*887', 1, 1], [undefined, 0, 1]
    ])
  })

  test('of one id that comes several times the last record counts', () => {
    const call = answered(at('10:00'), { callId: 'c1' })
    expect(totals([call, { ...call, talkTime: seconds(7) }, call, { ...call, talkTime: seconds(9) }])).toMatchObject({ calls: 1, records: 1, talkTime: seconds(9) })
  })

  test('a record without any time, which the library never makes, is left out everywhere', () => {
    const timeless = without(incomplete(at('10:00')), 'startedAt')
    expect([totals([timeless]), byDay([timeless], UTC), byExtension([timeless])]).toEqual([totals([]), [], []])
  })

  test('nothing comes to nothing: 24 hours, six kinds, no day and no extension', () => {
    const nothing: Figures = { calls: 0, records: 0, misses: 0, talkTime: 0 }
    expect(byHour([], UTC)).toEqual(Array.from({ length: 24 }, (_, hour) => ({ hour, ...nothing })))
    expect(byKind([])).toHaveLength(6)
    expect([totals([]), byDay([], UTC), byExtension([])]).toEqual([nothing, [], []])
  })
})

describe('the wait of a client', () => {
  const waitOf = (...records: ReadonlyArray<CallRecord>): Figures['wait'] => totals(records).wait
  const oneWait = (length: number): Figures['wait'] => ({ calls: 1, median: seconds(length), p90: seconds(length) })

  test('ends when somebody answers', () => expect(waitOf(answered(at('10:00'), {}, 12))).toEqual(oneWait(12)))
  test('ends when he gives up', () => expect(waitOf(missed(at('10:00'), {}, 40))).toEqual(oneWait(40)))
  test('ends once in a call: he waits for the first phone, not again for the second', () => {
    expect(waitOf(transferred(at('10:05'), 'c1', {}, 50), answered(at('10:00'), { callId: 'c1' }, 8))).toEqual(oneWait(8))
  })
  test('ended with the talk, if he was lost in a queue after it', () => {
    const call = [answered(at('10:00'), { callId: 'c1' }, 8), missed(at('10:00'), { callId: 'c1' }, 300)]
    expect(waitOf(...call)).toEqual(oneWait(8))
    expect(byKind(call).map(({ kind, wait }) => [kind, wait?.calls]).slice(0, 4)).toEqual([['answered', 1], ['transferred', undefined], ['callback', undefined], ['missed', undefined]])
  })
  test('ends on the mobile to which the queue sent him', () => {
    expect(waitOf(forwarded(at('10:00'), 'c1', '+79160000001'))).toEqual(oneWait(5))
  })
  test('is none where the company called', () => {
    expect(waitOf(tried(at('10:00')), answered(at('10:00'), { direction: 'outgoing' }), callback(at('10:00')), incomplete(at('11:00'), { answeredAt: at('11:01') }))).toBeUndefined()
  })
  test('ends at the phone that was answered first, not at the one that rang first', () => {
    const call = [answered(at('10:00'), { callId: 'c1' }, 30), answered(at('10:00:05'), { callId: 'c1', id: 'c1/85102-a', extension: '453*102' }, 10)]
    expect(waitOf(...call)).toEqual(oneWait(15))
    expect(byExtension(call).map(({ extension, wait }) => [extension, wait?.calls])).toEqual([['453*101', undefined], ['453*102', 1]])
  })
  test('is none of a client whom an employee called and lost in a queue', () => {
    const call = [missed(at('10:00'), { callId: 'c1' }, 90), answered(at('10:00'), { callId: 'c1', id: 'c1/x', direction: 'outgoing' })]
    expect(waitOf(...call)).toBeUndefined()
  })
  test('does not end when colleagues talk about him', () => {
    expect(waitOf(missed(at('10:00'), { callId: 'c1' }, 90), answered(at('10:00:20'), { callId: 'c1', because: ['R-local'] }))).toEqual(oneWait(90))
  })
  test('is none of a colleague', () => expect(waitOf(answered(at('10:00'), { because: ['R-local'] }))).toBeUndefined())
  test('is not known where the dial or the answer was lost, or a clock went back', () => {
    const dialLost = without(answered(at('10:00'), { callId: 'c1' }), 'startedAt')
    const answerLost = without(answered(at('10:00'), { callId: 'c2' }), 'answeredAt')
    expect(waitOf(dialLost, answerLost, answered(at('10:00'), { callId: 'c3', answeredAt: at('09:59') }))).toBeUndefined()
  })

  test('is not known of a talk whose answer was lost, though the client was lost in a queue afterwards', () => {
    const talk = without(answered(at('10:00'), { callId: 'c1' }), 'answeredAt')
    expect(waitOf(talk, missed(at('10:00'), { callId: 'c1' }, 300))).toBeUndefined()
  })

  test('begins in the queue, if the events tell when he entered it', () => {
    const leg = incoming(887, '+79160000001', { extensionType: 'queue' })
    const began = beginnings([incoming(101).rings(40), leg.answers(-10), leg.rings(0), leg.hangsUp(90)])
    const record = answered(second(40), { callId: CALL }, 3)
    expect(waitOf(record)).toEqual(oneWait(3))
    expect(totals([record], began).wait).toEqual(oneWait(43))
  })

  test('median and 90th percentile are waits that somebody had: those of the nearest rank', () => {
    const waits = (...lengths: ReadonlyArray<number>): Figures['wait'] => waitOf(...lengths.map((length, i) => answered(at('10:00') + seconds(i), {}, length)))
    expect(waits(10, 2, 9, 1, 8, 3, 7, 4, 6, 5)).toEqual({ calls: 10, median: seconds(5), p90: seconds(9) })
    expect(waits(...Array.from({ length: 11 }, (_, i) => i + 1))).toEqual({ calls: 11, median: seconds(6), p90: seconds(10) })
    expect(waits(4, 100)).toEqual({ calls: 2, median: seconds(4), p90: seconds(100) })
  })

  test('stands with the extension and the kind that ended it', () => {
    const records = [answered(at('10:00'), {}, 3), missed(at('10:00'), {}, 60)]
    expect(byExtension(records).map(({ extension, wait }) => [extension, wait?.median])).toEqual([['453*101', seconds(3)], ['453*887', seconds(60)]])
  })
})

describe('hours and days', () => {
  test('a call belongs to the hour in which it began, whole', () => {
    const call = [answered(at('10:59:58'), { callId: 'c1' }, 5, 4000), transferred(at('12:10'), 'c1'), missed(at('23:30'), {}, 3600)]
    expect(hoursOf(call)).toEqual({ 10: 1, 23: 1 })
    expect(byHour(call, UTC)[10]).toMatchObject({ records: 2, talkTime: seconds(4060) })
    expect(daysOf(call, 'UTC')).toEqual([['2026-06-03', 2]])
  })

  test('the hour is that of the day, whatever the day', () => {
    expect(hoursOf(calls(at('10:10', '2026-06-03'), at('10:50', '2026-06-07')))).toEqual({ 10: 2 })
  })

  test('the hour and the day are those of the time zone', () => {
    const late = calls(at('21:30'))
    expect([hoursOf(late, 'Europe/Moscow'), daysOf(late, 'Europe/Moscow')]).toEqual([{ 0: 1 }, [['2026-06-04', 1]]])
    expect([hoursOf(late, 'Asia/Kolkata'), daysOf(late, 'America/New_York')]).toEqual([{ 3: 1 }, [['2026-06-03', 1]]])
  })

  test('where clocks are set forward, no call is in the hour that is left out', () => {
    // Berlin, 29 March 2026: 01:59:59 is followed by 03:00
    const night = calls(at('00:59:59', '2026-03-29'), at('01:00', '2026-03-29'), at('21:59:59', '2026-03-29'), at('22:00', '2026-03-29'))
    expect(hoursOf(night, 'Europe/Berlin')).toEqual({ 0: 1, 1: 1, 3: 1, 23: 1 })
    expect(daysOf(night, 'Europe/Berlin')).toEqual([['2026-03-29', 3], ['2026-03-30', 1]])
  })

  test('where clocks are set back, the hour that comes twice is one row, and the day has 25 hours', () => {
    // Berlin, 25 October 2026: from 22:00 UTC of the day before to 23:00 UTC
    const start = at('22:00', '2026-10-24')
    const day = calls(...Array.from({ length: 25 }, (_, i) => start + hours(i)), start - seconds(1), start + hours(25))
    expect(daysOf(day, 'Europe/Berlin')).toEqual([['2026-10-24', 1], ['2026-10-25', 25], ['2026-10-26', 1]])
    expect(hoursOf(day, 'Europe/Berlin')[2]).toBe(2)
  })

  test('clocks that changed at one minute past midnight, and offsets of three quarters of an hour', () => {
    // St John's, 7 November 2010: one minute after midnight it was 23:01 of the day before
    expect(daysOf(calls(at('02:30:30', '2010-11-07'), at('02:31:30', '2010-11-07')), 'America/St_Johns')).toEqual([['2010-11-06', 1], ['2010-11-07', 1]])
    expect(hoursOf(calls(at('10:14'), at('10:15')), 'Asia/Kathmandu')).toEqual({ 15: 1, 16: 1 })
  })

  test('a zone that nobody knows is no zone', () => {
    expect(['', 'Europe/Moskau', 'Mars/Olympus', '__proto__', 'x'.repeat(10_000)].map(timeZone)).toEqual(Array.from({ length: 5 }, () => undefined))
    expect(timeZone('Europe/Moscow')).toBe('Europe/Moscow')
  })
})
