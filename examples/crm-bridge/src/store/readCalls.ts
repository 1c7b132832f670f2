import type { CallRecord, EpochMicros } from 'call-legs'
import * as t from 'io-ts'
import type { Sql } from './Database.js'
import { RecordRow, toRecord, type Place } from './readTables.js'

/** All records of a CallID, in the order in which they stand in a list. */
export interface StoredCallRecords {
  readonly callId: string
  readonly place: Place
  readonly records: ReadonlyArray<CallRecord>
}

/** Of which days, newest first. */
export interface CallsQuery {
  readonly limit: number
  readonly before?: Place | undefined
  readonly from?: EpochMicros | undefined
  readonly to?: EpochMicros | undefined
}

const CallRow = t.type({ call_id: t.string, id: t.string, listed_at: t.number })
const OfCall = t.intersection([RecordRow, t.type({ call_id: t.string })])

const recordsOf = async (sql: Sql, callIds: ReadonlyArray<string>): Promise<ReadonlyMap<string, ReadonlyArray<CallRecord>>> => {
  const rows = await sql.rows(
    OfCall,
    'select call_id, revision, retracted, record, listed_at from records where call_id = any($1::text[]) and not retracted order by listed_at, id',
    [callIds]
  )
  const calls = new Map<string, ReadonlyArray<CallRecord>>()
  for (const row of rows) calls.set(row.call_id, [...(calls.get(row.call_id) ?? []), ...toRecord(row).map(({ record }) => record)])
  return calls
}

/** A call stands in the list where its last record does. */
export const readCalls = async (sql: Sql, { limit, before, from, to }: CallsQuery): Promise<ReadonlyArray<StoredCallRecords>> => {
  const rows = await sql.rows(
    CallRow,
    `select call_id, id, listed_at from records r
     where not retracted and ($2::bigint is null or (listed_at, id) < ($2::bigint, $3::text))
       and ($4::bigint is null or listed_at >= $4::bigint) and ($5::bigint is null or listed_at < $5::bigint)
       and not exists (select 1 from records later where later.call_id = r.call_id and not later.retracted and (later.listed_at, later.id) > (r.listed_at, r.id))
     order by listed_at desc, id desc limit $1`,
    [limit, before?.listedAt ?? null, before?.id ?? null, from ?? null, to ?? null]
  )
  const records = await recordsOf(sql, rows.map(({ call_id }) => call_id))
  return rows.map(({ call_id, id, listed_at }) => ({ callId: call_id, place: { listedAt: listed_at, id }, records: records.get(call_id) ?? [] }))
}

/** The records of one call. */
export const readCallRecords = async (sql: Sql, callId: string): Promise<ReadonlyArray<CallRecord>> => (await recordsOf(sql, [callId])).get(callId) ?? []

/** How often the records of a call were changed after they were first told. */
export const readCorrections = async (sql: Sql, callId: string): Promise<number> =>
  (await sql.rows(t.type({ corrections: t.number }), 'select count(*) as corrections from changes where call_id = $1 and revision > 1', [callId]))[0]?.corrections ?? 0

/** Everything since then of the clients who called in vain since then: of whom it hangs whether somebody must be called back. */
export const readDealings = async (sql: Sql, since: EpochMicros): Promise<ReadonlyArray<CallRecord>> =>
  (
    await sql.rows(
      RecordRow,
      `select revision, retracted, record, listed_at from records
       where listed_at >= $1 and not retracted and (kind = 'missed' or client_key in
         (select client_key from records where listed_at >= $1 and not retracted and kind = 'missed' and client_key is not null))`,
      [since]
    )
  )
    .flatMap(toRecord)
    .map(({ record }) => record)
