import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Database } from '../../src/store/Database.js'
import { pgDatabase } from '../../src/store/pgDatabase.js'
import { pgliteDatabase } from '../../src/store/pgliteDatabase.js'
import { postgresIsInstalled, postgresServer } from '../postgresServer.js'

/** A database of either kind, empty, and how often it is opened: PGlite once, a server by as many as there are. */
export interface Opened {
  readonly open: () => Promise<Database>
  readonly remove: () => Promise<void>
}

const embedded = async (): Promise<Opened> => {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-store-'))
  cpSync(inject('emptyData'), folder, { recursive: true })
  const database = await pgliteDatabase(folder, (error) => {
    throw error
  })
  if (database === undefined) throw new Error('somebody else has the folder')
  return {
    open: () => Promise.resolve({ ...database, close: () => Promise.resolve() }),
    remove: async () => {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

const server = async (): Promise<Opened> => {
  const postgres = await postgresServer()
  const { DATABASE_URL } = postgres.database()
  const open = new Set<Database>()
  return {
    open: () => {
      const database = pgDatabase(DATABASE_URL, () => undefined)
      open.add(database)
      return Promise.resolve(database)
    },
    remove: async () => {
      await Promise.all([...open].map((database) => database.close()))
      await postgres.remove()
    }
  }
}

/** Both, as far as they are here. The same stories are told on each. */
export const DATABASES: ReadonlyArray<readonly [name: string, make: () => Promise<Opened>, there: boolean]> = [
  ['PGlite', embedded, true],
  ['PostgreSQL', server, postgresIsInstalled()]
]
