import type { CallRecord, EpochMicros, Micros } from 'call-legs'
import { employeeAt, type Employees } from '../call/employees.js'
import type { Words } from './words.js'

const two = (n: number): string => String(n).padStart(2, '0')

/** `3:07`, `1:02:00`; of a running clock. */
export const clock = (time: Micros): string => {
  const all = Math.max(0, Math.floor(time / 1e6))
  const minutes = Math.floor(all / 60)
  return minutes < 60 ? `${minutes}:${two(all % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(all % 60)}`
}

/** `34 s`, `3:07 min`: within a sentence. */
export const length = (time: Micros, { language }: Words): string => {
  const all = Math.max(0, Math.round(time / 1e6))
  if (all < 100) return `${all} ${language === 'ru' ? 'с' : 's'}`
  return all < 3600 ? `${clock(all * 1e6)} ${language === 'ru' ? 'мин' : 'min'}` : `${clock(all * 1e6)} ${language === 'ru' ? 'ч' : 'h'}`
}

export const dateOf = (at: EpochMicros): Date => new Date(at / 1000)

/** `08:55` */
export const hour = (at: EpochMicros, { language }: Words): string => dateOf(at).toLocaleTimeString(language === 'ru' ? 'ru' : [], { hour: '2-digit', minute: '2-digit' })

/** `Today`, `Yesterday`, or the day in full. */
export const day = (at: EpochMicros, words: Words, now: Date): string => {
  const then = dateOf(at)
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(then).setHours(0, 0, 0, 0)) / 86_400_000)
  if (days === 0) return words.today
  return days === 1 ? words.yesterday : then.toLocaleDateString(words.language === 'ru' ? 'ru' : [], { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
}

/** `08:55`, with the day before it if that is not today. */
export const moment = (at: EpochMicros, words: Words, now: Date): string => {
  const which = day(at, words, now)
  return which === words.today ? hour(at, words) : `${which === words.yesterday ? which : dateOf(at).toLocaleDateString(words.language === 'ru' ? 'ru' : [], { day: 'numeric', month: 'short' })} ${hour(at, words)}`
}

/** A number as people write it, a Russian one at least. */
export const shownNumber = (number: string): string => {
  const parts = /^\+?7(\d{3})(\d{3})(\d\d)(\d\d)$/.exec(number)
  return parts === null ? number : `+7 ${parts[1] ?? ''} ${parts[2] ?? ''}-${parts[3] ?? ''}-${parts[4] ?? ''}`
}

/** Without the company's prefix: `101` of `453*101`, as it stands on the phone. */
export const shortExtension = (extension: string): string => /^\d+\*(.+)$/.exec(extension)?.[1] ?? extension

/** `101 Reception` */
export const employee = (extension: string, employees: Employees): string => {
  const name = employeeAt(employees, extension)
  return name === undefined ? shortExtension(extension) : `${shortExtension(extension)} ${name}`
}

/** When a record ended, as far as it is known. */
export const whenOf = (record: CallRecord): EpochMicros =>
  (record.kind === 'incomplete' ? record.answeredAt : record.endedAt) ?? record.startedAt ?? 0

/** What came of it, in a word. */
export const outcome = (record: CallRecord, { kinds, causes }: Words): string => (record.kind === 'unsuccessful' ? causes[record.cause] : kinds[record.kind])
