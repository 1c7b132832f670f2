import { sortLedger, type CallRecord, type Change } from '../index.js'

/** What the changes add up to: upsert, upsert, delete. */
export interface Ledger {
  readonly apply: (change: Change) => void
  /** The records that stand, in the order of the ledger. */
  readonly records: () => ReadonlyArray<CallRecord>
}

/** An id may be any text, `__proto__` included: hence a map. */
export const emptyLedger = (): Ledger => {
  const records = new Map<string, CallRecord>()
  return {
    apply: (change) => {
      switch (change.change) {
        case 'registered':
        case 'revised':
          records.set(change.record.id, change.record)
          return
        case 'retracted':
          records.delete(change.previous.id)
          return
        case 'anomaly':
        case 'rejected':
          return
      }
    },
    records: () => sortLedger(records.values())
  }
}
