import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import type { StateError } from './StateError.js'
import { VERSION } from './StateJson.js'

export const malformed = (path: string, reason: string): Either<StateError, never> => left({ kind: 'malformed', path, reason })

const describe = (errors: t.Errors): Either<StateError, never> => {
  const error = errors[errors.length - 1]
  const path = (error?.context ?? []).map(({ key }) => key).filter((key) => key !== '' && !/^\d+$/.test(key))
  return malformed(path.join('.'), error?.message ?? 'is not what a state holds there')
}

/** Reads a saved state by its codec, and says what is wrong with it where it is not one. */
export const readJson = <A>(codec: t.Type<A, unknown, unknown>, json: unknown): Either<StateError, A> => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return malformed('', 'is no object')
  const version = 'v' in json ? json.v : undefined
  if (version !== VERSION) {
    return left({ kind: 'unknown-version', found: version === undefined ? 'none' : JSON.stringify(version), known: [VERSION] })
  }
  const read = codec.decode(json)
  return isLeft(read) ? describe(read.left) : right(read.right)
}
