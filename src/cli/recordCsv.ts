import { toDate, toSeconds, type CallRecord, type EpochMicros } from '../index.js'
import { clockTime, day, type Zone } from './when.js'

const two = (n: number): string => String(n).padStart(2, '0')

/** `2026-06-03T08:55:32+03:00`: a spreadsheet, a program and a person read the same moment. */
const isoTime = (zone: Zone, at: EpochMicros | undefined): string => {
  if (at === undefined) return ''
  if (zone === 'utc') return `${day(zone, at)}T${clockTime(zone, at)}Z`
  const date = toDate(at)
  const minutes = -date.getTimezoneOffset()
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
  return `${day(zone, at)}T${clockTime(zone, at).slice(0, 8)}${offset}`
}

/** The columns in their order: it does not change within a version of records. */
const COLUMNS: ReadonlyArray<readonly [name: string, cell: (record: CallRecord, zone: Zone) => string | undefined]> = [
  ['began', (record, zone) => isoTime(zone, record.startedAt)],
  ['answered', (record, zone) => (record.kind === 'missed' ? '' : isoTime(zone, record.answeredAt))],
  ['ended', (record, zone) => (record.kind === 'incomplete' ? '' : isoTime(zone, record.endedAt))],
  ['kind', ({ kind }) => kind],
  ['direction', ({ direction }) => direction],
  ['extension', ({ extension }) => extension],
  ['number', ({ remoteNumber }) => remoteNumber],
  ['name', ({ remoteName }) => remoteName],
  ['talk_seconds', (record) => (record.successful && record.talkTime !== undefined ? String(toSeconds(record.talkTime)) : '')],
  ['did', ({ did }) => did],
  ['cause', (record) => (record.kind === 'unsuccessful' ? record.cause : '')],
  ['rang', (record) => (record.kind === 'missed' ? record.rang.join(' ') : '')],
  ['transferred_from', (record) => (record.kind === 'missed' ? '' : record.transfer?.from?.extension)],
  ['transferred_client', (record) => (record.kind === 'missed' ? '' : record.transfer?.client)],
  ['callback_id', ({ callBackId }) => callBackId],
  ['recording_id', (record) => (record.kind === 'missed' ? '' : record.recordingId)],
  ['call_id', ({ callId }) => callId],
  ['id', ({ id }) => id]
]

/** A spreadsheet runs what begins so, a tab or a line end before it or not; a number with a plus is none of these. */
const FORMULA = /^\s*[=+\-@]/
const NUMBER = /^\+?\d+$/

/** A cell as RFC 4180 has it. What a spreadsheet would run has an apostrophe before it, which shows that it is text. */
const cell = (text: string): string => {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const row = (cells: ReadonlyArray<string>): string => `${cells.map(cell).join(',')}\r\n`

/** The records as comma-separated values (RFC 4180), piece by piece: a heading, then one record a row. */
export function* recordCsv(records: Iterable<CallRecord>, zone: Zone): Iterable<string> {
  yield row(COLUMNS.map(([name]) => name))
  for (const record of records) yield row(COLUMNS.map(([, of]) => of(record, zone) ?? ''))
}
