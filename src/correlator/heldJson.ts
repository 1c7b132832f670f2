import { addEvent, addPlaced, emptyCall } from '../call/addEvent.js'
import type { Call } from '../call/Call.js'
import type { Json } from '../call/Placed.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent, Parties } from '../event/CallEvent.js'
import { sameParties } from '../event/order.js'
import { eventsOf, subCallIdOf } from '../leg/LegFacts.js'
import type { Leg } from '../leg/Leg.js'
import { restore, type HeldCall } from './HeldCall.js'
import type { HeldJson, LegJson } from './StateJson.js'

/** What stands for an absent fact. */
const ABSENT = -1

// a word of these is told by its place, and places only come to be added: they are part of the version
const KINDS = ['dial', 'answer', 'hangup'] as const
const DIRECTIONS = ['incoming', 'outgoing'] as const
const BRIDGED = ['no', 'yes'] as const
const TYPES = ['phone', 'ivr', 'queue', 'fax'] as const

/** Gives every text its place; most calls know a dozen, so that a search is faster than a map. */
const placeIn = (texts: Array<string>, text: string | undefined): number => {
  if (text === undefined) return ABSENT
  const known = texts.indexOf(text)
  return known === -1 ? texts.push(text) - 1 : known
}

/** The numbers without the absent ones at their end. */
const trimmed = (numbers: Array<number>): ReadonlyArray<number> => {
  while (numbers[numbers.length - 1] === ABSENT) numbers.pop()
  return numbers
}

const encodeParties = (texts: Array<string>, parties: Parties): ReadonlyArray<number> =>
  trimmed([
    placeIn(texts, parties.callerNumber),
    placeIn(texts, parties.calledNumber),
    placeIn(texts, parties.calledExtension),
    placeIn(texts, parties.calledExtensionId),
    placeIn(texts, parties.callerName),
    placeIn(texts, parties.did),
    placeIn(texts, parties.callApiId),
    placeIn(texts, parties.callerExtension),
    placeIn(texts, parties.callerExtensionId),
    placeIn(texts, parties.remoteNumber)
  ])

const encodeEvent = (texts: Array<string>, event: CallEvent, who: number): ReadonlyArray<number> =>
  trimmed([
    KINDS.indexOf(event.kind),
    event.at,
    who,
    placeIn(texts, event.status),
    event.direction === undefined ? ABSENT : DIRECTIONS.indexOf(event.direction),
    event.talkTime ?? ABSENT,
    placeIn(texts, event.recordingId),
    event.bridged === undefined ? ABSENT : BRIDGED.indexOf(event.bridged),
    placeIn(texts, event.callBackId),
    event.extensionType === undefined ? ABSENT : TYPES.indexOf(event.extensionType),
    event.transferred === undefined ? ABSENT : 1,
    event.receivedAt ?? ABSENT
  ])

const encodeLeg = (texts: Array<string>, { facts }: Leg): Json => {
  const who: Array<Parties> = []
  const invalid: Array<Json> = []
  const events = eventsOf(facts).map((event, place) => {
    const known = who.findIndex((parties) => sameParties(parties, event.parties))
    for (const { field, value } of event.invalid ?? []) invalid.push([place, field, value])
    return encodeEvent(texts, event, known === -1 ? who.push(event.parties) - 1 : known)
  })
  return [placeIn(texts, subCallIdOf(facts.key)), who.map((parties) => encodeParties(texts, parties)), events, invalid]
}

/** A held call as JSON: its facts, the latch, and the revisions that are not 1. */
export const encodeHeld = ({ call, revisions }: HeldCall): Json => {
  const { callId, activity, placed } = call
  const texts: Array<string> = []
  const legs = call.legs.map((leg) => encodeLeg(texts, leg))
  return {
    id: callId,
    texts,
    legs,
    activity,
    ...(placed === undefined
      ? {}
      : {
          placed: {
            at: placed.at,
            ...(placed.destination === undefined ? {} : { to: placed.destination }),
            ...(placed.context === undefined ? {} : { context: placed.context })
          }
        }),
    ...(call.settled ? { settled: true } : {}),
    ...(Object.keys(revisions).length === 0 ? {} : { revisions: { ...revisions } })
  }
}

