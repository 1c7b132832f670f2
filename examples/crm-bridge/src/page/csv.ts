import { clientNumber, speakerOf, talkTimeOf } from '../call/wholeCall.js'
import { employeeAt, type Employees } from '../call/employees.js'
import { dateOf, outcome, whenOf } from './shown.js'
import type { ListedCall } from './types.js'
import type { Words } from './words.js'

/** A spreadsheet runs what begins so; a number with a plus is none of these. */
const FORMULA = /^\s*[=+\-@]/
const NUMBER = /^\+?\d+$/

const cell = (text: string): string => {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const two = (n: number): string => String(n).padStart(2, '0')

/** `2026-06-03 08:55:17` by the browser's clock: every spreadsheet reads it. */
const written = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`

/** Calls as comma-separated values, one a row. The mark at the beginning tells spreadsheets that it is UTF-8. */
export const csvOf = (calls: ReadonlyArray<ListedCall>, employees: Employees, words: Words): string => {
  const rows = calls.flatMap(({ callId, records, client }) => {
    const record = speakerOf(records)
    if (record === undefined) return []
    const talk = talkTimeOf(records)
    const began = Math.min(...records.map((one) => one.startedAt ?? whenOf(one)))
    return [
      [
        written(dateOf(began)),
        outcome(record, words),
        record.direction === 'incoming' ? words.incoming : words.outgoing,
        clientNumber(record) ?? '',
        client?.name ?? record.remoteName ?? '',
        record.extension ?? '',
        employeeAt(employees, record.extension) ?? '',
        talk === 0 ? '' : String(Math.round(talk / 1e6)),
        record.did ?? '',
        callId
      ]
    ]
  })
  return `\uFEFF${[words.columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}
