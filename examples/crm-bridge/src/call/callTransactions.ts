import { stateErrorMessage, type CallReducer, type EpochMicros, type OneCall, type Placed } from 'call-legs'
import type { Delivery } from 'call-legs/webhook'
import { isRight } from 'fp-ts/lib/Either.js'
import type { FaultPoint, Reach } from '../fault.js'
import { messageOf, type Log } from '../log.js'
import {
  insertAnomalies,
  insertChanges,
  insertEvent,
  insertPlaced,
  lockCall,
  lockDueCall,
  readHistory,
  upsertRecord,
  writeState
} from '../store/callTables.js'
import type { Database, Sql } from '../store/Database.js'
import { isAway } from '../store/failures.js'
import { transact } from '../store/retrying.js'
import { rebuild } from './rebuild.js'
import { readCall, type CallRow, type StoredCall } from './StoredCall.js'
import { writesOf, type RecordWrite, type Writes } from './Writes.js'
import type { Word } from './Word.js'

/** What a call's transaction needs. */
export interface Parts {
  readonly database: Database
  readonly reducer: CallReducer<OneCall>
  readonly now: () => EpochMicros
  readonly reach: Reach
  readonly log: Log
  /** Notes for the CRM what becomes of records, in the same transaction; absent, if there is no CRM. */
  readonly outbox?: (sql: Sql, records: ReadonlyArray<RecordWrite>) => Promise<void>
}

/** What came of a word: written, or it was there before. */
export type Taken = 'written' | 'repeated'

/** What came of a tick: the call that was due, or that none is. */
export type Ticked = { readonly callId: string; readonly done: boolean } | undefined

type Stage = 'begun' | 'event-written' | 'locked' | 'state-written' | 'records-written' | 'changes-written' | 'committed'

/** The point of the way: those of events have no name before them. */
const POINTS = {
  event: (stage: Stage): FaultPoint => stage,
  placed: (stage: Stage): FaultPoint => `placed-${stage}`,
  tick: (stage: Exclude<Stage, 'event-written'>): FaultPoint => `tick-${stage}`
} as const

/**
 * One call, one transaction: its row is locked, so that no other process and no other request has it in hand; what
 * follows from the word is computed by the library and written; and then all of it is there, or nothing. So a crash at
 * any moment loses nothing that was answered, and what is sent again after one is either new or known.
 */
export const callTransactions = ({ database, reducer, now, reach, log, outbox }: Parts) => {
  const read = readCall(reducer)
  const rebuilt = rebuild(reducer)
  const apply = writesOf(reducer)

  const write = async (sql: Sql, callId: string, point: (stage: 'state-written' | 'records-written' | 'changes-written') => FaultPoint, writes: Writes): Promise<void> => {
    const at = now()
    await writeState(sql, callId, writes.state)
    reach(point('state-written'))
    for (const record of writes.records) await upsertRecord(sql, record, at)
    reach(point('records-written'))
    await insertChanges(sql, writes.changes, at)
    await outbox?.(sql, writes.records)
    await insertAnomalies(sql, writes.anomalies, at)
    reach(point('changes-written'))
    for (const reason of writes.rejected) log('warn', 'the library would not take it', { callId, reason })
  }

  /** The call of a row. A state that cannot be read is made again from the events, and what was wrong with the records is put right. */
  const callOf = async (sql: Sql, callId: string, row: CallRow): Promise<StoredCall> => {
    const stored = read(row)
    if (isRight(stored)) return stored.right
    const at = now()
    const again = rebuilt(await readHistory(sql, callId), at)
    for (const record of again.writes.records) await upsertRecord(sql, record, at)
    await insertChanges(sql, again.writes.changes, at)
    await outbox?.(sql, again.writes.records)
    await insertAnomalies(sql, again.writes.anomalies, at)
    log('warn', 'the state of a call could not be read and was made again from its events', {
      callId,
      why: stateErrorMessage(stored.left),
      corrected: again.writes.changes.length
    })
    return again.stored
  }

  /** A word that is stored beside the state; if it is there already, all that follows from it is there too. */
  const take = async (kind: 'event' | 'placed', callId: string, word: Word, insert: (sql: Sql) => Promise<boolean>): Promise<Taken> => {
    const point = POINTS[kind]
    const taken = await transact(database, async (sql): Promise<Taken> => {
      reach(point('begun'))
      if (!(await insert(sql))) return 'repeated'
      reach(point('event-written'))
      const row = await lockCall(sql, callId)
      reach(point('locked'))
      await write(sql, callId, point, apply(await callOf(sql, callId, row), word))
      return 'written'
    })
    reach(point('committed'))
    return taken
  }

  return {
    takeEvent: (delivery: Delivery): Promise<Taken> =>
      take('event', delivery.event.callId, { kind: 'event', event: delivery.event }, (sql) => insertEvent(sql, delivery)),

    takePlaced: (placed: Placed): Promise<Taken> =>
      take('placed', placed.callId.toLowerCase(), { kind: 'placed', placed }, (sql) => insertPlaced(sql, placed)),

    /** Ticks one call that is due. */
    tickOne: async (at: EpochMicros, except: ReadonlyArray<string>): Promise<Ticked> => {
      let callId: string | undefined
      try {
        await transact(database, async (sql) => {
          reach('tick-begun')
          const due = await lockDueCall(sql, at, except)
          if (due === undefined) return
          callId = due.callId
          reach('tick-locked')
          const word = { kind: 'tick', now: at } as const
          await write(sql, callId, POINTS.tick, apply(await callOf(sql, callId, due.row), word))
        })
      } catch (error) {
        // the database's own troubles are not this call's
        if (callId === undefined || isAway(error)) throw error
        log('error', 'a call could not be ticked', { callId, why: messageOf(error) })
        return { callId, done: false }
      }
      if (callId === undefined) return undefined
      reach('tick-committed')
      return { callId, done: true }
    }
  }
}

export type CallTransactions = ReturnType<typeof callTransactions>
