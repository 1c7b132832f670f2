import { toDate, type EpochMicros } from '../index.js'

export { clock as talkLength } from '../event/clock.js'

/** In which time zone a person reads times: that of the machine (`TZ`), or UTC. */
export type Zone = 'local' | 'utc'

/** The name of the zone: `Europe/Moscow`. */
export const zoneName = (zone: Zone): string => (zone === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone)

const two = (n: number): string => String(n).padStart(2, '0')

/** `2026-05-28` */
export const day = (zone: Zone, at: EpochMicros): string => {
  const date = toDate(at)
  return zone === 'utc'
    ? `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

const wallTime = (date: Date): string => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`

/** By so much clocks are set back: an hour, or, on one island, half of it. */
const SET_BACK = [1_800_000, 3_600_000]

/** `+03:00`, if the clocks show this time of day twice, since they are set back: else nothing. */
const offset = (date: Date): string => {
  const wall = wallTime(date)
  const isTwofold = SET_BACK.some((by) => [date.getTime() - by, date.getTime() + by].some((other) => wallTime(new Date(other)) === wall))
  if (!isTwofold) return ''
  const minutes = -date.getTimezoneOffset()
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
}

const withOffset = (zone: Zone, at: EpochMicros, fraction: string): string => {
  const date = toDate(at)
  return zone === 'utc'
    ? `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}${fraction}`
    : `${wallTime(date)}${fraction}${offset(date)}`
}

/** `20:38:06`; on the night on which the clocks go back `02:30:00+02:00`, where that time comes twice. */
export const clockTime = (zone: Zone, at: EpochMicros): string => withOffset(zone, at, '')

/** `20:38:06.478`: two hangups of one call may be fractions of a second apart. */
export const preciseTime = (zone: Zone, at: EpochMicros): string =>
  withOffset(zone, at, `.${String(toDate(at).getUTCMilliseconds()).padStart(3, '0')}`)
