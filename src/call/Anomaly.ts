import type { EpochMicros } from '../event/time.js'

/**
 * The oddities that the data can show.
 *
 * - `answer-not-seen`: a phone's leg (or a forward outside) ended in `ANSWER`, and no answer was seen
 * - `dial-not-seen`: a phone's leg, or one whose direction nobody told, without a dial
 * - `conflicting-events`: two different events of one kind in one leg
 * - `bridged-contradiction`: an IVR or queue says `no` after a phone had answered
 * - `bridged-yes-without-leg`: an IVR or queue says `yes`, and neither an incoming phone leg nor an outgoing one to an
 *   external number was answered: an answer was lost, the call was picked up elsewhere, or a phone is not subscribed
 * - `callback-reached-nobody`: a phone talked in a callback in which no outgoing leg was seen
 * - `took-dead-call`: a phone that a queue rang answered after the queue had said `no`: nobody was there any more
 * - `duration-contradiction`: an answered leg whose `Duration` differs from hangup less answer by more than 2 s, or that
 *   has a `Duration` above 0 and did not end in `ANSWER`
 * - `client-out-of-sight`: a phone answered another extension while nobody talked to the client: parked and retrieved,
 *   or picked up by a code
 * - `lost-after-transfer`: a transfer rang for the client in vain after the talk it came from had ended, and nobody
 *   talked to the client later
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
  | 'callback-reached-nobody'
  | 'took-dead-call'
  | 'duration-contradiction'
  | 'client-out-of-sight'
  | 'lost-after-transfer'
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
  /** Which oddity it is. */
  readonly kind: AnomalyKind
  /** The call, in lower case. */
  readonly callId: string
  /** The leg: `<subCallId>`, and `/transferred` behind it for a `Transfered` one. Absent: the call, or a late `placed`. */
  readonly leg?: string
  /** When the events concerned happened, ascending. */
  readonly at: ReadonlyArray<EpochMicros>
  /**
   * Of `conflicting-events`, the kind of event; of `invalid-field`, the field; of `unknown-status`, `CallStatus`;
   * of `duration-contradiction`, `Duration`.
   */
  readonly field?: string
  /** Of these three, what it held. */
  readonly value?: string
}
