import { expect, test } from 'vitest'
import { clockTime, day, preciseTime, talkLength } from '../../src/cli/when.js'
import { anomalyText } from '../../src/cli/anomalyText.js'

const AT = 1_780_000_686_078_202

test('times for people', () => {
  expect(day('utc', AT)).toBe('2026-05-28')
  expect(clockTime('utc', AT)).toBe('20:38:06')
  expect(preciseTime('utc', AT)).toBe('20:38:06.078')
})

test('in local time they are those of the machine', () => {
  const date = new Date(1_780_000_686_078)
  expect(clockTime('local', AT)).toBe(date.toTimeString().slice(0, 8))
})

test('a time of day that comes twice, since the clocks go back, has its offset', () => {
  const zone = process.env['TZ']
  process.env['TZ'] = 'Europe/Berlin'
  try {
    const night = Date.UTC(2026, 9, 25) * 1000
    const halves = [0, 1, 2, 3, 4].map((half) => clockTime('local', night + half * 1_800_000_000))
    expect(halves).toEqual(['02:00:00+02:00', '02:30:00+02:00', '02:00:00+01:00', '02:30:00+01:00', '03:00:00'])
    expect(preciseTime('local', night + 478_000)).toBe('02:00:00.478+02:00')
    expect(clockTime('local', night - 1_800_000_000)).toBe('01:30:00')
  } finally {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  }
})

test.each([
  [0, '0:00'],
  [999_999, '0:00'],
  [11_420_018, '0:11'],
  [187_000_000, '3:07'],
  [3_729_000_000, '1:02:09']
])('a talk of %i microseconds', (talk, text) => {
  expect(talkLength(talk)).toBe(text)
})

test('an anomaly is one line: call, leg, kind, what it is, the value, the times', () => {
  expect(anomalyText('utc', { kind: 'invalid-field', callId: 'ab12', leg: '85218-ab12', at: [AT], field: 'Duration', value: '1"' })).toBe(
    'call ab12, leg 85218-ab12: invalid-field: a field that means nothing; it counts as absent (Duration "1\\""), 2026-05-28 20:38:06.078'
  )
  expect(anomalyText('utc', { kind: 'late-event', callId: 'ab12', at: [] })).toBe(
    'call ab12: late-event: came after the call had been let go; it changes nothing'
  )
  expect(anomalyText('utc', { kind: 'conflicting-events', callId: 'ab12', at: [AT, AT, AT, AT, AT, AT] })).toMatch(/06\.078 and 2 more$/)
})
