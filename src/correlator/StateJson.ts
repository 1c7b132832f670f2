import * as t from 'io-ts'
import { Json } from '../call/Placed.js'

/**
 * The shape of a saved state, version 1. It holds facts only: records follow from them. Keys are short,
 * since a service may hold a hundred thousand of these.
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

/** Who is on the line: the facts of `Parties`, by shorter names. */
export const PartiesJson = struct(
  {},
  {
    from: t.string,
    name: t.string,
    to: t.string,
    did: t.string,
    fromExt: t.string,
    fromId: t.string,
    toExt: t.string,
    toId: t.string,
    remote: t.string,
    api: t.string
  }
)
export type PartiesJson = t.TypeOf<typeof PartiesJson>

/** One event; `who` is the place of its parties among its leg's. */
export const EventJson = struct(
  { kind: t.keyof({ dial: null, answer: null, hangup: null }), at: Moment, who: t.Integer },
  {
    seen: Moment,
    flow: t.keyof({ in: null, out: null }),
    status: t.string,
    talk: Moment,
    rec: t.string,
    bridged: t.keyof({ yes: null, no: null }),
    transferred: t.literal(true),
    callBack: t.string,
    type: t.keyof({ phone: null, ivr: null, queue: null, fax: null }),
    invalid: t.array(t.tuple([t.string, t.string]))
  }
)
export type EventJson = t.TypeOf<typeof EventJson>

/** One leg: its SubCallID, its parties, its events. */
export const LegJson = struct({ sub: t.string, who: t.array(PartiesJson), events: t.array(EventJson) }, {})
export type LegJson = t.TypeOf<typeof LegJson>

/** A call that is held. */
export const HeldJson = struct(
  { id: t.string, legs: t.array(LegJson), activity: Moment },
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
