import type { Ord } from 'fp-ts/lib/Ord.js'
import type { Ordering } from 'fp-ts/lib/Ordering.js'
import type { CallRecord } from './CallRecord.js'

const endOf = (record: CallRecord): number => (record.kind === 'incomplete' ? Infinity : record.endedAt)

const sign = (a: number | string, b: number | string): Ordering => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The order of the ledger: by `endedAt`, absent last, then by `id` by code units.
 *
 * @since 0.1.0
 * @category record
 */
export const LedgerOrd: Ord<CallRecord> = {
  equals: (a, b) => a.id === b.id && endOf(a) === endOf(b),
  compare: (a, b) => sign(endOf(a), endOf(b)) || sign(a.id, b.id)
}

/**
 * The records in the order of the ledger.
 *
 * @since 0.1.0
 * @category record
 */
export const sortLedger = (records: Iterable<CallRecord>): ReadonlyArray<CallRecord> => [...records].sort(LedgerOrd.compare)
