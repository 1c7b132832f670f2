import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromMillis, seconds, type CallRecord } from '../../src/index.js'
import { byDay, byExtension, byHour, byKind, journeys, serviceLevel, timeZone, toCallBack, totals, type Beginnings, type Figures, type TimeZone } from '../../src/summary/index.js'
import { runs } from '../laws/run.js'
import { disorderedRecordsArb, recordsArb } from './recordsArb.js'

const zone: fc.Arbitrary<TimeZone> = fc
  .constantFrom('UTC', 'Europe/Moscow', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia')
  .map((name) => timeZone(name) ?? expect.fail(name))

const EVER = Number.MAX_SAFE_INTEGER

const beginnings: fc.Arbitrary<Beginnings> = fc
  .array(fc.tuple(fc.constantFrom('c1', 'c2', 'c3'), fc.nat({ max: 300 }).map((n) => fromMillis(Date.parse('2026-10-24T20:00:00Z')) + n * seconds(60))), { maxLength: 3 })
  .map((told) => new Map(told))

test('neither the order of the records nor their repetition matters', () => {
  fc.assert(
    fc.property(recordsArb.chain((records) => fc.tuple(fc.constant(records), disorderedRecordsArb(records))), zone, beginnings, ([records, disordered], there, began) => {
      const summary = (of: Iterable<CallRecord>) => ({
        toCallBack: toCallBack(of, EVER), totals: totals(of, began), byHour: byHour(of, there, began), byDay: byDay(of, there, began),
        byExtension: byExtension(of, began), byKind: byKind(of, began), journeys: journeys(of, began), serviceLevel: serviceLevel(of, { within: seconds(20), shortAbandon: seconds(5) }, began)
      })
      // an iterable that can be read but once
      const once = function* (): Iterable<CallRecord> { yield* disordered }
      expect(summary(disordered)).toEqual(summary(records))
      expect(totals(once(), began)).toEqual(totals(records, began))
    }),
    runs(600)
  )
})

const sums = (rows: ReadonlyArray<Figures>) => {
  const sum = (of: (row: Figures) => number): number => rows.reduce((all, row) => all + of(row), 0)
  return { records: sum(({ records }) => records), misses: sum(({ misses }) => misses), talkTime: sum(({ talkTime }) => talkTime), waits: sum(({ wait }) => wait?.calls ?? 0) }
}

test('hours, days, extensions and kinds add up to the same totals, and so do the ways of the calls', () => {
  fc.assert(
    fc.property(recordsArb, zone, beginnings, (records, there, began) => {
      const all = totals(records, began)
      const ways = journeys(records, began)
      const [hours, days, extensions, kinds] = [byHour(records, there, began), byDay(records, there, began), byExtension(records, began), byKind(records, began)]
      for (const rows of [hours, days, extensions, kinds]) expect(sums(rows)).toEqual(sums([all]))
      const callsOf = (rows: ReadonlyArray<Figures>): number => rows.reduce((sum, { calls }) => sum + calls, 0)
      expect([callsOf(hours), callsOf(days), ways.length]).toEqual([all.calls, all.calls, all.calls])
      for (const rows of [extensions, kinds]) {
        expect(callsOf(rows)).toBeGreaterThanOrEqual(all.calls)
        expect(callsOf(rows)).toBeLessThanOrEqual(all.records)
      }
      expect(ways.reduce((sum, { talkTime }) => sum + talkTime, 0)).toBe(all.talkTime)
      expect(ways.reduce((sum, { path }) => sum + path.length, 0)).toBe(all.records)
      expect(ways.filter(({ outcome }) => outcome === 'missed').length).toBe(all.misses)
      expect(ways.filter(({ wait }) => wait !== undefined).length).toBe(all.wait?.calls ?? 0)
    }),
    runs(600)
  )
})

test('at least as many percent of the waits as it says do not exceed a percentile, and fewer are below it', () => {
  fc.assert(
    fc.property(recordsArb, beginnings, (records, began) => {
      const waits = journeys(records, began).flatMap(({ wait }) => (wait === undefined ? [] : [wait]))
      const figures = totals(records, began).wait
      expect(waits.length).toBe(figures?.calls ?? 0)
      for (const [percent, value] of figures === undefined ? [] : [[50, figures.median], [90, figures.p90]] as const) {
        expect(waits).toContain(value)
        expect(waits.filter((wait) => wait <= value).length * 100).toBeGreaterThanOrEqual(percent * waits.length)
        expect(waits.filter((wait) => wait < value).length * 100).toBeLessThan(percent * waits.length)
      }
    }),
    runs(600)
  )
})

test('who is answered and who gives up is who came in; a longer promise is kept no less often', () => {
  fc.assert(
    fc.property(recordsArb, beginnings, fc.nat({ max: 3600 }), fc.nat({ max: 3600 }), (records, began, one, other) => {
      const [shorter, longer] = [Math.min(one, other), Math.max(one, other)].map((within) => serviceLevel(records, { within: seconds(within) }, began))
      for (const level of [shorter, longer]) {
        expect(level?.offered).toBe((level?.answered ?? 0) + (level?.abandoned ?? 0))
        for (const share of [level?.level ?? 0, level?.abandonment ?? 0]) expect(share >= 0 && share <= 1).toBe(true)
        expect((level?.level ?? 0) + (level?.abandonment ?? 0)).toBeLessThanOrEqual(1 + Number.EPSILON)
      }
      expect(shorter?.level ?? 0).toBeLessThanOrEqual(longer?.level ?? 0)
    }),
    runs(600)
  )
})

/** Once more, slow and obvious: a miss is open if no talk with the same digits ended after it. */
const openMisses = (records: ReadonlyArray<CallRecord>): Record<string, number> => {
  const digits = (number: string | undefined): string => (number ?? '').replace(/@.*/, '').replace(/\D/g, '')
  const talks = records.flatMap((record) => {
    if (record.kind === 'missed' || record.onBehalf === true) return []
    const until = record.kind === 'incomplete' ? record.answeredAt : record.successful ? record.endedAt : undefined
    const isForward = record.direction === 'outgoing' && record.transfer !== undefined
    const isLocal = record.because.includes('R-local')
    return until === undefined || isLocal ? [] : [{ digits: digits(isForward ? record.transfer.client : record.remoteNumber), until }]
  })
  const open: Record<string, number> = {}
  for (const record of records) {
    if (record.kind !== 'missed' || record.because.includes('R-local') || digits(record.remoteNumber) === '') continue
    const who = digits(record.remoteNumber)
    if (!talks.some((talk) => talk.digits === who && talk.until > record.endedAt)) open[who] = (open[who] ?? 0) + 1
  }
  return open
}

test('whom to call back is whose misses no talk followed', () => {
  fc.assert(
    fc.property(recordsArb, (records) => {
      const { clients } = toCallBack(records, EVER)
      expect(Object.fromEntries(clients.map(({ digits, misses }) => [digits, misses]))).toEqual(openMisses(records))
      for (const { first, last } of clients) expect(first).toBeLessThanOrEqual(last)
    }),
    runs(1500)
  )
})

test('an hour and a day are what the runtime says of that moment, also of many moments together', () => {
  const moments = fc.array(fc.integer({ min: Date.UTC(2001, 8, 10), max: Date.UTC(2060, 0, 1) }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(moments, zone, (times, there) => {
      const records = times.map((time, i): CallRecord => ({ v: 1, id: `c${i}/a`, callId: `c${i}`, subCallId: 'a', kind: 'incomplete', direction: 'incoming', successful: false, because: [], startedAt: fromMillis(time) }))
      const days = new Map<string, number>()
      const hours = Array.from({ length: 24 }, () => 0)
      for (const time of times) {
        const day = new Date(time).toLocaleDateString('sv-SE', { timeZone: there })
        const hour = Number(new Date(time).toLocaleTimeString('sv-SE', { timeZone: there, hour: '2-digit' }))
        days.set(day, (days.get(day) ?? 0) + 1)
        hours[hour] = (hours[hour] ?? 0) + 1
      }
      expect(new Map(byDay(records, there).map(({ day, calls }) => [day, calls]))).toEqual(days)
      expect(byHour(records, there).map(({ calls }) => calls)).toEqual(hours)
    }),
    runs(300)
  )
})
