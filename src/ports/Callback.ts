import type { Json, Placed } from '../call/Placed.js'
import type { EpochMicros, Micros } from '../event/time.js'
import { accessErrorMessage, type AccessError } from './AccessError.js'
import type { Port } from './Port.js'

/**
 * A call to be placed: the sources ring first; when one of them answers, the destination is called.
 * Made by {@link callbackRequest}, which knows whom to address it to.
 *
 * @since 0.1.0
 * @category callback
 */
export interface CallbackRequest {
  /** The numeric id of the extension that the request is addressed to. */
  readonly extensionId: string
  /** Who rings first. */
  readonly sources: ReadonlyArray<string>
  /** Who is called then. */
  readonly destination: string
  /** What the source's phone shows: name and number. */
  readonly callerName?: string
  /** What the source sees as the number. Default: the destination, if the source is an extension. */
  readonly callerNumber?: string
  /** Whether the call may be transferred when an external number is called. Default of the PBX: yes. */
  readonly allowPublicTransfer?: boolean
  /** The id of a sound that the source hears before the destination is called. */
  readonly announceSoundId?: number
  /** The id of a sound that all hear when the destination answers. */
  readonly destinationAnnounceSoundId?: number
  /** The longest that the call may last; sent in whole seconds. */
  readonly maxDuration?: Micros
  /** The public number shown to an external source, and to an external destination. */
  readonly sourceAni?: string
  /** The number that the destination sees. */
  readonly destinationAni?: string
  /** Tones for the destination once it has answered: digits, `*`, `#`, and `W` `w` for pauses. */
  readonly destinationTones?: string
  /** The caller's name and number as the source's leg shows them. */
  readonly sourceCallerName?: string
  /** The number that the source leg shows. */
  readonly sourceCallerNumber?: string
}

/**
 * The PBX's word that it has begun to place the call.
 *
 * @since 0.1.0
 * @category callback
 */
export interface CallbackAnswer {
  /** The CallID that the call's events will carry, in lower case. */
  readonly callId: string
  /** By which the vendor's API controls the live call. */
  readonly callApiId?: string
}

/**
 * What can go wrong with a callback.
 *
 * - `unknown-extension`: the PBX does not know the extension that was addressed
 * - `perhaps-placed`: the request went out and no answer that can be trusted came back, for this reason. The
 *   call may be ringing: never place it again unasked; the call history will tell
 *
 * With every other error the call was certainly not placed.
 *
 * @since 0.1.0
 * @category callback
 */
export type CallbackError =
  | AccessError
  | { readonly kind: 'unknown-extension'; readonly extension: string }
  | { readonly kind: 'perhaps-placed'; readonly because: AccessError }

/**
 * Click-to-call. Implemented by `call-legs/rest`; for tests there is {@link inMemoryCallback}.
 *
 * @since 0.1.0
 * @category callback
 */
export type CallbackPort = Port<CallbackRequest, CallbackError, CallbackAnswer>

/**
 * The sentence for a person.
 *
 * @example
 * import { callbackErrorMessage } from 'call-legs'
 * assert.deepStrictEqual(
 *   callbackErrorMessage({ kind: 'perhaps-placed', because: { kind: 'timed-out', after: 10_000_000 } }),
 *   'the call may have been placed all the same, do not place it again: the PBX did not answer within 10 s'
 * )
 *
 * @since 0.1.0
 * @category callback
 */
export const callbackErrorMessage = (error: CallbackError): string => {
  switch (error.kind) {
    case 'unknown-extension':
      return `the PBX has no extension ${error.extension}`
    case 'perhaps-placed':
      return `the call may have been placed all the same, do not place it again: ${accessErrorMessage(error.because)}`
    default:
      return accessErrorMessage(error)
  }
}

/**
 * What the correlator is to be told of a placed call, so that its records carry its id and the
 * application's context (R-callback), whether this or the first event comes first.
 *
 * @param at when it was placed
 *
 * @example
 * import { placedCall } from 'call-legs'
 * assert.deepStrictEqual(
 *   placedCall(
 *     { extensionId: '85219', sources: ['453*102'], destination: '+79160000001' },
 *     { callId: 'ab12' },
 *     1_780_000_686_000_000,
 *     { deal: 42 }
 *   ),
 *   { callId: 'ab12', at: 1_780_000_686_000_000, destination: '+79160000001', context: { deal: 42 } }
 * )
 *
 * @since 0.1.0
 * @category callback
 */
export const placedCall = (request: CallbackRequest, answer: CallbackAnswer, at: EpochMicros, context?: Json): Placed => ({
  callId: answer.callId,
  at,
  destination: request.destination,
  ...(context === undefined ? {} : { context })
})
