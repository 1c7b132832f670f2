import * as E from 'fp-ts/lib/Either.js'
import type { AccessError } from '../ports/AccessError.js'
import type { DirectoryPort, Extension } from '../ports/Directory.js'
import { ExtensionsAnswer } from './answers.js'
import type { Client } from './client.js'
import { read } from './reading.js'

/** More pages than any PBX has: whatever the API answers, the listing ends. */
const MOST_PAGES = 1000

/**
 * The extensions: `GET …/extension/`, page by page. How many a page holds is not documented, nor which is the
 * last; so it is asked for the next one until nothing new comes.
 */
export const directoryPort =
  (client: Client, account: string): DirectoryPort =>
  ({ signal } = {}) =>
  async () => {
    const known = new Map<string, Extension>()
    for (let page = 1; page <= MOST_PAGES; page++) {
      const answer = await client({ method: 'GET', path: `/api/ver1.0/client/${account}/extension/?page=${page}`, repeatable: true }, signal)
      if (E.isLeft(answer)) return E.left(answer.left.error)
      if (answer.right.status === 404) {
        if (page > 1) break
        return E.left<AccessError>({ kind: 'refused', reason: `there is no client ${account}` })
      }
      const listed = read('the list of extensions', ExtensionsAnswer)(answer.right)
      if (E.isLeft(listed)) return listed
      const before = known.size
      for (const { id, name, type, label } of listed.right) known.set(id, { id, name, ...(type === undefined ? {} : { type }), ...(label === undefined ? {} : { label }) })
      if (known.size === before) break
    }
    return E.right([...known.values()])
  }
