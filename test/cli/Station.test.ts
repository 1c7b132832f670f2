import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import type { ClassifyCommand } from '../../src/cli/Command.js'
import { openStation } from '../../src/cli/Station.js'

const classify: ClassifyCommand = { name: 'classify', files: [], config: {}, zone: 'utc', changes: false, filter: {} }

/** What is said on standard error before anything is read. */
const saidBefore = async (files: ReadonlyArray<string>, isTTY: boolean): Promise<string> => {
  const [stdin, stdout, stderr] = [Object.assign(new PassThrough(), { isTTY }), new PassThrough(), new PassThrough()]
  await openStation({ ...classify, files }, { stdin: () => stdin, stdout, stderr, now: () => 0 })
  const read: unknown = stderr.read()
  return Buffer.isBuffer(read) ? read.toString() : ''
}

test('who sits at a terminal is told that it waits for him, and how to end', async () => {
  const notice = 'call-legs: waiting for events on this terminal, one a line; Ctrl-D ends the input\n'
  expect(await saidBefore([], true)).toBe(notice)
  expect(await saidBefore(['file', '-'], true)).toBe(notice)
})

test('nobody else is', async () => {
  expect(await saidBefore([], false)).toBe('')
  expect(await saidBefore(['file'], true)).toBe('')
})
