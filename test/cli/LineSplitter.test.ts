import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineSplitter } from '../../src/cli/LineSplitter.js'
import { isBlank, lineText } from '../../src/cli/lineText.js'

interface Told {
  readonly number: number
  readonly text: string
  readonly overlong: boolean
}

/** What the splitter tells of bytes that come in these chunks, the pieces of an overlong line put together. */
const split = (limit: number, chunks: ReadonlyArray<Uint8Array>): { readonly told: ReadonlyArray<Told>; readonly largest: number } => {
  const told: Array<Told> = []
  let pieces: Array<Uint8Array> = []
  let largest = 0
  const splitter = lineSplitter(limit, {
    line: (bytes, number) => {
      largest = Math.max(largest, bytes.length)
      told.push({ number, text: Buffer.from(bytes).toString('latin1'), overlong: false })
    },
    overlong: (bytes, number, last) => {
      pieces.push(bytes)
      if (!last) return
      told.push({ number, text: Buffer.concat(pieces).toString('latin1'), overlong: true })
      pieces = []
    }
  })
  for (const chunk of chunks) splitter.push(chunk)
  splitter.end()
  return { told, largest }
}

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

test('lines end with a line feed, the last one with the input', () => {
  expect(split(10, [bytes('a\n\nb')]).told.map(({ number, text }) => [number, text])).toEqual([[1, 'a'], [2, ''], [3, 'b']])
})

test('a final line feed begins no further line', () => {
  expect(split(10, [bytes('a\n')]).told).toHaveLength(1)
  expect(split(10, []).told).toHaveLength(0)
})

test('a line of just the limit is a line; one byte more, and it is overlong, whole, and the next one is a line again', () => {
  expect(split(3, [bytes('abc\nabcd\nab\n')]).told).toEqual([
    { number: 1, text: 'abc', overlong: false },
    { number: 2, text: 'abcd', overlong: true },
    { number: 3, text: 'ab', overlong: false }
  ])
})

test('however the bytes are cut into chunks, the lines are the same, and none is longer than the limit', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r'), maxLength: 40 })
  fc.assert(
    fc.property(text, fc.array(fc.nat(40), { maxLength: 6 }), fc.integer({ min: 1, max: 8 }), (input, cuts, limit) => {
      const borders = [0, ...cuts.filter((cut) => cut <= input.length).sort((a, b) => a - b), input.length]
      const chunks = borders.slice(1).map((to, i) => bytes(input.slice(borders[i], to)))
      const { told, largest } = split(limit, chunks)
      const lines = input.split('\n')
      if (lines.at(-1) === '') lines.pop()
      expect(told).toEqual(lines.map((line, i) => ({ number: i + 1, text: line, overlong: line.length > limit })))
      expect(largest).toBeLessThanOrEqual(limit)
    })
  )
})

test('a letter across two chunks stays whole', () => {
  const [first, second] = [Buffer.from('ООО\n').subarray(0, 3), Buffer.from('ООО\n').subarray(3)]
  const texts: Array<string> = []
  const splitter = lineSplitter(100, { line: (line) => texts.push(lineText(line)), overlong: () => undefined })
  splitter.push(first)
  splitter.push(second)
  expect(texts).toEqual(['ООО'])
})

test('the text of a line has no carriage return at its end and no byte order mark before it', () => {
  expect(lineText(Buffer.from('\ufeffа\rб\r'))).toBe('а\rб')
})

test('what is no UTF-8 becomes a replacement character', () => {
  expect(lineText(Uint8Array.of(0x61, 0xff, 0x62))).toBe('a\ufffdb')
})

test('white space alone is no line', () => {
  expect(isBlank(lineText(Buffer.from(' \t\r')))).toBe(true)
  expect(isBlank('.')).toBe(false)
})
