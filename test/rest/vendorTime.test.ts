import fc from 'fast-check'
import { expect, test } from 'vitest'
import { vendorTime } from '../../src/rest/vendorTime.js'

test('a time of the vendor is UTC, with any fraction of a second', () => {
  expect(vendorTime('2026-05-28 20:38:06')).toBe(1_780_000_686_000_000)
  expect(vendorTime('2026-05-28 20:38:06.47')).toBe(1_780_000_686_470_000)
  expect(vendorTime('2026-05-28 20:38:06.478202')).toBe(1_780_000_686_478_202)
  expect(vendorTime('2026-05-28 20:38:06.4782029')).toBe(1_780_000_686_478_202)
  expect(vendorTime('2026-05-28T20:38:06Z')).toBe(1_780_000_686_000_000)
  expect(vendorTime('1970-01-01 00:00:00')).toBe(0)
})

test('what does not exist is no time', () => {
  for (const text of ['', '2026-02-30 00:00:00', '2026-13-01 00:00:00', '2026-01-01 24:00:00', '2026-01-01 00:60:00', '2026-01-01 00:00:60', '1969-12-31 23:59:59', '0001-01-01 00:00:00', '2026-1-1 0:0:0', '28.05.2026 20:38:06', '2026-05-28', '2026-05-28 20:38:06+03:00']) {
    expect(vendorTime(text), text).toBeUndefined()
  }
})

test('every second of this library\'s time is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_799 }), fc.integer({ min: 0, max: 99 }), (seconds, hundredths) => {
      const text = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
      expect(vendorTime(`${text}.${String(hundredths).padStart(2, '0')}`)).toBe(seconds * 1_000_000 + hundredths * 10_000)
    })
  )
})
