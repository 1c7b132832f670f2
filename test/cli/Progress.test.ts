import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { progressOn } from '../../src/cli/Progress.js'

const terminalAt = () => {
  let now = 0
  const stream = new PassThrough()
  const progress = progressOn(stream, () => now)
  return {
    progress,
    wait: (milliseconds: number) => (now += milliseconds),
    seen: (): string => {
      const read: unknown = stream.read()
      return Buffer.isBuffer(read) ? read.toString() : ''
    }
  }
}

test('a short reading shows nothing, and there is nothing to erase', () => {
  const { progress, wait, seen } = terminalAt()
  wait(400)
  progress.show(1000)
  progress.erase()
  expect(seen()).toBe('')
})

test('a longer one shows the lines and their rate, in one line that is erased at the end', () => {
  const { progress, wait, seen } = terminalAt()
  wait(2000)
  progress.show(1_234_000)
  expect(seen()).toBe('\r\u001b[K1 234 000 lines read, 617 000 a second')
  wait(100)
  progress.show(1_300_000)
  expect(seen()).toBe('')
  progress.erase()
  progress.erase()
  expect(seen()).toBe('\r\u001b[K')
})
