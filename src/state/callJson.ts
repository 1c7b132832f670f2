import { right, type Either } from 'fp-ts/lib/Either.js'
import { addEvent, addPlaced, emptyCall } from '../call/addEvent.js'
import type { Call } from '../call/Call.js'
import type { Json, Placed } from '../call/Placed.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent, Parties } from '../event/CallEvent.js'
import type { EpochMicros } from '../event/time.js'
import { eventsOf, legKey, seenAt, subCallIdOf } from '../leg/LegFacts.js'
import type { GoneCall, SavedCall } from './SavedCall.js'
import { malformed, type StateError } from './StateError.js'
import { PARTIES, type HeldJson, type LegJson } from './StateJson.js'

/** What all events of a leg may tell alike, beside the parties; and what each tells for itself. */
const OF_LEG = ['direction', 'transferred', 'callBackId', 'extensionType'] as const
const OF_EVENT = ['kind', 'at', 'receivedAt', 'toldBy', 'status', 'talkTime', 'recordingId', 'bridged'] as const

type Fact = string | number | true
type Facts<K extends string> = { readonly [P in K]?: Fact | undefined }

/** The facts under these keys that are there. */
const pick = <K extends string>(facts: Facts<K>, keys: ReadonlyArray<K>): Readonly<Record<string, Json>> => {
  const picked: Record<string, Json> = {}
  for (const key of keys) {
    const fact = facts[key]
    if (fact !== undefined) picked[key] = fact
  }
  return picked
}

/** The keys under which all tell the same, and the other keys. */
const apart = <K extends string>(all: ReadonlyArray<Facts<K>>, keys: ReadonlyArray<K>): readonly [alike: ReadonlyArray<K>, not: ReadonlyArray<K>] => {
  const isAlike = (key: K): boolean => all.every((facts) => facts[key] === all[0]?.[key])
  return [keys.filter(isAlike), keys.filter((key) => !isAlike(key))]
}

const under = (key: string, facts: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> => (Object.keys(facts).length === 0 ? {} : { [key]: facts })

/** A leg as JSON: what its events have in common is told once. */
const encodeLeg = (key: string, events: ReadonlyArray<CallEvent>): Json => {
  const parties: ReadonlyArray<Parties> = events.map((event) => event.parties)
  const [alike, others] = apart(events, OF_LEG)
  const [partiesAlike, otherParties] = apart(parties, PARTIES)
  return {
    subCallId: subCallIdOf(key),
    ...pick(events[0] ?? {}, alike),
    ...under('parties', pick(parties[0] ?? {}, partiesAlike)),
    events: events.map((event) => ({
      ...pick(event, OF_EVENT),
      ...pick(event, others),
      ...under('parties', pick(event.parties, otherParties)),
      ...(event.invalid === undefined ? {} : { invalid: event.invalid.map(({ field, value }) => ({ field, value })) })
    }))
  }
}

const encodePlaced = ({ at, destination, context }: Placed): Json => ({
  at,
  ...(destination === undefined ? {} : { destination }),
  ...(context === undefined ? {} : { context })
})

/** The events of each leg; of a call in which the history has a word as they were told, for the legs follow from them. */
const toldLegs = ({ legs, heard }: Call): ReadonlyMap<string, ReadonlyArray<CallEvent>> => {
  if (heard === undefined) return new Map(legs.map((leg) => [leg.key, eventsOf(leg)]))
  const told = new Map<string, ReadonlyArray<CallEvent>>()
  for (const event of heard) told.set(legKey(event), [...(told.get(legKey(event)) ?? []), event])
  return told
}

/** The last activity, as the events and the placing tell it. */
const toldActivity = (legs: ReadonlyMap<string, ReadonlyArray<CallEvent>>, placed: Placed | undefined): EpochMicros => {
  let at = placed?.at ?? 0
  for (const events of legs.values()) for (const event of events) at = Math.max(at, seenAt(event))
  return at
}

/** A held call as JSON: its facts by their names, and beside them only what is no fact of an event. */
export const encodeHeld = ({ call, revisions }: SavedCall): Json => {
  const legs = toldLegs(call)
  return {
    callId: call.callId,
    legs: [...legs].map(([key, events]) => encodeLeg(key, events)),
    ...(call.placed === undefined ? {} : { placed: encodePlaced(call.placed) }),
    ...(call.settled ? { settled: true } : {}),
    ...under('revisions', revisions),
    ...(call.activity === toldActivity(legs, call.placed) ? {} : { activity: call.activity })
  }
}

export const encodeGone = ({ callId, until }: GoneCall): Json => ({ callId, until })

const eventsOfJson = (callId: string, { subCallId, events, parties, ...ofLeg }: LegJson): ReadonlyArray<CallEvent> =>
  events.map((event) => ({ callId, subCallId, ...ofLeg, ...event, parties: { ...parties, ...event.parties } }))

/** Why a call is larger than this configuration lets one be. */
const beyond = (settings: Settings, legs: ReadonlyArray<LegJson>): Either<StateError, never> | undefined => {
  if (legs.length > settings.maxLegs) return malformed('legs', `has more than maxLegs: ${settings.maxLegs}`)
  const long = legs.findIndex(({ events }) => events.length > settings.maxEvents)
  return long < 0 ? undefined : malformed(`legs[${long}].events`, `has more than maxEvents: ${settings.maxEvents}`)
}

/** The call again; refused, if it is larger than the configuration lets one be. */
export const decodeHeld = (settings: Settings, json: HeldJson): Either<StateError, SavedCall> => {
  const { callId, legs, placed, settled, revisions = {}, activity } = json
  const refused = beyond(settings, legs)
  if (refused !== undefined) return refused
  let call = emptyCall(callId)
  for (const leg of legs) for (const event of eventsOfJson(callId, leg)) call = addEvent(settings, call, event).call
  if (placed !== undefined) call = addPlaced(call, { callId, ...placed })
  return right({ call: { ...call, settled: settled === true, activity: activity ?? call.activity }, revisions })
}
