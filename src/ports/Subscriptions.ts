import { accessErrorMessage, type AccessError } from './AccessError.js'
import type { Port } from './Port.js'

/**
 * The kinds of events that make records.
 *
 * @since 0.1.0
 * @category subscriptions
 */
export type SubscribedEvent = 'dial-in' | 'dial-out' | 'answer' | 'hangup'

/**
 * A row that is wanted: the PBX sends this kind of event of this extension to this URL.
 *
 * @since 0.1.0
 * @category subscriptions
 */
export interface NewSubscription {
  /** The numeric id of the extension: `85219`. */
  readonly extensionId: string
  /** The kind of event. */
  readonly event: SubscribedEvent
  /** With its secret: nothing to be shown, printed or logged. */
  readonly url: string
  /** How the PBX sends it. */
  readonly method: 'GET' | 'POST'
}

/**
 * A row that the PBX has, ours or somebody else's.
 *
 * @since 0.1.0
 * @category subscriptions
 */
export interface Subscription {
  /** The row's own id: it is removed by it. */
  readonly id: string
  /** The numeric id of the extension whose events they are. */
  readonly extensionId: string
  /** In lower case; more kinds exist than this library subscribes: `voicemail`, `message-in` … */
  readonly event: string
  /** With its secret, or somebody else's: nothing to be shown, printed or logged. */
  readonly url: string
  /** In upper case; absent if the PBX does not say. */
  readonly method?: string
}

/**
 * What can go wrong with subscriptions. No member holds a URL or a part of one.
 *
 * - `unknown-extension`: the PBX does not know the extension, or no longer
 * - `no-room`: the PBX takes no more rows
 * - `perhaps-added`: the request went out and no answer that can be trusted came back, for this reason. List the
 *   rows before it is sent again
 *
 * @since 0.1.0
 * @category subscriptions
 */
export type SubscriptionError =
  | AccessError
  | { readonly kind: 'unknown-extension'; readonly extensionId: string }
  | { readonly kind: 'no-room'; readonly reason: string }
  | { readonly kind: 'perhaps-added'; readonly because: AccessError }

/**
 * What makes the PBX send events. Implemented by `call-legs/rest`; for tests there is {@link inMemorySubscriptions}.
 *
 * @since 0.1.0
 * @category subscriptions
 */
export interface Subscriptions {
  /** All rows of an extension, by its numeric id, whoever they belong to. */
  readonly list: Port<string, SubscriptionError, ReadonlyArray<Subscription>>
  /** Adds a row. Never sent twice; an answer that did not come makes it `perhaps-added`. */
  readonly add: Port<NewSubscription, SubscriptionError, Subscription>
  /** Removes a row. One that is not there any more is no error: it is `gone`. */
  readonly remove: Port<Pick<Subscription, 'id' | 'extensionId'>, SubscriptionError, 'removed' | 'gone'>
}

/**
 * The sentence for a person.
 *
 * @example
 * import { subscriptionErrorMessage } from 'call-legs'
 * assert.deepStrictEqual(
 *   subscriptionErrorMessage({ kind: 'no-room', reason: 'limit exceeded' }),
 *   'the PBX takes no more subscriptions: limit exceeded'
 * )
 *
 * @since 0.1.0
 * @category subscriptions
 */
export const subscriptionErrorMessage = (error: SubscriptionError): string => {
  switch (error.kind) {
    case 'unknown-extension':
      return `the PBX has no extension ${error.extensionId}`
    case 'no-room':
      return `the PBX takes no more subscriptions: ${error.reason}`
    case 'perhaps-added':
      return `the subscription may have been added all the same: ${accessErrorMessage(error.because)}`
    default:
      return accessErrorMessage(error)
  }
}
