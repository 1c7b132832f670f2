import { PassThrough, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { sinkTo } from '../../src/cli/Sink.js'

/** All that is there to be read, in however many pieces. */
const text = (stream: PassThrough): string => {
  const pieces: Array<string> = []
  for (let read: unknown = stream.read(); Buffer.isBuffer(read); read = stream.read()) pieces.push(read.toString())
  return pieces.join('')
}

test('text is gathered, and handed over when it is asked for', () => {
  const stream = new PassThrough()
  const sink = sinkTo(stream)
  sink.write('a')
  sink.write('b')
  expect(text(stream)).toBe('')
  expect(sink.flush()).toBeUndefined()
  expect(text(stream)).toBe('ab')
})

test('bytes and text keep their order', () => {
  const stream = new PassThrough()
  const sink = sinkTo(stream)
  sink.write('a')
  sink.write(Uint8Array.of(0x62))
  sink.write('c')
  void sink.flush()
  expect(text(stream)).toBe('abc')
})

test('a reader that is behind is waited for', async () => {
  const stream = new PassThrough({ highWaterMark: 4 })
  const sink = sinkTo(stream)
  sink.write('more than four')
  const waiting = sink.flush()
  expect(waiting).toBeInstanceOf(Promise)
  stream.resume()
  await waiting
  expect(sink.pressure()).toBeUndefined()
})

test('a reader that leaves ends the waiting; nothing is written any more, and nothing thrown', async () => {
  const stream = new PassThrough({ highWaterMark: 4 })
  const sink = sinkTo(stream)
  sink.write('more than four')
  const waiting = sink.flush()
  stream.destroy(new Error('gone'))
  await waiting
  expect(sink.failure()?.message).toBe('gone')
  sink.write('more')
  await sink.end()
})

test('a failure of the very last write is known at the end', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('no space left')) })
  const sink = sinkTo(stream)
  sink.write('a')
  await sink.end()
  expect(sink.failure()?.message).toBe('no space left')
})

test('something may be done before anything reaches the stream', () => {
  const stream = new PassThrough()
  const sink = sinkTo(stream, () => stream.write('[erased]'))
  sink.write('a')
  void sink.flush()
  expect(text(stream)).toBe('[erased]a')
})
