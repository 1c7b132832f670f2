import type { CallRecord } from '../record/CallRecord.js'
import { sameRecord } from '../record/sameRecord.js'
import type { Revisions } from '../state/SavedCall.js'
import type { Change } from './Change.js'

/** So it is with nearly every call. */
export const NO_REVISIONS: Revisions = {}

/** What changed of a call, told record by record. */
export interface Told {
  revisions: Revisions
  readonly changes: Array<Change>
}

const changeOf = (previous: CallRecord | undefined, record: CallRecord | undefined, revision: number): Change | undefined => {
  if (record === undefined) return previous === undefined ? undefined : { change: 'retracted', revision, previous }
  return previous === undefined ? { change: 'registered', revision, record } : { change: 'revised', revision, record, previous }
}

/** Tells what became of a record as it was registered: nothing, if it is the same now. */
export const tell = (told: Told, previous: CallRecord | undefined, record: CallRecord | undefined): void => {
  if (previous === record || (previous !== undefined && record !== undefined && sameRecord(previous, record))) return
  const id = record?.id ?? previous?.id ?? ''
  const revision = (told.revisions[id] ?? (previous === undefined ? 0 : 1)) + 1
  if (revision > 1) told.revisions = { ...told.revisions, [id]: revision }
  const change = changeOf(previous, record, revision)
  if (change !== undefined) told.changes.push(change)
}
