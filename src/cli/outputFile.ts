import { createWriteStream, fstatSync, openSync, statSync, type Stats } from 'node:fs'
import { left, right, type Either } from 'fp-ts/lib/Either.js'
import type { NamedSink } from './Reporter.js'
import { sinkTo } from './Sink.js'
import { systemErrorMessage } from './systemError.js'

const statOf = (look: () => Stats): Stats | undefined => {
  try {
    return look()
  } catch {
    return undefined
  }
}

/** The file behind a path, `-` being the standard input; none if there is no ordinary file. */
const identity = (path: string): string | undefined => {
  const stats = statOf(() => (path === '-' ? fstatSync(0) : statSync(path)))
  return stats?.isFile() === true ? `${stats.dev}:${stats.ino}` : undefined
}

/** The output, if any, that would be written over one of the inputs or over another output. */
export const overwritten = (outputs: ReadonlyArray<string>, inputs: ReadonlyArray<string>): string | undefined => {
  const taken = new Set(inputs.flatMap((path) => identity(path) ?? []))
  return outputs.find((path, i) => {
    const file = identity(path)
    return outputs.indexOf(path) < i || (file !== undefined && (taken.has(file) || outputs.slice(0, i).some((other) => identity(other) === file)))
  })
}

/** Opens a file to write into, empty; what is wrong begins with the file's name. */
export const openOutput = (path: string): Either<string, NamedSink> => {
  try {
    return right({ name: path, sink: sinkTo(createWriteStream(path, { fd: openSync(path, 'w') })) })
  } catch (error) {
    return left(`${path}: ${systemErrorMessage(error)}`)
  }
}
