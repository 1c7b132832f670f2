import { CallRecord, type EpochMicros } from 'call-legs'
import { isRight } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Sql } from './Database.js'

/** A record as it stands, with its revision. */
export interface StoredRecord {
  readonly revision: number
  readonly retracted: boolean
  readonly record: CallRecord
}

export const RecordRow = t.type({ revision: t.number, retracted: t.boolean, record: t.string, listed_at: t.number })

export const toRecord = ({ revision, retracted, record }: t.TypeOf<typeof RecordRow>): ReadonlyArray<StoredRecord> => {
  const read = CallRecord.decode(JSON.parse(record))
  return isRight(read) ? [{ revision, retracted, record: read.right }] : []
}

/** Which records, newest first. */
export interface RecordsQuery {
  readonly limit: number
  /** The place behind which to go on: what the page before said. */
  readonly before?: Place
  readonly kind?: string
  /** The key of a client's number. */
  readonly client?: string
}

export interface Place {
  readonly listedAt: number
  readonly id: string
}

export interface RecordsPage {
  readonly records: ReadonlyArray<StoredRecord>
  readonly next?: Place
}

export const readRecords = async (sql: Sql, { limit, before, kind, client }: RecordsQuery): Promise<RecordsPage> => {
  const rows = await sql.rows(
    t.intersection([RecordRow, t.type({ id: t.string })]),
    `select id, revision, retracted, record, listed_at from records
     where not retracted and ($2::bigint is null or (listed_at, id) < ($2::bigint, $3::text))
       and ($4::text is null or kind = $4::text) and ($5::text is null or client_key = $5::text)
     order by listed_at desc, id desc limit $1`,
    [limit + 1, before?.listedAt ?? null, before?.id ?? null, kind ?? null, client ?? null]
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    records: page.flatMap(toRecord),
    ...(rows.length > limit && last !== undefined ? { next: { listedAt: last.listed_at, id: last.id } } : {})
  }
}

export const readRecord = async (sql: Sql, id: string): Promise<StoredRecord | undefined> => {
  const rows = await sql.rows(RecordRow, 'select revision, retracted, record, listed_at from records where id = $1', [id])
  return rows.flatMap(toRecord)[0]
}

const LedgerRow = t.type({ id: t.string, place: t.string, record: t.string })
const LEDGER_PAGE = 500
/** The largest `bigint`: a record without `endedAt` comes last. */
const AT_THE_END = '9223372036854775807'

/**
 * The ledger in its order, in the very bytes in which the records were written, page by page. The database orders ids
 * by code points and the library by code units: the same for every id that a PBX makes.
 */
export async function* readLedger(sql: Sql): AsyncGenerator<string, void> {
  let after = { at: '-1', id: '' }
  for (;;) {
    const rows = await sql.rows(
      LedgerRow,
      `select id, coalesce(ended_at, ${AT_THE_END})::text as place, record from records
       where (coalesce(ended_at, ${AT_THE_END}), id collate "C") > ($1::bigint, $2::text collate "C") and not retracted
       order by coalesce(ended_at, ${AT_THE_END}), id collate "C" limit ${LEDGER_PAGE}`,
      [after.at, after.id]
    )
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(({ record }) => `${record}\n`).join('')
    after = { at: last.place, id: last.id }
  }
}

const ChangeRow = t.type({ seq: t.number, changed_at: t.number, change: t.string })

/** A line of the outbox. */
export interface StoredChange {
  readonly seq: number
  readonly at: EpochMicros
  readonly change: unknown
}

const toChange = ({ seq, changed_at, change }: t.TypeOf<typeof ChangeRow>): StoredChange => ({ seq, at: changed_at, change: JSON.parse(change) })

export const readChanges = async (sql: Sql, after: number, limit: number): Promise<ReadonlyArray<StoredChange>> =>
  (await sql.rows(ChangeRow, 'select seq, changed_at, change from changes where seq > $1 order by seq limit $2', [after, limit])).map(toChange)

const SeqRow = t.type({ seq: t.number })

/** Of the newest change: whoever has seen this one has seen all. */
export const readLastSeq = async (sql: Sql): Promise<number> => (await sql.rows(SeqRow, 'select coalesce(max(seq), 0) as seq from changes'))[0]?.seq ?? 0

export const readHistoryOf = async (sql: Sql, recordId: string): Promise<ReadonlyArray<StoredChange>> =>
  (await sql.rows(ChangeRow, 'select seq, changed_at, change from changes where record_id = $1 order by revision', [recordId])).map(toChange)

const StateRow = t.type({ call_id: t.string, state: t.union([t.string, t.null]), offsets: t.string })

export const readOpenCalls = (sql: Sql): Promise<ReadonlyArray<t.TypeOf<typeof StateRow>>> =>
  sql.rows(StateRow, 'select call_id, state, offsets from calls where open order by call_id limit 500')

export const readCallRow = async (sql: Sql, callId: string): Promise<t.TypeOf<typeof StateRow> | undefined> =>
  (await sql.rows(StateRow, 'select call_id, state, offsets from calls where call_id = $1', [callId]))[0]

const nullable = t.union([t.number, t.null])
const CountRow = t.type({ calls: t.number, open: t.number, due: t.number, oldest_due: nullable })

/** How much there is to do: calls that are held or were let go a while ago, those with somebody on the line, those that are due. */
export const readCounts = async (sql: Sql, now: EpochMicros): Promise<t.TypeOf<typeof CountRow>> => {
  const [row] = await sql.rows(
    CountRow,
    `select count(*) as calls, count(*) filter (where open) as open, count(*) filter (where due <= $1) as due, min(due) as oldest_due from calls`,
    [now]
  )
  return row ?? { calls: 0, open: 0, due: 0, oldest_due: null }
}

const OddityRow = t.type({ seq: t.number, at: t.number, what: t.string })

/** An anomaly, or what could not be read. */
export interface StoredOddity {
  readonly seq: number
  readonly at: EpochMicros
  readonly what: unknown
}

const toOddity = ({ seq, at, what }: t.TypeOf<typeof OddityRow>): StoredOddity => ({ seq, at, what: JSON.parse(what) })

export const readAnomalies = async (sql: Sql, limit: number): Promise<ReadonlyArray<StoredOddity>> =>
  (await sql.rows(OddityRow, 'select seq, told_at as at, anomaly as what from anomalies order by seq desc limit $1', [limit])).map(toOddity)

export const readUndecodable = async (sql: Sql, limit: number): Promise<ReadonlyArray<StoredOddity>> =>
  (
    await sql.rows(
      OddityRow,
      `select seq, received_at as at, '{"error":' || error::text || ',"received":' || received::text || '}' as what
       from undecodable order by seq desc limit $1`,
      [limit]
    )
  ).map(toOddity)
