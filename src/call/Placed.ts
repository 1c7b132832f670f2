import type { EpochMicros } from '../event/time.js'

/**
 * Anything that JSON can say.
 *
 * @since 0.1.0
 * @category record
 */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

/**
 * The application's word that it placed this call: the callback API answered with its `call_id`.
 *
 * @since 0.1.0
 * @category callback
 */
export interface Placed {
  /** The `call_id` of the answer, any case. */
  readonly callId: string
  /** When it was placed: counts as activity of the call. */
  readonly at: EpochMicros
  /** The number that is called once the source has answered. */
  readonly destination?: string
  /** Whatever the application wants to find on the call's records: a deal, a client, a user. */
  readonly context?: Json
}
