import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const golden = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8')
const recording = (name: string): string => join(root, 'examples/events', name)
const folder = mkdtempSync(join(tmpdir(), 'call-legs-golden-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const classify = async (file: string, ...options: ReadonlyArray<string>) => {
  const args = ['classify', '--directory', join(root, 'examples/directory.json'), '--utc', ...options, file]
  return run(process.execPath, [join(root, 'dist/cli.js'), ...args], { maxBuffer: 1 << 26 })
}

/** The same lines in an order of their own: by the hash of a seed and the line. */
const shuffled = (lines: ReadonlyArray<string>, seed: number): ReadonlyArray<string> => {
  let state = seed
  return lines
    .map((line) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return { line, key: state }
    })
    .sort((a, b) => a.key - b.key)
    .map(({ line }) => line)
}

// the golden files were read by a person, call by call, against the stories that the recording tells
describe('the recording of a day', () => {
  test('as records', async () => expect((await classify(recording('day.ndjson'))).stdout).toBe(golden('day.ledger.ndjson')))
  test('as a table', async () => expect((await classify(recording('day.ndjson'), '--format', 'table')).stdout).toBe(golden('day.table.txt')))
  test('and its anomalies', async () => {
    const anomalies = join(folder, 'anomalies.ndjson')
    await classify(recording('day.ndjson'), '--anomalies', anomalies)
    expect(readFileSync(anomalies, 'utf8')).toBe(golden('day.anomalies.ndjson'))
  })
  test('is the same from the form-encoded recording', async () =>
    expect((await classify(recording('day.form'))).stdout).toBe(golden('day.ledger.ndjson')))
})

describe('the same bytes', () => {
  const lines = readFileSync(recording('day.ndjson'), 'utf8').trimEnd().split('\n')
  const variants: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
    ['shuffled', shuffled(lines, 1)],
    ['shuffled otherwise', shuffled(lines, 2)],
    ['backwards', [...lines].reverse()],
    ['every line doubled', lines.flatMap((line) => [line, line])],
    ['twice in a row', [...lines, ...lines]]
  ]
  for (const [name, some] of variants) {
    test(name, async () => {
      const file = join(folder, `${name}.ndjson`)
      writeFileSync(file, some.join('\n'))
      expect((await classify(file)).stdout).toBe(golden('day.ledger.ndjson'))
    })
  }
})

test('the picture in the documents is what draw makes of a call of the day', async () => {
  const args = ['draw', '124d32', '--utc', '--directory', join(root, 'examples/directory.json'), recording('day.ndjson')]
  const { stdout } = await run(process.execPath, [join(root, 'dist/cli.js'), ...args])
  expect(stdout).toBe(readFileSync(join(root, 'docs/pictures/timeline.svg'), 'utf8'))
})

test('the table of the README is the beginning of what the demo prints', () => {
  const [, block = ''] = readFileSync(join(root, 'README.md'), 'utf8').match(/begins like this:\n\n```\n([\s\S]*?)```/) ?? []
  expect(block.length).toBeGreaterThan(500)
  expect(golden('day.table.txt').startsWith(block)).toBe(true)
})
