import * as t from 'io-ts'
import { Json } from '../call/Placed.js'

/**
 * The shape of a saved state, version 1. It holds facts only: records follow from them.
 */
export const VERSION = 1

const Moment = new t.Type<number, number, unknown>(
  'Moment',
  (u): u is number => Number.isSafeInteger(u),
  (u, context) => (typeof u === 'number' && Number.isSafeInteger(u) ? t.success(u) : t.failure(u, context, 'is no integer of microseconds')),
  t.identity
)

/** Refuses keys that are not known: a state that says more than this version understands is not taken up by halves. */
const closed = <A, O>(codec: t.Type<A, O, unknown>, keys: ReadonlyArray<string>): t.Type<A, O, unknown> => {
  const known = new Set(keys)
  return new t.Type<A, O, unknown>(
    codec.name,
    codec.is,
    (u, context) => {
      const stranger = typeof u === 'object' && u !== null ? Object.keys(u).find((key) => !known.has(key)) : undefined
      return stranger === undefined ? codec.validate(u, context) : t.failure(u, t.appendContext(context, stranger, t.never), 'is not known')
    },
    codec.encode
  )
}

const struct = <R extends t.Props, P extends t.Props>(required: R, optional: P) =>
  closed<t.TypeOf<t.IntersectionC<[t.TypeC<R>, t.PartialC<P>]>>, unknown>(t.intersection([t.type(required), t.partial(optional)]), [
    ...Object.keys(required),
    ...Object.keys(optional)
  ])

/** A call that is held: the lists of `CallForm`, its first time being the last activity. */
export const HeldJson = struct(
  { id: t.string, texts: t.array(t.string), words: t.array(t.Integer), times: t.array(Moment) },
  {
    placed: struct({ at: Moment }, { to: t.string, context: Json }),
    settled: t.literal(true),
    revisions: t.record(t.string, t.Integer)
  }
)
export type HeldJson = t.TypeOf<typeof HeldJson>

/** A call that was let go. */
export const GoneJson = struct({ id: t.string, until: Moment }, {})

/** One CallID, with its version in front. */
export const CallJson = struct({ v: t.literal(VERSION) }, { held: HeldJson, gone: GoneJson })

/** All CallIDs. */
export const StateJson = struct({ v: t.literal(VERSION), held: t.array(HeldJson), gone: t.array(GoneJson) }, {})
