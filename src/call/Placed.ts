import { left, right, type Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { shown, type DecodeError } from '../event/DecodeError.js'
import { moment, type EpochMicros } from '../event/time.js'

/**
 * Anything that JSON can say, nested no deeper than 100.
 *
 * @since 0.1.0
 * @category record
 */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

/** Deeper than this no application nests what it says of a call; the stack would not bear a hundred thousand. */
const DEEPEST = 100

const isJsonWithin = (u: unknown, depth: number): boolean => {
  if (u === null || typeof u === 'boolean' || typeof u === 'string') return true
  if (typeof u === 'number') return Number.isFinite(u)
  return typeof u === 'object' && depth > 0 && Object.values(u).every((part) => isJsonWithin(part, depth - 1))
}

const isJson = (u: unknown): u is Json => isJsonWithin(u, DEEPEST)

/**
 * The codec of it.
 *
 * @since 0.1.0
 * @category record
 */
export const Json: t.Type<Json, Json, unknown> = new t.Type<Json, Json, unknown>(
  'Json',
  isJson,
  (u, context) => (isJson(u) ? t.success(u) : t.failure(u, context, 'is not what JSON can say')),
  t.identity
)

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

/** Why the application's word is of no use, if it is of none; else the word, its time without a fraction. */
export const checkedPlaced = (word: Placed): Either<DecodeError, Placed> => {
  const wrong = (field: string, value: unknown, reason: string) => left({ field, value: value === undefined ? '' : shown(value), reason })
  try {
    const { callId, destination, context } = word
    const at = moment(word.at)
    if (at === undefined) return wrong('at', word.at, 'is no moment in microseconds since 1970')
    if (typeof callId !== 'string' || callId === '' || callId.includes('/')) return wrong('callId', callId, 'is no CallID')
    if (destination !== undefined && typeof destination !== 'string') return wrong('destination', destination, 'is no number')
    if (context !== undefined && !Json.is(context)) return wrong('context', 'what was given', 'is not what JSON can say')
    // a copy, so that nobody else can change it
    const copy: unknown = context === undefined ? undefined : JSON.parse(JSON.stringify(context))
    return right({
      callId: callId.toLowerCase(),
      at,
      ...(destination === undefined ? {} : { destination }),
      ...(Json.is(copy) ? { context: copy } : {})
    })
  } catch {
    // an object of the caller's own making may throw when it is read
    return wrong('', undefined, 'cannot be read')
  }
}
