import type { EpochMicros } from '../event/time.js'

const VENDOR_TIME = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?Z?$/

/**
 * The moment of `2026-05-28 20:38:06.47`: UTC, with or without a fraction of a second, whose digits beyond
 * the microsecond are dropped. Nothing for a day or an hour that does not exist.
 */
export const vendorTime = (text: string): EpochMicros | undefined => {
  const parts = VENDOR_TIME.exec(text)
  if (parts === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number)
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  const exists =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second
  return exists && date.getTime() >= 0 ? date.getTime() * 1000 + Number((parts[7] ?? '').padEnd(6, '0').slice(0, 6)) : undefined
}
