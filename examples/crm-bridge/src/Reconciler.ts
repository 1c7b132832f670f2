import { setTimeout as sleep } from 'node:timers/promises'
import { accessErrorMessage, historyProblemMessage, type CallHistory, type Config, type EpochMicros, type Input } from 'call-legs'
import { differenceMessage, reconcile } from 'call-legs/reconcile'
import type { historyTransaction } from './call/historyTransaction.js'
import { messageOf, type Log } from './log.js'
import type { Pbx } from './pbxAccess.js'
import { readHistory } from './store/callTables.js'
import type { Database } from './store/Database.js'
import { insertRun, type Found, type ReconciliationRun } from './store/reconciliationTable.js'

/** What the reconciler needs. Times are microseconds. */
export interface ReconcilerParts {
  readonly database: Database
  readonly config: Config
  readonly history: Pbx['history']
  readonly take: ReturnType<typeof historyTransaction>
  readonly now: () => EpochMicros
  /** While a backlog may come there is nothing to compare. */
  readonly holding: () => boolean
  /** How far back the history is asked for. */
  readonly back: number
  /** At this hour of the night, by the machine's clock. */
  readonly hour: number
  readonly log: Log
}

export interface Reconciler {
  /** Is it at work? */
  readonly running: () => boolean
  /** Ends when the call that is in hand is done. */
  readonly stop: () => Promise<void>
}

/** A call is compared when it has been over for so long: what its webhooks tell may still be on its way. */
const QUIET = 600_000_000

/** So many differences and problems are kept of a run. */
const KEPT = 500

/** How often it looks for the time, in milliseconds. */
const LOOK = 1_000

const inputsOf = async (database: Database, callId: string): Promise<ReadonlyArray<Input>> =>
  (await readHistory(database, callId)).words.flatMap((word): ReadonlyArray<Input> => (word.kind === 'event' ? [word.event] : word.kind === 'placed' ? [{ placed: word.placed }] : []))

/** Compares the records with the PBX's call history after the start and every night, and takes in what is missing. */
export const startReconciler = ({ database, config, history, take, now, holding, back, hour, log }: ReconcilerParts): Reconciler => {
  const stopping = new AbortController()
  const stopped = (): boolean => stopping.signal.aborted
  const compare = reconcile(config)
  let running = false

  /** Compares one page, call by call, and takes in what is missing. */
  const page = async (calls: ReadonlyArray<CallHistory>, tell: (found: ReadonlyArray<Found>, problems: ReadonlyArray<string>) => void): Promise<void> => {
    for (const call of calls) {
      if (stopped()) return
      const inputs = await inputsOf(database, call.callId)
      const { differences, events, problems } = compare(() => inputs, [call])
      if (differences.length > 0) await take(call.callId, events)
      tell(
        differences.map(({ kind, callId, record, previous }) => {
          const recordId = (record ?? previous)?.id
          return { kind, what: differenceMessage(kind), callId, ...(recordId === undefined ? {} : { recordId }) }
        }),
        problems.map(historyProblemMessage)
      )
    }
  }

  const run = async (): Promise<void> => {
    const at = now()
    const found: Array<Found> = []
    const problems: Array<string> = []
    let calls = 0
    let differences = 0
    let error: string | undefined
    const range = { since: at - back, until: at - QUIET }
    for await (const read of history(range, stopping.signal)) {
      if (stopped()) return
      if (!read.ok) {
        error = accessErrorMessage(read.error)
        break
      }
      problems.push(...read.value.problems.map(historyProblemMessage))
      const over = read.value.calls.filter(({ endedAt, startedAt = 0 }) => (endedAt === undefined ? startedAt < at - back / 2 : endedAt < at - QUIET))
      calls += over.length
      await page(over, (more, told) => {
        differences += more.length
        found.push(...more.slice(0, KEPT - found.length))
        problems.push(...told)
      })
    }
    const result: ReconciliationRun = { at, ...range, calls, differences, found, problems: problems.slice(0, KEPT), ...(error === undefined ? {} : { error }) }
    await insertRun(database, result)
    log(error === undefined ? 'info' : 'warn', 'compared with the PBX\'s call history', { calls, differences, problems: problems.length, ...(error === undefined ? {} : { why: error }) })
  }

  const nightOf = (): string => {
    const date = new Date()
    return date.getHours() === hour ? date.toDateString() : ''
  }

  const loop = async (): Promise<void> => {
    let isDue = true
    let last = nightOf()
    while (!stopped()) {
      const night = nightOf()
      if (night !== last && night !== '') isDue = true
      if (night !== '') last = night
      if (isDue && !holding()) {
        isDue = false
        running = true
        await run().catch((error: unknown) => log('error', 'the comparison with the PBX\'s call history failed', { why: messageOf(error) }))
        running = false
      }
      await sleep(LOOK, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const looping = loop()
  return {
    running: () => running,
    stop: () => {
      stopping.abort()
      return looping
    }
  }
}
