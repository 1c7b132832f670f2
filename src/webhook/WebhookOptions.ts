import type { Task } from 'fp-ts/lib/Task.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { DecodeError } from '../event/DecodeError.js'
import type { EpochMicros } from '../event/time.js'
import type { Routed } from '../interactive/route.js'
import type { WireFields } from '../wire/ringme/fields.js'
import type { WebhookFailure } from './WebhookFailure.js'

/**
 * An event, as it was delivered.
 *
 * @since 0.1.0
 * @category webhook
 */
export interface Delivery {
  /** With the time of its receipt. */
  readonly event: CallEvent
  /** What was sent, query and body merged, without the secret: from it `decode` makes the event again. */
  readonly fields: WireFields
  /** When the request came: microseconds since 1970. */
  readonly receivedAt: EpochMicros
}

/**
 * Something that came to the event's address and is none. It was answered 200, for the PBX has no use for
 * anything else, so the application should keep it: it may be the only trace of a call.
 *
 * @since 0.1.0
 * @category webhook
 */
export interface Undecodable {
  /** What was sent, as it was sent but for the secret: the query and the body, joined by `&`. */
  readonly text: string
  /** All that could be read of it. */
  readonly fields: WireFields
  /** Which field is wrong, and why. */
  readonly error: DecodeError
  /** When the request came: microseconds since 1970. */
  readonly receivedAt: EpochMicros
}

/**
 * An event that says nothing about a call: a message, a voicemail, a status change.
 *
 * @since 0.1.0
 * @category webhook
 */
export interface IgnoredDelivery {
  /** What the wire called it. */
  readonly eventType: string
  /** All that was sent, by the vendor's names. */
  readonly fields: WireFields
  /** When the request came: microseconds since 1970. */
  readonly receivedAt: EpochMicros
}

/**
 * What the application does with what the PBX sends. Where a function is awaited the answer waits for it
 * without any limit of its own: a sink that never settles is never answered. The functions may be called
 * again before they have settled, as requests come.
 *
 * @since 0.1.0
 * @category webhook
 */
export interface WebhookOptions {
  /**
   * Stores an event. Awaited: what is answered 200 is stored, and the PBX may never repeat what is not. If it
   * throws or rejects the answer is 500.
   */
  readonly onEvent: (delivery: Delivery) => Promise<void> | void
  /** Keeps what is no event. Awaited; answered 200, or 500 if it throws or rejects. */
  readonly onUndecodable: (what: Undecodable) => Promise<void> | void
  /** Messages, voicemails, status changes. Awaited, like the others. Default: nothing is done with them. */
  readonly onIgnored?: (what: IgnoredDelivery) => Promise<void> | void
  /**
   * What the subscription's URL must carry in its query; several while it is being changed. An empty text is
   * no secret: where that is all there is, as with an unset variable of the environment, nobody is let in.
   * Default, without this key: everybody is.
   */
  readonly secret?: string | ReadonlyArray<string>
  /** The name of the query's field that carries it. It never reaches the application, secret or none. Default: `secret`. */
  readonly secretField?: string
  /** The longest body, in bytes, that is read. Default: 64 KiB, some hundred times an event. */
  readonly maxBytes?: number
  /** Answers *Call interactive* requests on the same address: what `route` of `call-legs/interactive` makes. It has a time limit of its own. */
  readonly interactive?: (raw: unknown) => Task<Routed>
  /** What became of a caller. Not awaited: he hears silence meanwhile. */
  readonly onRouted?: (routed: Routed) => Promise<void> | void
  /** Whatever was refused, or failed. Not awaited; what it throws is dropped. */
  readonly onFailure?: (failure: WebhookFailure) => Promise<void> | void
  /** The clock, in microseconds; a time in another unit counts as not given. Default: the system's. */
  readonly now?: () => EpochMicros
}
