import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, inject } from 'vitest'
import { launchBridge, type BridgeProcess, type Launched } from '../bridgeProcess.js'
import { postgresIsInstalled, postgresServer } from '../postgresServer.js'
import { DIRECTORY } from './classified.js'
import { machineClock } from './MachineClock.js'

/** A database, the bridges that come and go on it, and the clock of their machine. */
export interface Trial {
  /** Launches a bridge, which may be doomed; the first takes a free port, the next ones the same, unless they are to stand beside it. */
  readonly launch: (env?: Readonly<Record<string, string>>, beside?: boolean) => Launched
  /** The same, and waits until it takes requests. */
  readonly start: (env?: Readonly<Record<string, string>>, beside?: boolean) => Promise<BridgeProcess>
  readonly jumpTo: (offset: number) => void
  /**
   * Ends this bridge with good manners and starts another, days later by the clock: all its retentions have passed,
   * every miss settles, every call is let go. Resolves when nothing is left.
   */
  readonly letEverythingGo: (last: BridgeProcess) => Promise<BridgeProcess>
  readonly remove: () => void
}

const HOUR = 3_600_000

/** Longer than all retentions: the library's own, two hours and a day, are in force. */
const FAR = 49 * HOUR

/** Misses settle at once and the ticker hardly ever rests, so that ticks and events get in each other's way. */
export const RESTLESS = { SETTLE_MS: '100', TICK_MS: '50', GRACE_MS: '0', CATCH_UP_MS: '0' }

/** How many calls are due now: none, once everything has been let go. */
const dueAt = async (url: string): Promise<number> => {
  const { due } = (await (await fetch(`${url}/api/health`)).json()) as { readonly due: number }
  return due
}

const until = async (done: () => Promise<boolean>, what: string, within = 100_000): Promise<void> => {
  const last = Date.now() + within
  while (!(await done())) {
    if (Date.now() > last) throw new Error(`in vain waited for this: ${what}`)
    await pause(50)
  }
}

/** Where the bridges of a trial keep what they know, as their environment says it. */
export type Database = { readonly DATABASE_URL: string } | { readonly DATA_DIR: string }

/** @param database default: PGlite, in a folder of its own. */
export const trial = (settings: Readonly<Record<string, string>>, database?: Database): Trial => {
  const clock = machineClock()
  const folder = mkdtempSync(join(tmpdir(), 'bridge-data-'))
  const place = database ?? { DATA_DIR: folder }
  if ('DATA_DIR' in place) cpSync(inject('emptyData'), place.DATA_DIR, { recursive: true })
  let port: number | undefined
  const launch: Trial['launch'] = (env = {}, beside = false) =>
    launchBridge({
      env: { ...place, DIRECTORY, ...clock.env, ...settings, ...env },
      ...(port === undefined || beside ? {} : { port })
    })
  const start: Trial['start'] = async (env, beside) => {
    const bridge = await launch(env, beside).ready
    port ??= bridge.port
    return bridge
  }
  return {
    launch,
    start,
    jumpTo: clock.jumpTo,
    letEverythingGo: async (last) => {
      expect(await last.end()).toEqual({ code: 0, signal: null })
      clock.jumpTo(FAR)
      const next = await start(RESTLESS)
      await until(async () => (await dueAt(next.url)) === 0, 'every call is let go')
      return next
    },
    remove: () => {
      clock.remove()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/**
 * A trial on whichever database is faster: a PostgreSQL server where one is installed, else PGlite. For what does not
 * hang on the database: what is written, and in which order, is the same for both.
 */
export const quickTrial = async (settings: Readonly<Record<string, string>>): Promise<Omit<Trial, 'remove'> & { readonly remove: () => Promise<void> }> => {
  const server = postgresIsInstalled() ? await postgresServer() : undefined
  const stand = trial(settings, server?.database())
  return {
    ...stand,
    remove: async () => {
      stand.remove()
      await server?.remove()
    }
  }
}
