import { type CallReducer, type OneCall, type StateError } from 'call-legs'
import { isRight, left, right, type Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

/**
 * How far the revisions in the database are ahead of the library's, by record id. Empty, but for a call whose state
 * had to be made again from its events: see `rebuild`.
 */
export type Offsets = Readonly<Record<string, number>>

/** One call, as it stands in its row. */
export interface StoredCall {
  readonly call: OneCall
  readonly offsets: Offsets
}

/** The columns of its row that matter. JSON is text here. */
export interface CallRow {
  readonly state: string | null
  readonly offsets: string
}

export const CallRow: t.Type<CallRow, unknown> = t.type({ state: t.union([t.string, t.null]), offsets: t.string })

const Counts = t.record(t.string, t.number)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a row; a state that this version of the library does not know, or that somebody has spoilt, is told. */
export const readCall =
  (reducer: CallReducer<OneCall>) =>
  (row: CallRow): Either<StateError, StoredCall> => {
    const offsets = parsed(row.offsets)
    if (!Counts.is(offsets)) return left({ kind: 'malformed', path: 'offsets', reason: 'is no map of numbers' })
    if (row.state === null) return right({ call: reducer.initial, offsets })
    const state = reducer.decode(parsed(row.state))
    return isRight(state) ? right({ call: state.right, offsets }) : state
  }
