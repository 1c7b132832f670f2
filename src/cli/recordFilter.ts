import type { CallRecord, EpochMicros } from '../index.js'
import { beginningOf } from '../summary/RecordedCall.js'
import type { Zone } from './when.js'

/** Which records are shown; the events that make them are read all the same. */
export interface RecordFilter {
  /** From then on. */
  readonly since?: EpochMicros
  /** Before then. */
  readonly until?: EpochMicros
  /** One of these; so the others. */
  readonly kind?: ReadonlyArray<string>
  readonly number?: ReadonlyArray<string>
  readonly extension?: ReadonlyArray<string>
}

const digitsOf = (text: string | undefined): string => (text ?? '').replace(/\D/g, '')

const has = (wanted: ReadonlyArray<string> | undefined, is: (one: string) => boolean): boolean => wanted === undefined || wanted.some(is)

/** A number by its digits, or by the last of them; an extension whole, or without its prefix. */
export const passes = ({ since, until, kind, number, extension }: RecordFilter, record: CallRecord): boolean => {
  const at = beginningOf(record)
  const numbers = [record.remoteNumber, record.kind === 'missed' ? undefined : record.transfer?.client].map(digitsOf).filter((digits) => digits !== '')
  return (
    (since === undefined || (at !== undefined && at >= since)) &&
    (until === undefined || (at !== undefined && at < until)) &&
    has(kind, (one) => one === record.kind) &&
    has(number, (one) => numbers.some((digits) => digits.endsWith(digitsOf(one)))) &&
    has(extension, (one) => record.extension === one || record.extension?.endsWith(`*${one}`) === true)
  )
}

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?$/

/**
 * A day, or a moment of it: `2026-06-03`, `2026-06-03T10:30`, `2026-06-03T10:30:15+03:00`; without an offset as the
 * clocks of the zone show it. The end of a day is the beginning of the next.
 */
export const parseMoment = (text: string, zone: Zone, edge: 'begins' | 'ends'): EpochMicros | undefined => {
  const [, year, month, day, hour, minute, second = '00', offset] = MOMENT.exec(text) ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  // a day that no calendar has, and an hour that no clock shows
  const plain = new Date(`${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second}Z`)
  if (Number.isNaN(plain.getTime()) || plain.getUTCDate() !== Number(day)) return undefined
  const ends = hour === undefined && edge === 'ends' ? 1 : 0
  const [y, m, d, h, min, s] = [year, month, day, hour ?? '0', minute ?? '0', second].map(Number)
  if (y === undefined || m === undefined || d === undefined) return undefined
  if (offset !== undefined) return new Date(`${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second}${offset}`).getTime() * 1000
  const date = zone === 'utc' ? Date.UTC(y, m - 1, d + ends, h, min, s) : new Date(y, m - 1, d + ends, h, min, s).getTime()
  return date * 1000
}
