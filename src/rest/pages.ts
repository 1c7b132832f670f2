import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import type { AccessError } from '../ports/AccessError.js'
import type { Signal } from '../ports/Port.js'
import type { Client } from './client.js'
import { read } from './reading.js'

/** More pages than any PBX has: whatever the API answers, the listing ends. */
const MOST_PAGES = 1000

/** A list of the API's: where it is, and what stands in it. */
export interface Listing<A, Err> {
  /** What it is, for the error. */
  readonly what: string
  readonly path: string
  readonly codec: t.Type<ReadonlyArray<A>, unknown, unknown>
  /** What it means if the first page is not there. */
  readonly notThere: Err
}

/**
 * A list, page by page, each row once by its id. How many a page holds is not documented, nor which is the
 * last; so the next one is asked for until nothing new comes.
 */
export const allPages =
  (client: Client) =>
  async <A extends { readonly id: string }, Err>(
    { what, path, codec, notThere }: Listing<A, Err>,
    signal: Signal | undefined
  ): Promise<Either<AccessError | Err, ReadonlyArray<A>>> => {
    const known = new Map<string, A>()
    for (let page = 1; page <= MOST_PAGES; page++) {
      const answer = await client({ method: 'GET', path: `${path}?page=${page}`, repeatable: true }, signal)
      if (E.isLeft(answer)) return E.left(answer.left.error)
      if (answer.right.status === 404) {
        if (page > 1) break
        return E.left(notThere)
      }
      const listed = read(what, codec)(answer.right)
      if (E.isLeft(listed)) return listed
      const before = known.size
      for (const row of listed.right) known.set(row.id, row)
      if (known.size === before) break
    }
    return E.right([...known.values()])
  }
