/**
 * R-success: the statuses of a hangup that are listed, and why a leg that ended so was no success. `ANSWER` alone is one.
 */
export const CAUSES = {
  BUSY: 'busy',
  CANCEL: 'cancelled',
  NOANSWER: 'no-answer',
  CONGESTION: 'congestion',
  CHANUNAVAIL: 'unavailable'
} as const

const isCause = (status: string): status is keyof typeof CAUSES => Object.hasOwn(CAUSES, status)

/**
 * Why a leg was no success, from the hangup's `CallStatus`: BUSY `busy`, CANCEL `cancelled`,
 * NOANSWER `no-answer`, CONGESTION `congestion`, CHANUNAVAIL `unavailable`, else `other`.
 *
 * @since 0.1.0
 * @category record
 */
export type Cause = (typeof CAUSES)[keyof typeof CAUSES] | 'other'

/** R-success: why it was none. */
export const causeOf = (status: string | undefined): Cause => (status !== undefined && isCause(status) ? CAUSES[status] : 'other')

export const isListedStatus = (status: string): boolean => status === 'ANSWER' || isCause(status)
