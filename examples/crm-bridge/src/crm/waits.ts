/** How long to wait before something is tried again, in milliseconds. */

const MINUTE = 60_000

/** A record that could not be delivered: twice as long each time, for as long as it takes. */
const LONGEST = 15 * MINUTE

/** All records, while the CRM takes nothing. */
const LONGEST_AWAY = MINUTE

const doubled = (first: number, times: number, longest: number): number => Math.min(first * 2 ** Math.min(times, 30), Math.max(first, longest))

/** @param tries how often it was tried in vain before this time */
export const waitOfRecord = (first: number, tries: number): number => doubled(first, tries, LONGEST)

/** @param after what the CRM asked for; a wait of days would be its mistake */
export const waitOfAll = (first: number, times: number, after: number | undefined): number =>
  Math.max(doubled(first, times, LONGEST_AWAY), Math.min(after ?? 0, 15 * MINUTE))

/** A recording is ready some seconds after the hangup; some appear the next day. */
export const RECORDING_WAITS: ReadonlyArray<number> = [MINUTE / 2, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE, 240 * MINUTE, 1440 * MINUTE]
