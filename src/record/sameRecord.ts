import type { CallRecord } from './CallRecord.js'

const same = (a: unknown, b: unknown): boolean =>
  a === b ||
  (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null && Array.isArray(a) === Array.isArray(b) && sameFields(a, b))

/** The same keys, and the same under each but one. */
const sameFields = (a: object, b: object, but?: keyof CallRecord): boolean => {
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => key === but || (Object.hasOwn(b, key) && same(Reflect.get(a, key), Reflect.get(b, key))))
  )
}

/** Do two records say the same? Why they say it does not matter: a change of `because` alone is no revision. */
export const sameRecord = (a: CallRecord, b: CallRecord): boolean => a === b || sameFields(a, b, 'because')
