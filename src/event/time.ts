/**
 * A length of time in microseconds, a whole number: talk times, windows, retentions. Write one as `seconds(5)`,
 * `minutes(3)`, `hours(2)`.
 *
 * @since 0.1.0
 * @category time
 */
// a plain number; written so, an editor shows this name and not `number`
export type Micros = number & {}

/**
 * A moment: whole microseconds since 1970-01-01 UTC, at most 2^53 - 1 (the year 2255). Write one as
 * `fromMillis(Date.now())` or `fromDate(new Date())`.
 *
 * @since 0.1.0
 * @category time
 */
export type EpochMicros = number & {}

/** The year 2001: whatever is earlier was told in milliseconds or seconds, not in microseconds. */
const EARLIEST = 1e15

/**
 * A moment that somebody's clock gave: a fraction of a microsecond is dropped, what is no moment, or one in
 * another unit, counts as not given.
 */
export const moment = (at: unknown): EpochMicros | undefined =>
  typeof at === 'number' && at >= EARLIEST && at <= Number.MAX_SAFE_INTEGER ? Math.floor(at) : undefined

/**
 * So many seconds, as microseconds.
 *
 * @example
 * import { seconds } from 'call-legs'
 * assert.deepStrictEqual(seconds(5), 5_000_000)
 *
 * @since 0.1.0
 * @category time
 */
export const seconds = (n: number): Micros => Math.round(n * 1_000_000)

/**
 * So many minutes, as microseconds.
 *
 * @example
 * import { minutes } from 'call-legs'
 * assert.deepStrictEqual(minutes(3), 180_000_000)
 *
 * @since 0.1.0
 * @category time
 */
export const minutes = (n: number): Micros => seconds(n * 60)

/**
 * So many hours, as microseconds.
 *
 * @example
 * import { hours } from 'call-legs'
 * assert.deepStrictEqual(hours(2), 7_200_000_000)
 *
 * @since 0.1.0
 * @category time
 */
export const hours = (n: number): Micros => minutes(n * 60)

/**
 * The `Date` of a moment, cut to its milliseconds.
 *
 * @example
 * import { toDate } from 'call-legs'
 * assert.deepStrictEqual(toDate(1_780_000_686_478_202).toISOString(), '2026-05-28T20:38:06.478Z')
 *
 * @since 0.1.0
 * @category time
 */
export const toDate = (at: EpochMicros): Date => new Date(Math.floor(at / 1000))

/**
 * The moment of a `Date`.
 *
 * @example
 * import { fromDate } from 'call-legs'
 * assert.deepStrictEqual(fromDate(new Date('2026-05-28T20:38:06.478Z')), 1_780_000_686_478_000)
 *
 * @since 0.1.0
 * @category time
 */
export const fromDate = (date: Date): EpochMicros => date.getTime() * 1000

/**
 * The moment of a clock that counts milliseconds, as `Date.now()` does; a fraction of a microsecond is dropped.
 *
 * @example
 * import { fromMillis } from 'call-legs'
 * assert.deepStrictEqual(fromMillis(1_780_000_686_478), 1_780_000_686_478_000)
 *
 * @since 0.1.0
 * @category time
 */
export const fromMillis = (milliseconds: number): EpochMicros => Math.floor(milliseconds * 1000)

/**
 * A length of time in seconds, with its fraction.
 *
 * @example
 * import { toSeconds } from 'call-legs'
 * assert.deepStrictEqual(toSeconds(11_420_018), 11.420018)
 *
 * @since 0.1.0
 * @category time
 */
export const toSeconds = (duration: Micros): number => duration / 1_000_000