type Numbers = ReadonlyArray<number>

const decodeParties = (texts: ReadonlyArray<string>, [caller, called, calledExt, calledId, name, did, api, callerExt, callerId, remote]: Numbers): Parties => {
  const text = (place: number | undefined): string | undefined => (place === undefined ? undefined : texts[place])
  return {
    callerNumber: text(caller),
    callerName: text(name),
    calledNumber: text(called),
    did: text(did),
    callerExtension: text(callerExt),
    callerExtensionId: text(callerId),
    calledExtension: text(calledExt),
    calledExtensionId: text(calledId),
    remoteNumber: text(remote),
    callApiId: text(api)
  }
}

const oneOf = <A>(words: ReadonlyArray<A>, place: number | undefined): A | undefined => (place === undefined ? undefined : words[place])

const given = (n: number | undefined): number | undefined => (n === undefined || n === ABSENT ? undefined : n)

/** An event of a saved leg; none, if its numbers say none. */
const decodeEvent = (
  callId: string,
  subCallId: string,
  texts: ReadonlyArray<string>,
  who: ReadonlyArray<Parties>,
  invalid: CallEvent['invalid'],
  [kind, at, parties, status, direction, talk, rec, bridged, callBack, type, transferred, seen]: Numbers
): CallEvent | undefined => {
  const known = { kind: oneOf(KINDS, kind), parties: oneOf(who, parties) }
  if (known.kind === undefined || known.parties === undefined || at === undefined) return undefined
  return {
    kind: known.kind,
    callId,
    subCallId,
    at,
    receivedAt: given(seen),
    direction: oneOf(DIRECTIONS, direction),
    parties: known.parties,
    status: oneOf(texts, status),
    talkTime: given(talk),
    recordingId: oneOf(texts, rec),
    bridged: oneOf(BRIDGED, bridged),
    transferred: transferred === 1 ? true : undefined,
    callBackId: oneOf(texts, callBack),
    extensionType: oneOf(TYPES, type),
    invalid
  }
}

const invalidOf = (place: number, all: LegJson[3]): CallEvent['invalid'] => {
  const own = all.filter(([event]) => event === place)
  return own.length === 0 ? undefined : own.map(([, field, value]) => ({ field, value }))
}

/** Do the numbers of an event point to what is there? One limit for each, in the order of `encodeEvent`. */
const isWithin = (texts: number, who: number) => {
  const limits = [KINDS.length, Infinity, who, texts, DIRECTIONS.length, Infinity, texts, BRIDGED.length, texts, TYPES.length, 2, Infinity]
  return (numbers: Numbers): boolean => numbers.every((n, i) => n >= ABSENT && n < (limits[i] ?? 0))
}

const decodeLeg = (settings: Settings, call: Call, texts: ReadonlyArray<string>, [sub, parties, events, invalid]: LegJson): Call | undefined => {
  const subCallId = texts[sub]
  if (subCallId === undefined || !events.every(isWithin(texts.length, parties.length))) return undefined
  if (!parties.every((numbers) => numbers.length <= 10 && numbers.every((n) => n >= ABSENT && n < texts.length))) return undefined
  const who = parties.map((numbers) => decodeParties(texts, numbers))
  let known: Call | undefined = call
  events.forEach((numbers, place) => {
    const event = decodeEvent(call.callId, subCallId, texts, who, invalidOf(place, invalid), numbers)
    known = event === undefined || known === undefined ? undefined : addEvent(settings, known, event).call
  })
  return known
}

/** The call again; nothing, if its numbers point to texts that are not there. */
export const decodeHeld = (settings: Settings, json: HeldJson): HeldCall | undefined => {
  let call: Call | undefined = emptyCall(json.id)
  for (const leg of json.legs) call = call === undefined ? undefined : decodeLeg(settings, call, json.texts, leg)
  if (call === undefined) return undefined
  const { placed } = json
  if (placed !== undefined) {
    call = addPlaced(call, {
      callId: json.id,
      at: placed.at,
      ...(placed.to === undefined ? {} : { destination: placed.to }),
      ...(placed.context === undefined ? {} : { context: placed.context })
    })
  }
  return restore(settings, { ...call, activity: json.activity, settled: json.settled === true }, json.revisions ?? {})
}
