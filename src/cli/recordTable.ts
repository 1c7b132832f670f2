import type { CallRecord, EpochMicros } from '../index.js'
import { kindColour } from './colours.js'
import { fittingTable, type FittingColumn } from './fittingTable.js'
import { notesOf } from './recordNotes.js'
import { beginningOf } from '../summary/RecordedCall.js'
import { clockTime, day, talkLength, type Zone } from './when.js'

/** How a person wants to see the records. */
export interface TableView {
  readonly zone: Zone
  /** Columns of the terminal; without one there is no end. */
  readonly width?: number | undefined
  readonly colours?: boolean
}

/** The longest time: `2026-10-25 02:30:00+02:00`. */
const TIME = 25

/** Of a call whose beginning was not seen, nothing. */
const startedAt = (record: CallRecord): EpochMicros | undefined =>
  record.startedAt ?? (record.kind === 'missed' ? undefined : record.answeredAt)

const endedAt = (record: CallRecord): EpochMicros | undefined => (record.kind === 'incomplete' ? undefined : record.endedAt)

const talkOf = (record: CallRecord): string =>
  record.successful && record.talkTime !== undefined ? talkLength(record.talkTime) : ''

/** A caller without a name goes by his number: that is told already. */
const nameOf = ({ remoteName, remoteNumber }: CallRecord): string => (remoteName === remoteNumber ? '' : remoteName ?? '')

const timesOf = (record: CallRecord): ReadonlyArray<EpochMicros> =>
  [startedAt(record), endedAt(record)].flatMap((at) => (at === undefined ? [] : [at]))

const columnsOf = (records: ReadonlyArray<CallRecord>, { zone, colours = false }: TableView): ReadonlyArray<FittingColumn<CallRecord>> => {
  const days = new Set(records.flatMap(timesOf).map((at) => day(zone, at)))
  const time = (at: EpochMicros | undefined): string => {
    if (at === undefined) return ''
    return days.size > 1 ? `${day(zone, at)} ${clockTime(zone, at)}` : clockTime(zone, at)
  }
  const named = records.some((record) => nameOf(record) !== '')
  return [
    { heading: 'began', widest: TIME, cell: (record) => time(startedAt(record)) },
    { heading: 'ended', widest: TIME, leftOut: 5, cell: (record) => time(endedAt(record)) },
    { heading: 'kind', widest: 12, cell: (record) => record.kind, ...(colours ? { colour: kindColour } : {}) },
    { heading: 'direction', widest: 9, leftOut: 4, cell: (record) => record.direction },
    { heading: 'extension', widest: 16, cell: (record) => record.extension ?? '' },
    { heading: 'number', widest: 20, cell: (record) => record.remoteNumber ?? '' },
    ...(named ? [{ heading: 'name', widest: 24, least: 10, leftOut: 3, cell: nameOf }] : []),
    { heading: 'talk', widest: 8, leftOut: 1, cell: talkOf },
    { heading: 'DID', widest: 16, leftOut: 6, cell: (record) => record.did ?? '' },
    { heading: 'notes', widest: 60, least: 16, leftOut: 2, cell: notesOf }
  ]
}

const titleOf = (records: ReadonlyArray<CallRecord>, zone: Zone): string => {
  const times = records.flatMap(timesOf)
  if (times.length === 0) return ''
  const first = day(zone, times.reduce((a, b) => Math.min(a, b)))
  const last = day(zone, times.reduce((a, b) => Math.max(a, b)))
  return `${first === last ? first : `${first} to ${last}`}${zone === 'utc' ? ', UTC' : ''}\n\n`
}

const summaryOf = (records: ReadonlyArray<CallRecord>): string => {
  const counts = new Map<string, number>()
  for (const { kind } of records) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const parts = [...counts].map(([kind, count]) => `${count} ${kind}`)
  return `\n${records.length} ${records.length === 1 ? 'record' : 'records'}: ${parts.join(', ')}\n`
}

/** A list stands by what it shows first; of the same time as in the ledger. */
const byBeginning = (a: CallRecord, b: CallRecord): number => (beginningOf(a) ?? Number.MAX_SAFE_INTEGER) - (beginningOf(b) ?? Number.MAX_SAFE_INTEGER)

/** The records as a table for people, piece by piece: a title, a heading, the records by their beginning, a summary. */
export function* recordTable(records: ReadonlyArray<CallRecord>, view: TableView): Iterable<string> {
  if (records.length === 0) {
    yield 'no records\n'
    return
  }
  yield titleOf(records, view.zone)
  yield* fittingTable([...records].sort(byBeginning), columnsOf(records, view), view.width ?? Infinity)
  yield summaryOf(records)
}
