import { hours, minutes, seconds, type Micros } from '../event/time.js'

/** Between two ticks lies one of these. */
const STEPS: ReadonlyArray<Micros> = [
  ...[1, 2, 5, 10, 15, 30].map(seconds),
  ...[1, 2, 5, 10, 15, 30].map(minutes),
  ...[1, 2, 3, 6, 12, 24].map(hours)
]

/** The ticks of an axis of this length that has room for so many: at round times, the first at its beginning. */
export const ticksOf = (length: Micros, most: number): ReadonlyArray<Micros> => {
  const room = Math.max(1, most)
  const days = Math.max(1, Math.ceil(length / hours(24) / room))
  const step = STEPS.find((each) => length / each <= room) ?? hours(24) * days
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step)
}
