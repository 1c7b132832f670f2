import type { EpochMicros } from '../event/time.js'

/**
 * The oddities that the data can show.
 *
 * - `answer-not-seen`: a phone's leg (or a forward outside) ended in `ANSWER`, and no answer was seen
 * - `dial-not-seen`: a phone's leg, or one whose direction nobody told, without a dial
 * - `conflicting-events`: two different events of one kind in one leg
 * - `bridged-contradiction`: an IVR or queue says `no` after a phone had answered
 * - `bridged-yes-without-leg`: an IVR or queue says `yes`, and no answered leg is known
 * - `unresolved-incoming`: a client rang phones directly, nobody answered, and nothing speaks for the call
 * - `bridged-on-phone`: a known phone sent `Bridged`; it is ignored
 * - `unknown-status`: a hangup status that is not listed; it counts as unsuccessful
 * - `invalid-field`: a field that means nothing; it counts as absent
 * - `never-closed`: no hangup when the call was given up
 * - `over-limit`: what would go beyond `maxLegs`, `maxEvents` or `maxCalls`; it is not taken
 * - `late-event`: an event, or a `placed`, for a call that had been let go; it changes nothing
 *
 * @since 0.1.0
 * @category anomaly
 */
export type AnomalyKind =
  | 'answer-not-seen'
  | 'dial-not-seen'
  | 'conflicting-events'
  | 'bridged-contradiction'
  | 'bridged-yes-without-leg'
  | 'unresolved-incoming'
  | 'bridged-on-phone'
  | 'unknown-status'
  | 'invalid-field'
  | 'never-closed'
  | 'late-event'
  | 'over-limit'

/**
 * An oddity of one call: a value, never an exception.
 *
 * @since 0.1.0
 * @category anomaly
 */
export interface Anomaly {
  readonly kind: AnomalyKind
  readonly callId: string
  /** The leg: `<subCallId>`, and `/transferred` behind it for a `Transfered` one. Absent: the call, or a late `placed`. */
  readonly leg?: string
  /** When the events concerned happened, ascending. */
  readonly at: ReadonlyArray<EpochMicros>
  /** Of `conflicting-events`, the kind of event; of `invalid-field`, the field; of `unknown-status`, `CallStatus`. */
  readonly field?: string
  /** Of `invalid-field` and `unknown-status`, what it held. */
  readonly value?: string
}
