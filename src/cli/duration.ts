import type { Micros } from '../index.js'

const MICROS_OF = { ms: 1_000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000, d: 86_400_000_000 } as const

type Unit = keyof typeof MICROS_OF

const isUnit = (text: string): text is Unit => Object.hasOwn(MICROS_OF, text)

/** `250ms`, `10s`, `3m`, `2h`, `1d`: a whole number and its unit. Nothing else is a duration, a bare number least of all. */
export const parseDuration = (text: string): Micros | undefined => {
  const [, digits, unit] = /^(\d+)([a-z]+)$/.exec(text) ?? []
  if (digits === undefined || unit === undefined || !isUnit(unit)) return undefined
  const micros = Number(digits) * MICROS_OF[unit]
  return Number.isSafeInteger(micros) ? micros : undefined
}
