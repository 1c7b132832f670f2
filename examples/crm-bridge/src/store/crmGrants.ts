import * as t from 'io-ts'
import type { Database } from './Database.js'

/** What an authorisation server gave. */
export interface Grant {
  readonly access: string
  readonly refresh: string
}

const Granted = t.type({ access: t.string, refresh: t.string })
const GrantRow = t.type({ granted: t.string })

export const readGrant = async (database: Database, digest: string): Promise<Grant | undefined> => {
  const [row] = await database.rows(GrantRow, 'select granted from crm_grants where digest = $1', [digest])
  const granted: unknown = row === undefined ? undefined : JSON.parse(row.granted)
  return Granted.is(granted) ? granted : undefined
}

export const writeGrant = (database: Database, digest: string, grant: Grant): Promise<number> =>
  database.run('insert into crm_grants (digest, granted) values ($1, $2) on conflict (digest) do update set granted = excluded.granted', [digest, JSON.stringify(grant)])
