import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { progressOn } from '../../src/cli/Progress.js'

const terminalAt = (total?: number) => {
  let now = 0
  const stream = new PassThrough()
  const progress = progressOn(stream, () => now, total)
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
  progress.show(1000, 0)
  progress.erase()
  expect(seen()).toBe('')
})

test('a longer one shows the lines and their rate, in one line that is erased at the end', () => {
  const { progress, wait, seen } = terminalAt()
  wait(2000)
  progress.show(1_234_000, 5_000)
  expect(seen()).toBe('\r\u001b[K1 234 000 lines read, 617 000 a second')
  wait(100)
  progress.show(1_300_000, 6_000)
  expect(seen()).toBe('')
  progress.erase()
  progress.erase()
  expect(seen()).toBe('\r\u001b[K')
})

test('where the size is known it says how much is read, and how long the rest takes', () => {
  const { progress, wait, seen } = terminalAt(400)
  wait(30_000)
  progress.show(30_000, 100)
  expect(seen()).toBe('\r\u001b[K30 000 lines read, 1 000 a second, 25 %, 1 min 30 s left')
  wait(60_000)
  progress.show(90_000, 300)
  expect(seen()).toBe('\r\u001b[K90 000 lines read, 1 000 a second, 75 %, 30 s left')
})
