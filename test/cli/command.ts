import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import type { Anomaly, CallRecord, Change } from '../../src/index.js'

/** The changes that standard output may hold. */
export type LedgerChange = Exclude<Change, { readonly change: 'anomaly' | 'rejected' }>

/** The built command, as `npm test` builds it first; or another one, of a packed package for instance. */
export const COMMAND = process.env.CALL_LEGS_COMMAND ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export const start = (...words: ReadonlyArray<string>): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [COMMAND, ...words], { env: { ...process.env, TZ: 'Europe/Moscow' } })

/** Starts the command as a user does, with this standard input, and waits for its end. */
export const runWith = (input: string | Uint8Array, ...words: ReadonlyArray<string>): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = start(...words)
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, stdout, stderr }))
    // a command that refuses its arguments ends without reading
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })

export const run = (...words: ReadonlyArray<string>): Promise<Ran> => runWith('', ...words)

/** A folder of its own for a test file, gone at the end. */
export const temporaryFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'call-legs-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const path = (name: string): string => join(folder, name)
  return {
    path,
    /** Writes a file, and says where it is. */
    file: (name: string, content: string | Uint8Array): string => {
      writeFileSync(path(name), content)
      return path(name)
    },
    read: (name: string): string => readFileSync(path(name), 'utf8')
  }
}

/** The JSON of each line. */
const parsed = (text: string): ReadonlyArray<unknown> => text.split('\n').filter((line) => line !== '').map((line): unknown => JSON.parse(line))

/** The records that a standard output holds. */
export const recordsOf = (stdout: string) => parsed(stdout) as ReadonlyArray<CallRecord>

/** The changes that a standard output of `--changes` holds. */
export const changesOf = (stdout: string) => parsed(stdout) as ReadonlyArray<LedgerChange>

/** What a file of `--anomalies` holds. */
export const anomaliesOf = (text: string) => parsed(text) as ReadonlyArray<Anomaly>
