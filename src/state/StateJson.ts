import * as t from 'io-ts'
import { Json } from '../call/Placed.js'
import type { CallEvent, Direction, ExtensionType, InvalidField, Parties } from '../event/CallEvent.js'

/** The version of the shape of saved states. They hold facts only: records follow from them. */
export const VERSION = 2

const whole = (name: string, least: number, reason: string) =>
  new t.Type<number, number, unknown>(
    name,
    (u): u is number => Number.isSafeInteger(u),
    (u, context) => (typeof u === 'number' && Number.isSafeInteger(u) && u >= least ? t.success(u) : t.failure(u, context, reason)),
    t.identity
  )

const Time = whole('Time', 0, 'is no integer of microseconds')
const Revision = whole('Revision', 1, 'is no revision')

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

const direction = t.keyof({ incoming: null, outgoing: null } satisfies Record<Direction, null>)

const partyNames = {
  callerNumber: t.string,
  callerName: t.string,
  calledNumber: t.string,
  did: t.string,
  callerExtension: t.string,
  callerExtensionId: t.string,
  calledExtension: t.string,
  calledExtensionId: t.string,
  remoteNumber: t.string,
  callApiId: t.string
} satisfies Record<keyof Parties, t.Mixed>

const isPartyName = (name: string): name is keyof Parties => Object.hasOwn(partyNames, name)

/** The names of the parties, in the order in which a person reads them. */
export const PARTIES: ReadonlyArray<keyof Parties> = Object.keys(partyNames).filter(isPartyName)

/** What all events of a leg may tell alike. */
const ofLeg = {
  direction,
  parties: struct({}, partyNames),
  transferred: t.literal(true),
  callBackId: t.string,
  extensionType: t.keyof({ phone: null, ivr: null, queue: null, fax: null } satisfies Record<ExtensionType, null>)
}

/** What each event tells for itself. */
const ofEvent = {
  receivedAt: Time,
  status: t.string,
  talkTime: Time,
  recordingId: t.string,
  toldBy: t.literal('history'),
  bridged: t.keyof({ yes: null, no: null } satisfies Record<NonNullable<CallEvent['bridged']>, null>),
  invalid: t.array(struct({ field: t.string, value: t.string } satisfies Record<keyof InvalidField, t.Mixed>, {}))
}

const required = { kind: t.keyof({ dial: null, answer: null, hangup: null } satisfies Record<CallEvent['kind'], null>), at: Time }
const optional = { ...ofLeg, ...ofEvent } satisfies Record<Exclude<keyof CallEvent, keyof typeof required | 'callId' | 'subCallId'>, t.Mixed>

const EventJson = struct(required, optional)
export type EventJson = t.TypeOf<typeof EventJson>

/** A leg: what its events have in common stands here, each event tells the rest. */
const LegJson = struct({ subCallId: t.string, events: t.array(EventJson) }, ofLeg)
export type LegJson = t.TypeOf<typeof LegJson>

/** A call that is held: its legs, and what is no fact of an event. */
export const HeldJson = struct(
  { callId: t.string, legs: t.array(LegJson) },
  {
    placed: struct({ at: Time }, { destination: t.string, context: Json }),
    settled: t.literal(true),
    revisions: t.record(t.string, Revision),
    activity: Time
  }
)
export type HeldJson = t.TypeOf<typeof HeldJson>

/** A call that was let go. */
const GoneJson = struct({ callId: t.string, until: Time }, {})

/** One CallID, with its version in front. */
export const CallJson = struct({ v: t.literal(VERSION) }, { held: HeldJson, gone: GoneJson })

/** All CallIDs. */
export const StateJson = struct({ v: t.literal(VERSION), held: t.array(HeldJson), gone: t.array(GoneJson) }, {})
