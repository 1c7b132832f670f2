import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { InvalidRequest } from '../ports/AccessError.js'
import { invalid } from '../ports/sendable.js'

/**
 * What an id of the vendor's may be made of, `@` for `@me`: all of it stands in a path as it is, and none of
 * it leads to another resource, as a dot, a slash or a question mark could.
 */
const ID = /^[A-Za-z0-9@_:*-]{1,128}$/

export const isId = (id: unknown): boolean => typeof id === 'string' && ID.test(id)

/** An id as a part of a path. */
export const idInPath = (field: string, id: string): Either<InvalidRequest, string> =>
  isId(id) ? E.right(id) : E.left(invalid(field, id, 'is no id'))
