import Table from 'cli-table3'
import type { CallRecord, EpochMicros } from '../index.js'
import { displayWidth } from './displayWidth.js'
import { printable } from './printable.js'
import { notesOf } from './recordNotes.js'
import { clockTime, day, talkLength, type Zone } from './when.js'

interface Column {
  readonly heading: string
  /** Wider cells are cut, with an ellipsis. */
  readonly widest: number
  readonly cell: (record: CallRecord) => string
}

const GAP = 2

/** The longest time: `2026-10-25 02:30:00+02:00`. */
const TIME = 25

/** A few rows a piece: laying out takes the square of their number. */
const ROWS = 25

/** No lines between the columns: the table can be searched, cut and pasted. */
const BARE = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '',
  right: '', 'right-mid': '', middle: ''
} as const

const beganAt = (record: CallRecord): EpochMicros | undefined =>
  record.startedAt ?? (record.kind === 'missed' ? undefined : record.answeredAt)

const endedAt = (record: CallRecord): EpochMicros | undefined => (record.kind === 'incomplete' ? undefined : record.endedAt)

const talkOf = (record: CallRecord): string =>
  record.successful && record.talkTime !== undefined ? talkLength(record.talkTime) : ''

/** A caller without a name goes by his number: that is told already. */
const nameOf = ({ remoteName, remoteNumber }: CallRecord): string => (remoteName === remoteNumber ? '' : remoteName ?? '')

const timesOf = (record: CallRecord): ReadonlyArray<EpochMicros> =>
  [beganAt(record), endedAt(record)].flatMap((at) => (at === undefined ? [] : [at]))

const columnsOf = (records: ReadonlyArray<CallRecord>, zone: Zone): ReadonlyArray<Column> => {
  const days = new Set(records.flatMap(timesOf).map((at) => day(zone, at)))
  const time = (at: EpochMicros | undefined): string => {
    if (at === undefined) return ''
    return days.size > 1 ? `${day(zone, at)} ${clockTime(zone, at)}` : clockTime(zone, at)
  }
  const named = records.some((record) => nameOf(record) !== '')
  return [
    { heading: 'began', widest: TIME, cell: (record) => time(beganAt(record)) },
    { heading: 'ended', widest: TIME, cell: (record) => time(endedAt(record)) },
    { heading: 'kind', widest: 12, cell: (record) => record.kind },
    { heading: 'direction', widest: 9, cell: (record) => record.direction },
    { heading: 'extension', widest: 16, cell: (record) => record.extension ?? '' },
    { heading: 'number', widest: 20, cell: (record) => record.remoteNumber ?? '' },
    ...(named ? [{ heading: 'name', widest: 24, cell: nameOf }] : []),
    { heading: 'talk', widest: 8, cell: talkOf },
    { heading: 'DID', widest: 16, cell: (record) => record.did ?? '' },
    { heading: 'notes', widest: 60, cell: notesOf }
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

const layOut = (rows: ReadonlyArray<ReadonlyArray<string>>, widths: ReadonlyArray<number>): string => {
  const table = new Table({
    chars: BARE,
    colWidths: widths.map((width) => width + GAP),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP }
  })
  table.push(...rows.map((row) => [...row]))
  return table.toString().replace(/ +$/gm, '')
}

/** The ledger as a table for people, piece by piece: a title, a heading, the records in their order, a summary. */
export function* recordTable(records: ReadonlyArray<CallRecord>, zone: Zone): Iterable<string> {
  if (records.length === 0) {
    yield 'no records\n'
    return
  }
  const columns = columnsOf(records, zone)
  const rowOf = (record: CallRecord): ReadonlyArray<string> => columns.map(({ cell }) => printable(cell(record)))
  const widths = columns.map(({ heading, widest, cell }) =>
    records.reduce((width, record) => Math.min(widest, Math.max(width, displayWidth(printable(cell(record))))), heading.length)
  )
  yield titleOf(records, zone)
  yield `${layOut([columns.map(({ heading }) => heading)], widths)}\n`
  for (let i = 0; i < records.length; i += ROWS) yield `${layOut(records.slice(i, i + ROWS).map(rowOf), widths)}\n`
  yield summaryOf(records)
}
