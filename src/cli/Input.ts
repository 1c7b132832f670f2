import { createReadStream, fstatSync, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { unpacked } from './unpacked.js'

/** One of the inputs: what to call it in messages, and its bytes. */
export interface Input {
  readonly name: string
  /** How many bytes there are to read, as they lie on the disk; nothing, where nobody knows. */
  readonly size: number | undefined
  /** Opening and reading may fail with a system error, in the iteration. What gzip packed is unpacked; `read` is told of each chunk before that. */
  readonly chunks: (read: (bytes: number) => void) => AsyncIterable<Uint8Array>
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

async function* counted(source: AsyncIterable<Uint8Array>, read: (bytes: number) => void): AsyncIterable<Uint8Array> {
  for await (const chunk of source) {
    read(chunk.length)
    yield chunk
  }
}

/** The input of `-`, and of no file at all. Node would take a folder there for an empty file. */
const standardInput = (stdin: () => Readable): Input => ({
  name: 'standard input',
  size: undefined,
  chunks: (read) => unpacked(counted(isFolder(STANDARD_INPUT) ? createReadStream('.', { fd: STANDARD_INPUT }) : stdin(), read))
})

const sizeOf = (path: string): number | undefined => {
  try {
    const stats = statSync(path)
    return stats.isFile() ? stats.size : undefined
  } catch {
    // why it cannot be read is told when it is
    return undefined
  }
}

const file = (path: string): Input => ({
  name: path,
  size: sizeOf(path),
  chunks: (read) => unpacked(counted(createReadStream(path, { highWaterMark: CHUNK }), read))
})

export const isStandardInput = (path: string): boolean => path === '-'

/** The inputs that the command line names, in its order. */
export const inputsOf = (files: ReadonlyArray<string>, stdin: () => Readable): ReadonlyArray<Input> =>
  files.map((path) => (isStandardInput(path) ? standardInput(stdin) : file(path)))
