import { decode, CallRecord, Json, type Anomaly, type EpochMicros, type Placed } from 'call-legs'
import type { Delivery } from 'call-legs/webhook'
import { isRight } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { numberKey } from '../call/numberKey.js'
import type { CallHistory } from '../call/rebuild.js'
import { CallRow } from '../call/StoredCall.js'
import type { Word } from '../call/Word.js'
import { recordOf, type LedgerChange, type RecordWrite, type StateWrite } from '../call/Writes.js'
import type { Sql, Value } from './Database.js'
import { digestOf } from './digest.js'
import { CHANGES_LOCK } from './schema.js'
import { storable } from './storable.js'

/** The call's row, locked until the end of the transaction; made, if it was not there. One statement, so that nobody can delete the row in between. */
export const lockCall = async (sql: Sql, callId: string): Promise<CallRow> => {
  const [row] = await sql.rows(
    CallRow,
    `insert into calls (call_id) values ($1)
     on conflict (call_id) do update set call_id = excluded.call_id
     returning state, offsets`,
    [callId]
  )
  return row ?? { state: null, offsets: '{}' }
}

const DueRow = t.type({ call_id: t.string, state: t.union([t.string, t.null]), offsets: t.string })

/** The call that has been due for longest and that nobody else has in hand, locked. */
export const lockDueCall = async (
  sql: Sql,
  now: EpochMicros,
  except: ReadonlyArray<string>
): Promise<{ readonly callId: string; readonly row: CallRow } | undefined> => {
  const [due] = await sql.rows(
    DueRow,
    `select call_id, state, offsets from calls where due <= $1 and not (call_id = any($2::text[]))
     order by due limit 1 for update skip locked`,
    [now, except]
  )
  return due === undefined ? undefined : { callId: due.call_id, row: { state: due.state, offsets: due.offsets } }
}

/** False, if this very event is there already. */
export const insertEvent = async (sql: Sql, { event, fields, receivedAt }: Delivery): Promise<boolean> =>
  (await sql.run(
    'insert into events (call_id, digest, received_at, fields) values ($1, $2, $3, $4) on conflict do nothing',
    [event.callId, digestOf(fields), receivedAt, JSON.stringify(fields)]
  )) > 0

/** False, if the bridge has this word already. */
export const insertPlaced = async (sql: Sql, placed: Placed): Promise<boolean> =>
  (await sql.run('insert into placed (call_id, placed_at, word) values ($1, $2, $3) on conflict do nothing', [
    placed.callId.toLowerCase(),
    placed.at,
    JSON.stringify(placed)
  ])) > 0

export const writeState = async (sql: Sql, callId: string, write: StateWrite | undefined): Promise<void> => {
  if (write === undefined) await sql.run('delete from calls where call_id = $1', [callId])
  else {
    await sql.run('update calls set state = $2, due = $3, open = $4, offsets = $5 where call_id = $1', [
      callId,
      write.state,
      write.due ?? null,
      write.open,
      JSON.stringify(write.offsets)
    ])
  }
}

const optional = (text: string | undefined): Value => (text === undefined ? null : storable(text))

const columns = ({ record, revision, retracted }: RecordWrite, now: EpochMicros): ReadonlyArray<Value> => {
  const endedAt = record.kind === 'incomplete' ? undefined : record.endedAt
  const answeredAt = record.kind === 'missed' ? undefined : record.answeredAt
  const client = record.kind === 'missed' ? undefined : record.transfer?.client
  return [
    record.id,
    revision,
    retracted,
    record.callId,
    record.kind,
    record.direction,
    record.successful,
    optional(record.extension),
    optional(record.remoteNumber),
    numberKey(client ?? record.remoteNumber) ?? null,
    optional(record.did),
    record.startedAt ?? null,
    endedAt ?? null,
    record.successful ? (record.talkTime ?? null) : null,
    endedAt ?? answeredAt ?? record.startedAt ?? now,
    JSON.stringify(record)
  ]
}

/** A record as it is now. A lower revision than the stored one changes nothing, whenever it comes. */
export const upsertRecord = (sql: Sql, write: RecordWrite, now: EpochMicros): Promise<number> =>
  sql.run(
    `insert into records (id, revision, retracted, call_id, kind, direction, successful, extension, remote_number, client_key,
       did, started_at, ended_at, talk_time, listed_at, record)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict (id) do update set revision = excluded.revision, retracted = excluded.retracted, kind = excluded.kind,
       direction = excluded.direction, successful = excluded.successful, extension = excluded.extension,
       remote_number = excluded.remote_number, client_key = excluded.client_key, did = excluded.did,
       started_at = excluded.started_at, ended_at = excluded.ended_at, talk_time = excluded.talk_time,
       listed_at = excluded.listed_at, record = excluded.record
     where records.revision < excluded.revision`,
    columns(write, now)
  )

export const insertChanges = async (sql: Sql, changes: ReadonlyArray<LedgerChange>, now: EpochMicros): Promise<void> => {
  if (changes.length > 0) await sql.run(`select pg_advisory_xact_lock(${CHANGES_LOCK})`)
  for (const change of changes) {
    const { id, callId } = recordOf(change)
    await sql.run(
      `insert into changes (record_id, revision, call_id, changed_at, change) values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [id, change.revision, callId, now, JSON.stringify(change)]
    )
  }
}

export const insertAnomalies = async (sql: Sql, anomalies: ReadonlyArray<Anomaly>, now: EpochMicros): Promise<void> => {
  for (const anomaly of anomalies) {
    await sql.run('insert into anomalies (call_id, digest, told_at, anomaly) values ($1, $2, $3, $4) on conflict do nothing', [
      anomaly.callId,
      digestOf({ ...anomaly }),
      now,
      JSON.stringify(anomaly)
    ])
  }
}

const EventRow = t.type({ received_at: t.number, fields: t.string })
const PlacedRow = t.type({ word: t.string })
const RecordRow = t.type({ revision: t.number, retracted: t.boolean, record: t.string })
const StoredPlaced = t.intersection([t.type({ callId: t.string, at: t.number }), t.partial({ destination: t.string, context: Json })])

/** Everything that is known of a call besides its state. */
export const readHistory = async (sql: Sql, callId: string): Promise<CallHistory> => {
  const events = await sql.rows(EventRow, 'select received_at, fields from events where call_id = $1 order by seq', [callId])
  const placed = await sql.rows(PlacedRow, 'select word from placed where call_id = $1 order by seq', [callId])
  const records = await sql.rows(RecordRow, 'select revision, retracted, record from records where call_id = $1 order by id', [callId])
  const toEvent = ({ fields, received_at }: t.TypeOf<typeof EventRow>): ReadonlyArray<Word> => {
    const decoded = decode(fields, received_at)
    return isRight(decoded) && decoded.right.kind !== 'ignored' ? [{ kind: 'event', event: decoded.right }] : []
  }
  const toPlaced = ({ word }: t.TypeOf<typeof PlacedRow>): ReadonlyArray<Word> => {
    const read = StoredPlaced.decode(JSON.parse(word))
    return isRight(read) ? [{ kind: 'placed', placed: read.right }] : []
  }
  const toRecord = ({ revision, retracted, record }: t.TypeOf<typeof RecordRow>): ReadonlyArray<RecordWrite> => {
    const read = CallRecord.decode(JSON.parse(record))
    return isRight(read) ? [{ revision, retracted, record: read.right }] : []
  }
  return { words: [...placed.flatMap(toPlaced), ...events.flatMap(toEvent)], records: records.flatMap(toRecord) }
}
