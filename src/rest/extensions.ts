import * as TE from 'fp-ts/lib/TaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { AccessError } from '../ports/AccessError.js'
import type { DirectoryPort, Extension } from '../ports/Directory.js'
import { ExtensionsAnswer } from './answers.js'
import type { Client } from './client.js'
import { allPages } from './pages.js'

/** The extensions: `GET …/extension/`. */
export const directoryPort = (client: Client, account: string): DirectoryPort => {
  const listed = allPages(client)
  const notThere: AccessError = { kind: 'refused', reason: `there is no client ${account}` }
  const listing = { what: 'the list of extensions', path: `/api/ver1.0/client/${account}/extension/`, codec: ExtensionsAnswer, notThere }
  return ({ signal } = {}) =>
    pipe(
      () => listed(listing, signal),
      TE.map((extensions) => extensions.map(({ id, name, type, label }): Extension => ({ id, name, ...(type === undefined ? {} : { type }), ...(label === undefined ? {} : { label }) })))
    )
}
