import { expect, test } from 'vitest'
import { parseDuration } from '../../src/cli/duration.js'

test.each([
  ['250ms', 250_000],
  ['10s', 10_000_000],
  ['3m', 180_000_000],
  ['2h', 7_200_000_000],
  ['1d', 86_400_000_000],
  ['0s', 0]
])('%s is a duration', (text, micros) => {
  expect(parseDuration(text)).toBe(micros)
})

test.each(['', '5', 's', '-5s', '1.5h', '5 s', '5S', '1h30m', '5w', '5constructor', '9007199254740993ms', `${'9'.repeat(400)}d`])(
  '%j is none',
  (text) => {
    expect(parseDuration(text)).toBeUndefined()
  }
)
