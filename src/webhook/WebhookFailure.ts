/**
 * Which of the application's functions.
 *
 * @since 0.1.0
 * @category webhook
 */
export type WebhookCallback = 'onEvent' | 'onUndecodable' | 'onIgnored' | 'onRouted' | 'interactive'

/**
 * What went wrong with a request, and the `status` that it was answered with. The secret is never in it.
 *
 * - `refused`: not taken, and nothing of it was handed to the application; with 403 the secret is missing or
 *   wrong, 405 the method, 415 the content type or coding; with 413 the body is too long, with 400 it broke off, or
 *   belongs to a GET
 * - `callback-failed`: something of the application's threw or rejected; `thrown` is that. An event that is
 *   answered 500 may not be stored
 * - `body-taken`: a body was announced, and is not there or not whole: a body parser in front of the handler has read
 *   it. Mount the handler before the parser, or hand it a `Request` that is made of the parsed fields
 * - `not-routed`: a *Call interactive* request came, and there is no `interactive`: the caller hears the greeting
 * - `unexpected`: the runtime has not got what the handler needs, `crypto.subtle` say, or the clock threw
 *
 * @since 0.1.0
 * @category webhook
 */
export type WebhookFailure =
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 405 | 413 | 415; readonly reason: string }
  | {
      readonly kind: 'callback-failed'
      readonly status: 200 | 500
      readonly callback: WebhookCallback
      readonly reason: string
      readonly thrown: unknown
    }
  | { readonly kind: 'body-taken'; readonly status: 500 }
  | { readonly kind: 'not-routed'; readonly status: 200 }
  | { readonly kind: 'unexpected'; readonly status: 500; readonly reason: string }

/** What a developer needs to be told, so it is the answer as well. */
export const BODY_TAKEN =
  'the body was read before the handler could: mount the handler before any body parser, or hand it a Request made of the parsed fields'

const whatOf = (failure: WebhookFailure): string => {
  switch (failure.kind) {
    case 'refused':
      return failure.reason
    case 'callback-failed':
      return `${failure.callback} failed: ${failure.reason}`
    case 'body-taken':
      return BODY_TAKEN
    case 'not-routed':
      return 'normal greeting: a Call interactive request came, and nothing answers these'
    case 'unexpected':
      return `the runtime or the clock failed: ${failure.reason}`
  }
}

/**
 * The sentence for a person.
 *
 * @example
 * import { webhookFailureMessage } from 'call-legs/webhook'
 * assert.deepStrictEqual(
 *   webhookFailureMessage({
 *     kind: 'callback-failed',
 *     status: 500,
 *     callback: 'onEvent',
 *     reason: 'the database is away',
 *     thrown: new Error('the database is away')
 *   }),
 *   'answered 500: onEvent failed: the database is away'
 * )
 *
 * @since 0.1.0
 * @category webhook
 */
export const webhookFailureMessage = (failure: WebhookFailure): string => `answered ${failure.status}: ${whatOf(failure)}`
