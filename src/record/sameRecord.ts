import type { CallRecord } from './CallRecord.js'

const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  const others = new Map<string, unknown>(Object.entries(b))
  return Object.entries(a).every(([key, value]) => others.has(key) && same(value, others.get(key)))
}

/** Do two records say the same? Why they say it does not matter: a change of `because` alone is no revision. */
export const sameRecord = (a: CallRecord, b: CallRecord): boolean =>
  a === b || same({ ...a, because: null }, { ...b, because: null })
