import type { Json } from '../call/Placed.js'
import type { Config } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import type { CallRecord } from '../record/CallRecord.js'

/** What a report page holds beside its program. */
export interface ReportData {
  readonly title: string
  /** The name of a time zone. */
  readonly zone: string
  readonly config: Config
  readonly records: ReadonlyArray<CallRecord>
  /** When calls began, as their events tell it: the wait of a client begins then. */
  readonly began: ReadonlyArray<readonly [callId: string, at: EpochMicros]>
  /** The saved state of all calls: each is read when it is opened. */
  readonly state: Json
  /** How many lines could not be read. */
  readonly rejected: number
}

const KEYS = { title: null, zone: null, config: null, records: null, began: null, state: null, rejected: null } satisfies Record<keyof ReportData, null>

/** The command line wrote it: that all is there is all that is looked at. */
export const isReportData = (u: unknown): u is ReportData => typeof u === 'object' && u !== null && Object.keys(KEYS).every((key) => key in u)

/** The element of the page that holds it. */
export const DATA = 'call-legs-report'
