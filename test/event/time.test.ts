import { describe, expect, test } from 'vitest'
import { clock } from '../../src/event/clock.js'
import { moment } from '../../src/event/time.js'
import { fromDate, fromMillis, hours, minutes, seconds, toDate, toSeconds } from '../../src/index.js'

const MOMENT = 1_780_000_686_478_202

describe('times and lengths of time are whole microseconds', () => {
  test('a length is written in the unit that fits', () => {
    expect([seconds(1.5), minutes(3), hours(2)]).toEqual([1_500_000, 180_000_000, 7_200_000_000])
    expect(seconds(0.000_000_7)).toBe(1)
    expect(toSeconds(11_420_018)).toBe(11.420_018)
  })

  test('a moment is that of a Date, or of a clock that counts milliseconds', () => {
    expect(toDate(MOMENT).toISOString()).toBe('2026-05-28T20:38:06.478Z')
    expect(fromDate(toDate(MOMENT))).toBe(1_780_000_686_478_000)
    expect(fromMillis(1_780_000_686_478.5)).toBe(1_780_000_686_478_500)
    expect(fromMillis(0.0015)).toBe(1)
  })

  test('a moment in another unit, too great, or none at all counts as not given; a fraction is dropped', () => {
    expect(moment(MOMENT + 0.5)).toBe(MOMENT)
    expect(moment(1e15)).toBe(1e15)
    expect(moment(Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER)
    for (const none of [1e15 - 1, Number.MAX_SAFE_INTEGER + 1, NaN, String(MOMENT), BigInt(MOMENT), undefined]) expect(moment(none)).toBeUndefined()
  })

  test('a talk of minutes, of an hour, of more than a day, as a telephone shows it', () => {
    expect([0, 59.9, 61, 187, 3599, 3600, 3729, 90_061].map((n) => clock(seconds(n)))).toEqual([
      '0:00', '0:59', '1:01', '3:07', '59:59', '1:00:00', '1:02:09', '25:01:01'
    ])
  })
})
