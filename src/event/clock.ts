import type { Micros } from './time.js'

const two = (n: number): string => String(n).padStart(2, '0')

/** `3:07`, `1:02:09`: begun seconds do not count, as on a telephone's display. */
export const clock = (length: Micros): string => {
  const seconds = Math.floor(length / 1_000_000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h === 0 ? `${m}:${two(s)}` : `${h}:${two(m)}:${two(s)}`
}
