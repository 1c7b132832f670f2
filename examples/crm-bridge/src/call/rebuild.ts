import type { CallRecord, CallReducer, EpochMicros, OneCall } from 'call-legs'
import type { StoredCall } from './StoredCall.js'
import { recordOf, recordWrite, writesOf, type LedgerChange, type RecordWrite, type Writes } from './Writes.js'
import type { Word } from './Word.js'

/** What is known of a call besides its state. */
export interface CallHistory {
  /** Every event and `placed` of it, in the order in which they came. */
  readonly words: ReadonlyArray<Word>
  /** Its records, retracted ones included. */
  readonly records: ReadonlyArray<RecordWrite>
}

export interface Rebuilt {
  readonly stored: StoredCall
  /** What has to be written besides the state, where the records were not those that follow from the events. */
  readonly writes: Pick<Writes, 'records' | 'changes' | 'anomalies'>
}

/** How a record came out of the events: as it is, or that it was retracted, and the library's own revision of it. */
type Outcome = RecordWrite | undefined

/** `because` may change from one version of the library to the next; that is no revision. Keys may come in another order. */
const sameContent = (a: CallRecord, b: CallRecord): boolean => canonical({ ...a, because: [] }) === canonical({ ...b, because: [] })

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part
  )

/** From what is stored to what follows from the events, as a change with the next revision; nothing, if they are the same. */
const correction = (known: Outcome, found: Outcome): LedgerChange | undefined => {
  const before = known === undefined || known.retracted ? undefined : known.record
  const after = found === undefined || found.retracted ? undefined : found.record
  const revision = (known?.revision ?? 0) + 1
  if (after === undefined) return before === undefined ? undefined : { change: 'retracted', revision, previous: before }
  if (before === undefined) return { change: 'registered', revision, record: after }
  return sameContent(before, after) ? undefined : { change: 'revised', revision, record: after, previous: before }
}

/**
 * Makes the state of a call again from its events, where the stored one cannot be read: the records depend on nothing
 * but the set of events, so nothing is lost by that. What the library counts as revision 1 is a later one for whoever
 * has read the database before, so each record keeps how far its revisions are ahead: revisions go on where they were.
 */
export const rebuild =
  (reducer: CallReducer<OneCall>) =>
  ({ words, records }: CallHistory, now: EpochMicros): Rebuilt => {
    const told = [...words, { kind: 'tick', now } as const]
    const apply = writesOf(reducer)
    let stored: StoredCall = { call: reducer.initial, offsets: {} }
    const changes: Array<LedgerChange> = []
    const anomalies: Array<Writes['anomalies'][number]> = []
    for (const word of told) {
      const writes = apply(stored, word)
      changes.push(...writes.changes)
      anomalies.push(...writes.anomalies)
      stored = writes.next
    }
    const found = new Map(changes.map((change) => [recordOf(change).id, recordWrite(change)]))
    const known = new Map(records.map((write) => [write.record.id, write]))
    const ids = [...new Set([...known.keys(), ...found.keys()])]
    const corrections = ids.flatMap((id) => correction(known.get(id), found.get(id)) ?? [])
    const revisions = new Map([...records, ...corrections.map(recordWrite)].map(({ record, revision }) => [record.id, revision]))
    const offsets = Object.fromEntries(ids.map((id) => [id, (revisions.get(id) ?? 0) - (found.get(id)?.revision ?? 0)]))
    return { stored: { call: stored.call, offsets }, writes: { records: corrections.map(recordWrite), changes: corrections, anomalies } }
  }
