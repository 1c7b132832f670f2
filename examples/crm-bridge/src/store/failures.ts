/** What a driver's error has to say: the five characters of the SQL standard, or a network's `ECONNREFUSED`. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined

const SQL_STATE = /^[0-9A-Z]{5}$/

/** 40001 and 40P01: somebody else was first, or two waited for each other. To do it again is all there is to do. */
export const isConflict = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error) ?? '')

/**
 * The database is away, shuts down, starts up, is full or broken: classes 08 (connection), 53 (resources), 57
 * (operator), 58 (system), XX (internal), and whatever has no SQLSTATE at all: a broken connection, a time-out.
 */
export const isAway = (error: unknown): boolean => {
  if (error instanceof TypeError || error instanceof RangeError) return false
  const code = codeOf(error)
  return code === undefined || !SQL_STATE.test(code) || /^(08|53|57|58|XX)/.test(code)
}
