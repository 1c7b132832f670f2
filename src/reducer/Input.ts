import type { Placed } from '../call/Placed.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { WireFields } from '../wire/ringme/fields.js'

/**
 * What is known of calls, told apart by what it is:
 *
 * - an event that is decoded already: of `decode`, or of a `Delivery` of `call-legs/webhook`
 * - what the PBX sent: its fields, pairs of their names and values, or a text, JSON or form-encoded, or its bytes
 * - `{ placed }`: the application placed this call
 *
 * @since 0.1.0
 * @category correlator
 */
export type Input = CallEvent | WireFields | Iterable<readonly [string, string]> | Uint8Array | string | { readonly placed: Placed }

const isObject = (u: unknown): u is object => typeof u === 'object' && u !== null

/** The fields of the wire are texts, so whatever has an object or a number there is none of the wire's. */
export const isPlaced = (input: unknown): input is { readonly placed: Placed } => isObject(input) && 'placed' in input && isObject(input.placed)

export const isCallEvent = (input: unknown): input is CallEvent =>
  isObject(input) && 'parties' in input && isObject(input.parties) && 'callId' in input && typeof input.callId === 'string'
