import { RingMeEvent, type CallEvent, type CallReducer, type EpochMicros, type OneCall } from 'call-legs'
import { insertAnomalies, insertChanges, insertEvent, lockCall, readHistory, upsertRecord, writeState } from '../store/callTables.js'
import type { Database, Sql } from '../store/Database.js'
import { transact } from '../store/retrying.js'
import { rebuild } from './rebuild.js'
import { stateWrite, type RecordWrite } from './Writes.js'

/** What a transaction of the history needs. */
export interface HistoryParts {
  readonly database: Database
  readonly reducer: CallReducer<OneCall>
  readonly now: () => EpochMicros
  /** Notes for the CRM what becomes of records, in the same transaction; absent, if there is no CRM. */
  readonly outbox?: (sql: Sql, records: ReadonlyArray<RecordWrite>) => Promise<void>
}

/**
 * Takes what the PBX's call history told of a call: one transaction. The events are stored beside those of the webhooks, and
 * the call is made again from all of them, whether it is held or was let go long ago. Written is only what is different
 * afterwards. The events count as received when they happened: a call of yesterday is settled at once.
 */
export const historyTransaction =
  ({ database, reducer, now, outbox }: HistoryParts) =>
  (callId: string, events: ReadonlyArray<CallEvent>): Promise<'written' | 'repeated'> =>
    transact(database, async (sql) => {
      let isNew = false
      for (const event of events) {
        if (await insertEvent(sql, { event, fields: RingMeEvent.encode(event), receivedAt: event.at })) isNew = true
      }
      if (!isNew) return 'repeated'
      await lockCall(sql, callId)
      const at = now()
      const { stored, writes } = rebuild(reducer)(await readHistory(sql, callId), at)
      await writeState(sql, callId, stateWrite(reducer, stored))
      for (const record of writes.records) await upsertRecord(sql, record, at)
      await insertChanges(sql, writes.changes, at)
      await outbox?.(sql, writes.records)
      await insertAnomalies(sql, writes.anomalies, at)
      return 'written'
    })
