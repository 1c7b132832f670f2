import { existsSync, mkdirSync, openSync, renameSync, rmSync, closeSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, types, type Transaction } from '@electric-sql/pglite'
import { tryLock } from 'fs-native-extensions'
import type { Database, Sql, Value } from './Database.js'
import { codeOf } from './failures.js'
import { readRows } from './rows.js'

/** Said once, when it is opened: said with each query, they take as long as the query. */
const parsers = { [types.INT8]: Number, [types.JSON]: (text: string): string => text }

/** Text is sent as it is: a JSON column takes JSON that was written already. */
const serializers = { [types.JSON]: String }

const sqlOn = (client: PGlite | Transaction): Sql => {
  const ask = (text: string, values: ReadonlyArray<Value> = []) => client.query<Record<string, unknown>>(text, [...values])
  return {
    rows: async (shape, text, values) => readRows(shape, (await ask(text, values)).rows),
    run: async (text, values) => (await ask(text, values)).affectedRows ?? 0
  }
}

/**
 * A folder that nobody else may write to: two processes on one PGlite folder destroy it. The kernel holds the lock
 * and drops it with the process, whatever ends that.
 */
const lockFolder = (folder: string): number | undefined => {
  mkdirSync(folder, { recursive: true })
  const fd = openSync(join(folder, 'lock'), 'a+')
  if (tryLock(fd)) return fd
  closeSync(fd)
  return undefined
}

/** Makes the database beside its place and then moves it there: a process that is killed meanwhile leaves no half-made one. */
const make = async (folder: string): Promise<string> => {
  const place = join(folder, 'pg')
  if (existsSync(place)) return place
  const making = join(folder, 'pg-being-made')
  rmSync(making, { recursive: true, force: true })
  await (await PGlite.create(making)).close()
  renameSync(making, place)
  return place
}

/**
 * PostgreSQL inside this process, in a folder of its own. A transaction that was committed survives the end of the
 * process, whatever ends it; it survives a loss of power only by luck, since PGlite does not wait for the disk. Where
 * that matters, use a server.
 *
 * Answers nothing if another process has the folder.
 */
export const pgliteDatabase = async (folder: string, onBroken: (error: unknown) => void): Promise<Database | undefined> => {
  const lock = lockFolder(folder)
  if (lock === undefined) return undefined
  const open = async (): Promise<PGlite> => PGlite.create(await make(folder), { relaxedDurability: false, parsers, serializers })
  let opened: Promise<PGlite> | undefined = open()
  try {
    await opened
  } catch (error) {
    closeSync(lock)
    throw error
  }

  /** Errors of SQL have their five characters. Anything else, and a panic, broke the database inside: it is opened anew. */
  const guarded = async <A>(work: (client: PGlite) => Promise<A>): Promise<A> => {
    opened ??= open()
    const mine = opened
    try {
      return await work(await mine)
    } catch (error) {
      if (isBroken(error) && opened === mine) {
        opened = undefined
        onBroken(error)
        await mine.then((client) => client.close()).catch(() => undefined)
      }
      throw error
    }
  }

  const direct = (client: PGlite): Sql => sqlOn(client)
  return {
    name: 'pglite',
    rows: (shape, text, values) => guarded((client) => direct(client).rows(shape, text, values)),
    run: (text, values) => guarded((client) => direct(client).run(text, values)),
    transaction: (work) => guarded((client) => client.transaction((tx) => work(sqlOn(tx)))),
    close: async () => {
      await opened?.then((client) => client.close())
      closeSync(lock)
    }
  }
}

/** WebAssembly that aborted, or a file that could not be written: there is no going on with this instance. */
const isBroken = (error: unknown): boolean => {
  if (error instanceof Error && error.name === 'RuntimeError') return true
  const code = codeOf(error)
  return code !== undefined && /^(53|58|XX)/.test(code)
}
