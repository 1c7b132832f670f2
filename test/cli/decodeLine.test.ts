import * as fc from 'fast-check'
import { isLeft, isRight, left } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { decodeLine } from '../../src/cli/decodeLine.js'
import { form, json, missedCall } from './wire.js'

test('JSON and form-encoded lines are told apart by themselves', () => {
  for (const event of missedCall('ab12', 0)) {
    expect(isRight(decodeLine(json(event).trimEnd()))).toBe(true)
    expect(decodeLine(json(event).trimEnd())).toEqual(decodeLine(form(event).trimEnd()))
    expect(decodeLine(`  ${json(event)}`)).toEqual(decodeLine(json(event)))
  }
})

test.each(['[{"EventType":"hangup"}]', '"EventType=hangup"', '42', 'null', 'true'])('%s is JSON, but no object', (text) => {
  expect(decodeLine(text)).toEqual(left({ field: '', value: text, reason: 'is JSON, but no object' }))
})

test('a text without any field is neither', () => {
  expect(decodeLine('connection reset by peer')).toEqual(
    left({ field: '', value: 'connection reset by peer', reason: 'is neither a JSON object nor form-encoded' })
  )
})

test('the value of an error is never longer than 256 characters', () => {
  const decoded = decodeLine('x'.repeat(1000))
  expect(isLeft(decoded) && decoded.left.value.length).toBe(256)
})

test('no line throws', () => {
  const line = fc.oneof(fc.string({ unit: 'binary' }), fc.json({ maxDepth: 2 }), fc.json({ maxDepth: 2 }).map((text) => text.slice(0, -1)))
  fc.assert(fc.property(line, (text) => {
    decodeLine(text)
  }))
})
