import * as TE from 'fp-ts/lib/TaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Json, Placed } from '../call/Placed.js'
import type { EpochMicros } from '../event/time.js'
import { callbackErrorMessage, placedCall, type CallbackError, type CallbackPort } from './Callback.js'
import { callbackRequest, callbackRequestErrorMessage, type CallbackRequestError, type ClickToCall } from './callbackRequest.js'
import type { Extension } from './Directory.js'
import type { PortOptions } from './Port.js'

/**
 * What a click-to-call needs.
 *
 * @since 0.1.0
 * @category callback
 */
export interface ClickToCallPorts {
  /** Asks the PBX for the call. */
  readonly callback: CallbackPort
  /** The PBX's extensions, as the directory port lists them. */
  readonly extensions: ReadonlyArray<Extension>
  /** The clock, for the moment at which the call was placed. */
  readonly now: () => EpochMicros
}

/**
 * Why a click came to nothing: the request could not be built, or the port could not place it.
 *
 * @since 0.1.0
 * @category callback
 */
export type ClickToCallError = CallbackRequestError | CallbackError

/**
 * The sentence for a person.
 *
 * @example
 * import { clickToCallErrorMessage } from 'call-legs'
 * assert.deepStrictEqual(clickToCallErrorMessage({ kind: 'cancelled' }), 'cancelled by the caller')
 *
 * @since 0.1.0
 * @category callback
 */
export const clickToCallErrorMessage = (error: ClickToCallError): string => {
  switch (error.kind) {
    case 'not-a-phone':
    case 'no-extension':
      return callbackRequestErrorMessage(error)
    default:
      return callbackErrorMessage(error)
  }
}

/**
 * Click-to-call whole: builds the request, has the PBX place it, and answers with what the correlator is to
 * be told (`correlator.placed`), so that the records of that call carry the application's context.
 *
 * @example
 * import { clickToCall, inMemoryCallback, outcome } from 'call-legs'
 * const call = clickToCall({
 *   callback: inMemoryCallback().port,
 *   extensions: [{ id: '85219', name: '453*102', type: 'phone' }],
 *   now: () => 1_780_000_686_000_000
 * })
 * assert.deepStrictEqual(await outcome(call({ source: '453*102', destination: '+79160000001' }, { deal: 42 })), {
 *   ok: true,
 *   value: {
 *     callId: '00000000000000000000000000000001',
 *     at: 1_780_000_686_000_000,
 *     destination: '+79160000001',
 *     context: { deal: 42 }
 *   }
 * })
 *
 * @since 0.1.0
 * @category callback
 */
export const clickToCall =
  ({ callback, extensions, now }: ClickToCallPorts) =>
  (call: ClickToCall, context?: Json, options?: PortOptions): TE.TaskEither<ClickToCallError, Placed> =>
    pipe(
      callbackRequest(extensions)(call),
      TE.fromEither,
      TE.chainW((request) =>
        pipe(
          callback(request, options),
          TE.map((answer) => placedCall(request, answer, now(), context))
        )
      )
    )
