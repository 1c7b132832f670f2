import { CallRecord } from 'call-legs'
import { isRight } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { RecordWrite } from '../call/Writes.js'
import type { Memory, Shown } from '../crm/Crm.js'
import type { Sql } from './Database.js'
import { storable } from './storable.js'

/** By the database's own clock, in milliseconds: it is one for all processes. */
const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint'

/** Notes what the CRM is to be told, in the transaction that makes it so. Only the newest revision of a record waits. */
export const enqueue =
  (delay: number) =>
  async (sql: Sql, writes: ReadonlyArray<RecordWrite>): Promise<void> => {
    for (const { record, revision } of writes) {
      await sql.run(
        `insert into crm_outbox (record_id, wanted, next_at) values ($1, $2, ${NOW} + $3)
         on conflict (record_id) do update set wanted = excluded.wanted, next_at = excluded.next_at, tries = 0, recording_tries = 0
         where crm_outbox.wanted < excluded.wanted`,
        [record.id, revision, delay]
      )
    }
  }

/** One record whose turn it is, ours until the lease ends. */
export interface Claim {
  readonly recordId: string
  /** Of each further claim of the record another number: whoever comes too late changes nothing. */
  readonly claim: number
  readonly wanted: Shown
  readonly sent: Shown | undefined
  readonly memory: Memory
  readonly doubt: boolean
  readonly tries: number
  readonly recordingTries: number
  /** What was to be said of it so far. */
  readonly said: string | undefined
}

const nullable = t.union([t.string, t.null])
const ClaimRow = t.type({
  record_id: t.string,
  claim: t.number,
  revision: t.number,
  retracted: t.boolean,
  record: t.string,
  sent: nullable,
  memory: t.string,
  doubt: t.boolean,
  tries: t.number,
  recording_tries: t.number,
  said: nullable
})
const Sent: t.Type<Shown, unknown, unknown> = t.intersection([
  t.type({ revision: t.number, retracted: t.boolean, record: CallRecord }),
  t.partial({ recording: t.string })
])
const Remembered = t.record(t.string, t.string)

const readAs = <A>(codec: t.Type<A, unknown, unknown>, text: string | null): A | undefined => {
  const read = text === null ? undefined : codec.decode(JSON.parse(text))
  return read !== undefined && isRight(read) ? read.right : undefined
}

/** Takes the record that has waited for longest and that nobody has in hand. What another CRM was sent says nothing of this one. */
export const claimDelivery = async (sql: Sql, crm: string, lease: number): Promise<Claim | undefined> => {
  const [row] = await sql.rows(
    ClaimRow,
    `with due as (
       select record_id, crm = $2 as same, doubt and crm = $2 as doubt from crm_outbox where next_at <= ${NOW} and leased_until <= ${NOW}
       order by next_at, record_id limit 1 for update skip locked
     )
     update crm_outbox o set claim = o.claim + 1, leased_until = ${NOW} + $1, doubt = true, crm = $2,
       sent = case when due.same then o.sent end, memory = case when due.same then o.memory else '{}' end
     from due, records r where o.record_id = due.record_id and r.id = o.record_id
     returning o.record_id, o.claim, r.revision, r.retracted, r.record, o.sent, o.memory, due.doubt, o.tries, o.recording_tries, o.said`,
    [lease, crm]
  )
  if (row === undefined) return undefined
  const record = readAs(CallRecord, row.record)
  if (record === undefined) throw new TypeError(`the record ${row.record_id} cannot be read`)
  return {
    recordId: row.record_id,
    claim: row.claim,
    wanted: { revision: row.revision, retracted: row.retracted, record },
    sent: readAs(Sent, row.sent),
    memory: readAs(Remembered, row.memory) ?? {},
    doubt: row.doubt,
    tries: row.tries,
    recordingTries: row.recording_tries,
    said: row.said ?? undefined
  }
}

type Mine = Pick<Claim, 'recordId' | 'claim'>

/** False, if the lease was over and somebody else has the record. */
export const keepMemory = async (sql: Sql, { recordId, claim }: Mine, memory: Memory): Promise<boolean> =>
  (await sql.run('update crm_outbox set memory = $3 where record_id = $1 and claim = $2', [recordId, claim, JSON.stringify(memory)])) > 0

/** What the CRM has now, and after how long to come back for the recording, if at all. */
export interface Settlement {
  readonly revision: number
  readonly sent: Shown | undefined
  readonly memory: Memory
  readonly said?: string
  readonly again?: number
}

/** The CRM has it. A revision that came meanwhile has set a time of its own. */
export const settleDone = (sql: Sql, { recordId, claim }: Mine, { revision, sent, memory, said, again }: Settlement): Promise<number> =>
  sql.run(
    `update crm_outbox set sent_revision = $3, sent = $4, memory = $5, said = $6, tries = 0, doubt = false, leased_until = 0,
       recording_tries = recording_tries + case when $7::bigint is null then 0 else 1 end,
       next_at = case when wanted > $3 then next_at else ${NOW} + $7::bigint end
     where record_id = $1 and claim = $2`,
    [recordId, claim, revision, sent === undefined ? null : JSON.stringify(sent), JSON.stringify(memory), said === undefined ? null : storable(said), again ?? null]
  )

/** The CRM has it not, or perhaps not: again after the wait, in milliseconds. */
export const settleLater = (sql: Sql, { recordId, claim }: Mine, said: string, wait: number, doubt: boolean): Promise<number> =>
  sql.run(
    `update crm_outbox set said = $3, tries = tries + 1, doubt = $5, leased_until = 0, next_at = ${NOW} + $4 where record_id = $1 and claim = $2`,
    [recordId, claim, storable(said), wait, doubt]
  )

const CountRow = t.type({ waiting: t.number, oldest: t.union([t.number, t.null]) })
const SaidRow = t.type({ record_id: t.string, waiting: t.boolean, tries: t.number, said: t.string })

/** How much waits, for how many milliseconds the first of it has been due, and what is to be said of records. */
export const readDeliveries = async (sql: Sql, limit: number) => {
  const [count] = await sql.rows(
    CountRow,
    `select count(*) as waiting, greatest(0, ${NOW} - min(next_at)) as oldest from crm_outbox where next_at is not null and wanted > sent_revision`
  )
  const said = await sql.rows(
    SaidRow,
    'select record_id, wanted > sent_revision as waiting, tries, said from crm_outbox where said is not null order by wanted > sent_revision desc, seq desc limit $1',
    [limit]
  )
  return {
    waiting: count?.waiting ?? 0,
    overdue: count?.oldest ?? 0,
    records: said.map(({ record_id, waiting, tries, said: sentence }) => ({ record: record_id, waiting, tries, said: sentence }))
  }
}
