import { setTimeout as sleep } from 'node:timers/promises'
import type { Database, Sql } from './Database.js'
import { isAway, isConflict } from './failures.js'

/** How long to wait before each further try, in milliseconds. */
const WAITS: ReadonlyArray<number> = [20, 100, 400]

/**
 * The transaction, done again if somebody else was first, or if a connection turned out to be dead: the database may
 * have been started anew since it was last used. Every transaction of the bridge can be done twice without harm, since
 * the second time finds what the first has written; so one whose commit was not answered is done again as well.
 */
export const transact = async <A>(database: Database, work: (sql: Sql) => Promise<A>): Promise<A> => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await database.transaction(work)
    } catch (error) {
      const wait = WAITS[tries]
      if (wait === undefined || !(isConflict(error) || isAway(error))) throw error
      await sleep(wait)
    }
  }
}
