import * as t from 'io-ts'
import { Json } from '../call/Placed.js'

/**
 * The shape of a saved state, version 1. It holds facts only: records follow from them. Legs and events are
 * told in numbers, since a service may hold a hundred thousand of these.
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

/** Whole numbers; -1 stands for what is absent. */
const Numbers = t.array(t.Integer)

/**
 * One leg: the place of its SubCallID among the call's texts; who is on the line, the places of the texts of
 * each `Parties`; its events, in numbers; and what was invalid: the event's place, field and value.
 */
export const LegJson = t.tuple([t.Integer, t.array(Numbers), t.array(Numbers), t.array(t.tuple([t.Integer, t.string, t.string]))])
export type LegJson = t.TypeOf<typeof LegJson>

/** A call that is held. Each text stands once, in `texts`. */
export const HeldJson = struct(
  { id: t.string, texts: t.array(t.string), legs: t.array(LegJson), activity: Moment },
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
