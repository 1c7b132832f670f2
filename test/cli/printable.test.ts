import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonLine, printable } from '../../src/cli/printable.js'

test('letters of any script stay as they are', () => {
  expect(printable('ООО «Ромашка» & 株式会社 😀')).toBe('ООО «Ромашка» & 株式会社 😀')
})

test.each([
  ['\u001b[31m', '\\u001b[31m'],
  ['\u009b2J', '\\u009b2J'],
  ['a\r\nb', 'a\\u000d\\u000ab'],
  ['\u0000\u007f', '\\u0000\\u007f'],
  ['\u202e\u2066', '\\u202e\\u2066'],
  ['\u2028', '\\u2028'],
  ['\ud800x', '\\ud800x']
])('%j is escaped', (text, escaped) => {
  expect(printable(text)).toBe(escaped)
})

test('a line of JSON is one line, harmless, and still the same JSON', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('\u009b', '\u202e', '\u2028', '"\\', '\ud800'), (text, more) => {
      const line = jsonLine({ value: text + more })
      expect(line).toMatch(/^[^\p{Cc}\p{Cs}\u2028\u2029\u202e]*\n$/u)
      expect(JSON.parse(line)).toEqual({ value: text + more })
    })
  )
})
