import * as t from 'io-ts'
import type { EpochMicros } from '../event/time.js'

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
