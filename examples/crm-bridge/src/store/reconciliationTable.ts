import type { DifferenceKind } from 'call-legs/reconcile'
import type { EpochMicros } from 'call-legs'
import * as t from 'io-ts'
import type { Sql } from './Database.js'

/** Something that the PBX's call history knew and the records did not. */
export interface Found {
  readonly kind: DifferenceKind
  /** For a person. */
  readonly what: string
  readonly callId: string
  readonly recordId?: string
}

/** One comparison of the records with the PBX's call history. Times are microseconds. */
export interface ReconciliationRun {
  readonly at: EpochMicros
  readonly since: EpochMicros
  readonly until: EpochMicros
  /** So many calls the history told. */
  readonly calls: number
  /** So many differences there were; the first of them stand in `found`. */
  readonly differences: number
  readonly found: ReadonlyArray<Found>
  /** What the history left open or said in unknown words. */
  readonly problems: ReadonlyArray<string>
  /** Why it ended early. */
  readonly error?: string
}

/** What `GET /api/reconciliation` answers. */
export interface ReconciliationTold {
  /** Is the history compared at all? */
  readonly on: boolean
  readonly running: boolean
  readonly last: ReconciliationRun | null
}

const Row = t.type({ run: t.string })

/** Of the earlier runs none is asked for: a month of them is kept. */
const KEPT = 60

export const insertRun = async (sql: Sql, run: ReconciliationRun): Promise<void> => {
  await sql.run('insert into reconciliations (run_at, run) values ($1, $2)', [run.at, JSON.stringify(run)])
  await sql.run(`delete from reconciliations where seq <= (select max(seq) - ${KEPT} from reconciliations)`)
}

/** The last run, as JSON; none yet. */
export const readLastRun = async (sql: Sql): Promise<unknown> => {
  const [row] = await sql.rows(Row, 'select run from reconciliations order by seq desc limit 1')
  return row === undefined ? undefined : JSON.parse(row.run)
}
