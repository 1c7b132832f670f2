import { toDate, toSeconds, type EpochMicros, type Micros } from '../event/time.js'

/**
 * A port that was made of a plain function failed: it threw.
 *
 * @since 0.1.0
 * @category port error
 */
export interface PortFailure {
  readonly kind: 'failed'
  /** What the thrown thing said of itself. */
  readonly reason: string
}

/**
 * A request that was refused before anything was sent.
 *
 * @since 0.1.0
 * @category port error
 */
export interface InvalidRequest {
  readonly kind: 'invalid'
  /** Which one is wrong. */
  readonly field: string
  /** What it held, cut to 256 characters. */
  readonly value: string
  /** What is wrong, without the field and the value. */
  readonly reason: string
}

/**
 * What can go wrong with every port, whatever it asks for. Nothing in it depends on how the PBX is reached.
 *
 * - `misconfigured`: the adapter was given something that it cannot work with; trying again is of no use
 * - `unauthorized`: the PBX does not accept the credentials, or no longer
 * - `refused`: the PBX understood and said no: a right is missing, or a value is not to its liking
 * - `rate-limited`: too many requests; `until` tells when the next one may be sent, if the PBX said so
 * - `timed-out`: no answer within the time that the caller allowed
 * - `cancelled`: the caller's own signal
 * - `unreachable`: no connection, or one that broke before the answer was whole
 * - `unavailable`: the PBX answered that something failed inside it
 * - `unreadable`: the PBX answered something else than its documentation says
 * - `invalid`: a value of the request cannot be sent
 * - `failed`: the port is a plain function, and it threw
 *
 * Secrets and tokens are never part of a reason.
 *
 * @since 0.1.0
 * @category port error
 */
export type AccessError =
  | { readonly kind: 'misconfigured'; readonly field: string; readonly reason: string }
  | { readonly kind: 'unauthorized'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'rate-limited'; readonly until?: EpochMicros; readonly reason: string }
  | { readonly kind: 'timed-out'; readonly after: Micros }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | InvalidRequest
  | PortFailure

/**
 * The sentence for a person.
 *
 * @example
 * import { accessErrorMessage } from 'call-legs'
 * assert.deepStrictEqual(
 *   accessErrorMessage({ kind: 'rate-limited', until: 1_780_000_686_000_000, reason: 'Too many requests' }),
 *   'the PBX takes no more requests before 2026-05-28T20:38:06.000Z: Too many requests'
 * )
 * assert.deepStrictEqual(accessErrorMessage({ kind: 'timed-out', after: 2_500_000 }), 'the PBX did not answer within 2.5 s')
 *
 * @since 0.1.0
 * @category port error
 */
export const accessErrorMessage = (error: AccessError): string => {
  switch (error.kind) {
    case 'misconfigured':
      return `the access to the PBX is not set up: ${error.field} ${error.reason}`
    case 'unauthorized':
      return `the PBX does not accept the credentials: ${error.reason}`
    case 'refused':
      return `the PBX refused: ${error.reason}`
    case 'rate-limited': {
      const when = error.until === undefined ? 'at the moment' : `before ${toDate(error.until).toISOString()}`
      return `the PBX takes no more requests ${when}: ${error.reason}`
    }
    case 'timed-out':
      return `the PBX did not answer within ${toSeconds(error.after)} s`
    case 'cancelled':
      return 'cancelled by the caller'
    case 'unreachable':
      return `the PBX cannot be reached: ${error.reason}`
    case 'unavailable':
      return `the PBX failed: ${error.reason}`
    case 'unreadable':
      return `the PBX answered something unknown: ${error.reason}`
    case 'invalid':
      return `${error.field} ${JSON.stringify(error.value)} ${error.reason}`
    case 'failed':
      return `the look-up failed: ${error.reason}`
  }
}
