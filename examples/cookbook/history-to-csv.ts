/**
 * Makes a table for a spreadsheet of a recording, in whatever order its events are:
 *
 *     npx tsx examples/cookbook/history-to-csv.ts examples/events/day.ndjson > calls.csv
 */
import { readFileSync } from 'node:fs'
import { decodeErrorMessage, ledger, toDate, toSeconds, type CallRecord, type EpochMicros } from 'call-legs'

const [file = 'examples/events/day.ndjson'] = process.argv.slice(2)
const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '')
const { records, rejected } = ledger({ directory: JSON.parse(readFileSync('examples/directory.json', 'utf8')) })(lines)
for (const { error } of rejected) console.error(decodeErrorMessage(error))

/** A caller can choose his name: a text that a spreadsheet would take for a formula gets an apostrophe. A number is none. */
const cell = (value: string): string => {
  const text = /^[=+\-@\t\r]/.test(value) && !/^\+\d+$/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const time = (at: EpochMicros | undefined): string => (at === undefined ? '' : toDate(at).toISOString())

const COLUMNS: Readonly<Record<string, (record: CallRecord) => string>> = {
  id: ({ id }) => id,
  began: ({ startedAt }) => time(startedAt),
  ended: (record) => (record.kind === 'incomplete' ? '' : time(record.endedAt)),
  kind: ({ kind }) => kind,
  direction: ({ direction }) => direction,
  extension: ({ extension = '' }) => extension,
  number: ({ remoteNumber = '' }) => remoteNumber,
  name: (record) => ('remoteName' in record ? (record.remoteName ?? '') : ''),
  seconds: (record) => (record.successful && record.talkTime !== undefined ? String(Math.round(toSeconds(record.talkTime))) : '')
}

console.log(Object.keys(COLUMNS).join(','))
for (const record of records) console.log(Object.values(COLUMNS).map((column) => cell(column(record))).join(','))
