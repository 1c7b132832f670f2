import pg from 'pg'
import type { Database, Sql, Value } from './Database.js'
import { readRows } from './rows.js'

/** `bigint` and counts: nothing here is beyond 2^53. `json` stays text: whoever wants it parsed says so. */
const TYPES = new pg.TypeOverrides()
TYPES.setTypeParser(pg.types.builtins.INT8, Number)
TYPES.setTypeParser(pg.types.builtins.JSON, (text: string) => text)

const sqlOn = (client: pg.ClientBase | pg.Pool): Sql => {
  const ask = (text: string, values: ReadonlyArray<Value> = []): Promise<pg.QueryResult<Record<string, unknown>>> => client.query({ text, values: [...values] })
  return {
    rows: async (shape, text, values) => readRows(shape, (await ask(text, values)).rows),
    run: async (text, values) => (await ask(text, values)).rowCount ?? 0
  }
}

/** A PostgreSQL server. Connections that break are replaced: the database may go away and come back. */
export const pgDatabase = (connectionString: string, onBroken: (error: Error) => void): Database => {
  const pool = new pg.Pool({
    connectionString,
    types: TYPES,
    max: 8,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // a lock is held for milliseconds; what takes so long is stuck, and its locks must not be kept from the others
    statement_timeout: 15_000,
    query_timeout: 20_000,
    idle_in_transaction_session_timeout: 15_000,
    application_name: 'crm-bridge'
  })
  // an idle connection that breaks is told here, and would end the process otherwise
  pool.on('error', onBroken)

  return {
    name: 'postgresql',
    ...sqlOn(pool),
    transaction: async (work) => {
      const client = await pool.connect()
      // while it is lent out, the client's own errors come here; the query that fails tells of them too
      const ignore = (): void => undefined
      client.on('error', ignore)
      let broken = true
      try {
        await client.query('begin')
        try {
          const answer = await work(sqlOn(client))
          await client.query('commit')
          broken = false
          return answer
        } catch (error) {
          await client.query('rollback')
          broken = false
          throw error
        }
      } finally {
        client.off('error', ignore)
        // one that could not even be rolled back is thrown away
        client.release(broken)
      }
    },
    close: () => pool.end()
  }
}
