import { toDate, type EpochMicros, type Micros } from '../index.js'

/** In which time zone a person reads times: that of the machine (`TZ`), or UTC. */
export type Zone = 'local' | 'utc'

const two = (n: number): string => String(n).padStart(2, '0')

/** `2026-05-28` */
export const day = (zone: Zone, at: EpochMicros): string => {
  const date = toDate(at)
  return zone === 'utc'
    ? `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** `20:38:06` */
export const clockTime = (zone: Zone, at: EpochMicros): string => {
  const date = toDate(at)
  return zone === 'utc'
    ? `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
    : `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** `20:38:06.478`: two hangups of one call may be fractions of a second apart. */
export const preciseTime = (zone: Zone, at: EpochMicros): string =>
  `${clockTime(zone, at)}.${String(toDate(at).getUTCMilliseconds()).padStart(3, '0')}`

/** `3:07`, `1:02:09`: begun seconds do not count, as on a telephone's display. */
export const talkLength = (talk: Micros): string => {
  const seconds = Math.floor(talk / 1_000_000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h === 0 ? `${m}:${two(s)}` : `${h}:${two(m)}:${two(s)}`
}
