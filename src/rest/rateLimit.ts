import type { EpochMicros } from '../event/time.js'
import { seconds } from '../event/time.js'

/** Larger than any wait, smaller than any moment of this century: 2001-09-09, in seconds. */
const A_MOMENT = 1_000_000_000

/**
 * Until when the hourly limit holds, by `X-RateLimit-Reset`: so many seconds from now. A number that can
 * only be a moment, in seconds since 1970, is taken as one: the vendor's page says no more than "seconds".
 * Nothing for anything else.
 */
export const limitedUntil = (reset: string | null, now: EpochMicros): EpochMicros | undefined => {
  if (reset === null || !/^\s*\d{1,10}(\.\d+)?\s*$/.test(reset)) return undefined
  const n = Number(reset)
  return n >= A_MOMENT ? seconds(n) : now + seconds(n)
}
