import { createReadStream, fstatSync } from 'node:fs'
import type { Readable } from 'node:stream'

/** One of the inputs: what to call it in messages, and its bytes. */
export interface Input {
  readonly name: string
  /** Opening and reading may fail with a system error, in the iteration. */
  readonly chunks: () => AsyncIterable<Uint8Array>
}

const STANDARD_INPUT = 0

/** Larger pieces are read no faster, and hold more memory: 60 MiB at 4 MiB each. A pipe gives its own. */
const CHUNK = 262_144

const isFolder = (descriptor: number): boolean => {
  try {
    return fstatSync(descriptor).isDirectory()
  } catch {
    return false
  }
}

/** The input of `-`, and of no file at all. Node would take a folder there for an empty file. */
const standardInput = (stdin: () => Readable): Input => ({
  name: 'standard input',
  chunks: () => (isFolder(STANDARD_INPUT) ? createReadStream('.', { fd: STANDARD_INPUT }) : stdin())
})

const file = (path: string): Input => ({ name: path, chunks: () => createReadStream(path, { highWaterMark: CHUNK }) })

export const isStandardInput = (path: string): boolean => path === '-'

/** The inputs that the command line names, in its order; none named: the standard input. */
export const inputsOf = (files: ReadonlyArray<string>, stdin: () => Readable): ReadonlyArray<Input> =>
  (files.length === 0 ? ['-'] : files).map((path) => (isStandardInput(path) ? standardInput(stdin) : file(path)))
