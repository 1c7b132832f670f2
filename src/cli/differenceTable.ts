import { differenceMessage, type Difference } from '../reconcile/index.js'
import { beginningOf } from '../summary/RecordedCall.js'
import { fittingTable, type FittingColumn } from './fittingTable.js'
import type { TableView } from './recordTable.js'
import { clockTime, day, talkLength } from './when.js'

/** The record that a difference is about. */
const recordOf = ({ record, previous }: Difference) => record ?? previous

const talkOf = (difference: Difference): string => {
  const record = recordOf(difference)
  return record?.successful === true && record.talkTime !== undefined ? talkLength(record.talkTime) : ''
}

const columnsOf = ({ zone }: TableView): ReadonlyArray<FittingColumn<Difference>> => {
  const began = (difference: Difference): string => {
    const record = recordOf(difference)
    const at = record === undefined ? undefined : beginningOf(record)
    return at === undefined ? '' : `${day(zone, at)} ${clockTime(zone, at)}`
  }
  return [
    { heading: 'began', widest: 25, cell: began },
    { heading: 'what', widest: 36, cell: ({ kind }) => differenceMessage(kind) },
    { heading: 'record', widest: 12, cell: (difference) => recordOf(difference)?.kind ?? '' },
    { heading: 'extension', widest: 16, leftOut: 2, cell: (difference) => recordOf(difference)?.extension ?? '' },
    { heading: 'number', widest: 20, cell: (difference) => recordOf(difference)?.remoteNumber ?? '' },
    { heading: 'talk', widest: 8, leftOut: 1, cell: talkOf },
    { heading: 'call', widest: 32, leftOut: 3, cell: ({ callId }) => callId }
  ]
}

/** The differences as a table for people, piece by piece; `calls`: so many calls the history told. */
export function* differenceTable(differences: ReadonlyArray<Difference>, calls: number, view: TableView): Iterable<string> {
  const told = `${calls} ${calls === 1 ? 'call' : 'calls'} of the history`
  if (differences.length === 0) {
    yield `no differences: ${told} compared\n`
    return
  }
  yield* fittingTable(differences, columnsOf(view), view.width ?? Infinity)
  yield `\n${differences.length} ${differences.length === 1 ? 'difference' : 'differences'} in ${told}\n`
}
