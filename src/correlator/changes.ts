import type { CallRecord } from '../record/CallRecord.js'
import { sameRecord } from '../record/sameRecord.js'
import type { Change } from './Change.js'

/** A record as it was registered, and as it is now. */
export interface Comparison {
  readonly previous: CallRecord | undefined
  readonly record: CallRecord | undefined
}

type Revisions = Readonly<Record<string, number>>

const isChanged = ({ previous, record }: Comparison): boolean =>
  previous === undefined || record === undefined ? previous !== record : !sameRecord(previous, record)

const changeOf = ({ previous, record }: Comparison, revision: number): Change | undefined => {
  if (record === undefined) return previous === undefined ? undefined : { change: 'retracted', revision, previous }
  return previous === undefined ? { change: 'registered', revision, record } : { change: 'revised', revision, record, previous }
}

/** What changed, in the order of the comparisons; and the revisions, of which 1 goes without saying. */
export const changesOf = (
  known: Revisions,
  comparisons: ReadonlyArray<Comparison>
): { readonly changes: ReadonlyArray<Change>; readonly revisions: Revisions } => {
  const changes: Array<Change> = []
  let revisions = known
  for (const comparison of comparisons) {
    if (!isChanged(comparison)) continue
    const { previous, record } = comparison
    const id = record?.id ?? previous?.id ?? ''
    const revision = (revisions[id] ?? (previous === undefined ? 0 : 1)) + 1
    if (revision > 1) revisions = { ...revisions, [id]: revision }
    const change = changeOf(comparison, revision)
    if (change !== undefined) changes.push(change)
  }
  return { changes, revisions }
}
