import type { Anomaly, CallRecord, CallReducer, Change, EpochMicros, OneCall, Transition } from 'call-legs'
import type { Offsets, StoredCall } from './StoredCall.js'
import type { Word } from './Word.js'

/** What is written of a call's state; nothing of it, if even its CallID is forgotten now. */
export interface StateWrite {
  readonly state: string
  readonly due: EpochMicros | undefined
  /** Does somebody ring, talk or wait? */
  readonly open: boolean
  readonly offsets: Offsets
}

/** The record as it is from now on; of a retracted one, as it was. */
export interface RecordWrite {
  readonly revision: number
  readonly retracted: boolean
  readonly record: CallRecord
}

/** A change of the ledger, with the revision that it has in the database. */
export type LedgerChange = Extract<Change, { readonly revision: number }>

/** Everything that one word about a call has to write, in one transaction. */
export interface Writes {
  /** The call afterwards. */
  readonly next: StoredCall
  readonly state: StateWrite | undefined
  readonly records: ReadonlyArray<RecordWrite>
  readonly changes: ReadonlyArray<LedgerChange>
  readonly anomalies: ReadonlyArray<Anomaly>
  /** What the library would not take, in words. */
  readonly rejected: ReadonlyArray<string>
}

const transition = (reducer: CallReducer<OneCall>, call: OneCall, word: Word): Transition<OneCall> => {
  switch (word.kind) {
    case 'event':
      return reducer.step(call, word.event)
    case 'placed':
      return reducer.placed(call, word.placed)
    case 'tick':
      return reducer.tick(call, word.now)
  }
}

/** The record that a change is about. */
export const recordOf = (change: LedgerChange): CallRecord => (change.change === 'retracted' ? change.previous : change.record)

export const recordWrite = (change: LedgerChange): RecordWrite => ({
  revision: change.revision,
  retracted: change.change === 'retracted',
  record: recordOf(change)
})

export const stateWrite = (reducer: CallReducer<OneCall>, { call, offsets }: StoredCall): StateWrite | undefined =>
  call.state === undefined
    ? undefined
    : { state: JSON.stringify(reducer.encode(call)), due: reducer.due(call), open: reducer.openLegs(call).length > 0, offsets }

/** Of several changes of one record the last says how it is. */
const latest = (changes: ReadonlyArray<LedgerChange>): ReadonlyArray<RecordWrite> => [
  ...new Map(changes.map((change) => [recordOf(change).id, recordWrite(change)])).values()
]

/** What is to be written when a call is told something: the bridge's whole logic, and a pure function. */
export const writesOf =
  (reducer: CallReducer<OneCall>) =>
  (stored: StoredCall, word: Word): Writes => {
    const [call, changes] = transition(reducer, stored.call, word)
    const { offsets } = stored
    const ledger = changes.flatMap((change): ReadonlyArray<LedgerChange> =>
      'revision' in change ? [{ ...change, revision: change.revision + (offsets[recordOf(change).id] ?? 0) }] : []
    )
    const next = { call, offsets }
    return {
      next,
      state: stateWrite(reducer, next),
      records: latest(ledger),
      changes: ledger,
      anomalies: changes.flatMap((change) => (change.change === 'anomaly' ? [change.anomaly] : [])),
      rejected: changes.flatMap((change) => (change.change === 'rejected' ? [`${change.error.field} ${change.error.reason}`] : []))
    }
  }
