import type { Undecodable } from 'call-legs/webhook'
import * as t from 'io-ts'
import { numberKey } from '../call/numberKey.js'
import type { Sql } from './Database.js'
import { digestOf } from './digest.js'
import { storable } from './storable.js'

/** What could not be read is kept once, as it was sent: it may be the only trace of a call. */
export const insertUndecodable = (sql: Sql, { text, fields, error, receivedAt }: Undecodable): Promise<number> =>
  sql.run('insert into undecodable (digest, received_at, error, received) values ($1, $2, $3, $4) on conflict do nothing', [
    digestOf({ text }),
    receivedAt,
    JSON.stringify(error),
    JSON.stringify({ text, fields })
  ])

/** A client of the company, and the extension of the employee who is responsible for him. */
export interface Client {
  readonly number: string
  readonly name?: string
  readonly extension?: string
}

const ClientRow = t.type({
  client_key: t.string,
  number: t.string,
  name: t.union([t.string, t.null]),
  extension: t.union([t.string, t.null])
})

const toClient = ({ number, name, extension }: t.TypeOf<typeof ClientRow>): Client => ({
  number,
  ...(name === null ? {} : { name }),
  ...(extension === null ? {} : { extension })
})

/** Adds clients, or changes those whose number is there already. */
export const upsertClients = async (sql: Sql, clients: ReadonlyArray<Client>): Promise<void> => {
  for (const { number, name, extension } of clients) {
    await sql.run(
      `insert into clients (client_key, number, name, extension) values ($1, $2, $3, $4)
       on conflict (client_key) do update set number = excluded.number, name = excluded.name, extension = excluded.extension`,
      [numberKey(number) ?? '', storable(number), name === undefined ? null : storable(name), extension === undefined ? null : storable(extension)]
    )
  }
}

export const readClients = async (sql: Sql): Promise<ReadonlyArray<Client>> =>
  (await sql.rows(ClientRow, 'select client_key, number, name, extension from clients order by name nulls last, client_key limit 10000')).map(toClient)

/** The clients of these numbers, by their key. */
export const clientsOf = async (sql: Sql, numbers: ReadonlyArray<string | undefined>): Promise<ReadonlyMap<string, Client>> => {
  const keys = [...new Set(numbers.flatMap((number) => numberKey(number) ?? []))]
  if (keys.length === 0) return new Map()
  const rows = await sql.rows(ClientRow, 'select client_key, number, name, extension from clients where client_key = any($1::text[])', [keys])
  return new Map(rows.map((row) => [row.client_key, toClient(row)]))
}
