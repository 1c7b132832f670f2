import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { malformed, type StateError } from './StateError.js'
import { VERSION } from './StateJson.js'

/** Where it is: `held[0].legs[1].events[2].at`. The members of an intersection are numbered too, and are no places. */
const pathOf = (context: t.Context): string =>
  context
    .map(({ key }, i) => {
      const within = context[i - 1]?.type
      if (key === '' || !/^\d+$/.test(key)) return key === '' ? '' : `.${key}`
      return within instanceof t.ArrayType ? `[${key}]` : ''
    })
    .join('')
    .replace(/^\./, '')

const describe = ([error]: t.Errors): Either<StateError, never> =>
  malformed(pathOf(error?.context ?? []), error?.message ?? (error?.value === undefined ? 'is missing' : 'is not what a state holds there'))

const foundVersion = (version: unknown): string => {
  if (version === undefined) return 'none'
  return typeof version === 'string' ? JSON.stringify(version) : typeof version === 'number' ? String(version) : 'that is no number'
}

/** Reads a saved state by its codec, and says what is wrong with it where it is not one. */
export const readJson = <A>(codec: t.Type<A, unknown, unknown>, json: unknown): Either<StateError, A> => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return malformed('', 'is no object')
  const version = 'v' in json ? json.v : undefined
  if (version !== VERSION) {
    return left({ kind: 'unknown-version', found: foundVersion(version), known: [VERSION] })
  }
  const read = codec.decode(json)
  return isLeft(read) ? describe(read.left) : right(read.right)
}
