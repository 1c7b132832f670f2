import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { addEvent, addPlaced, emptyCall } from '../call/addEvent.js'
import type { Call } from '../call/Call.js'
import type { Json } from '../call/Placed.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent, Parties } from '../event/CallEvent.js'
import { sameParties } from '../event/order.js'
import { subCallIdOf, eventsOf } from '../leg/LegFacts.js'
import type { Leg } from '../leg/Leg.js'
import type { GoneCall } from './CallState.js'
import { restore, type HeldCall } from './HeldCall.js'
import type { StateError } from './StateError.js'
import { VERSION, type EventJson, type HeldJson, type LegJson, type PartiesJson } from './StateJson.js'

/** The object without the keys that hold nothing. */
const present = (fields: Readonly<Record<string, Json | undefined>>): Json => {
  const kept: Record<string, Json> = {}
  for (const key of Object.keys(fields)) {
    const value = fields[key]
    if (value !== undefined) kept[key] = value
  }
  return kept
}

const encodeParties = (parties: Parties): Json =>
  present({
    from: parties.callerNumber,
    name: parties.callerName,
    to: parties.calledNumber,
    did: parties.did,
    fromExt: parties.callerExtension,
    fromId: parties.callerExtensionId,
    toExt: parties.calledExtension,
    toId: parties.calledExtensionId,
    remote: parties.remoteNumber,
    api: parties.callApiId
  })

const decodeParties = (json: PartiesJson): Parties => ({
  callerNumber: json.from,
  callerName: json.name,
  calledNumber: json.to,
  did: json.did,
  callerExtension: json.fromExt,
  callerExtensionId: json.fromId,
  calledExtension: json.toExt,
  calledExtensionId: json.toId,
  remoteNumber: json.remote,
  callApiId: json.api
})

const encodeEvent = (event: CallEvent, who: number): Json =>
  present({
    kind: event.kind,
    at: event.at,
    who,
    seen: event.receivedAt,
    flow: event.direction === undefined ? undefined : event.direction === 'incoming' ? 'in' : 'out',
    status: event.status,
    talk: event.talkTime,
    rec: event.recordingId,
    bridged: event.bridged,
    transferred: event.transferred,
    callBack: event.callBackId,
    type: event.extensionType,
    invalid: event.invalid?.map(({ field, value }) => [field, value])
  })

const decodeEvent = (callId: string, subCallId: string, parties: Parties, json: EventJson): CallEvent => ({
  kind: json.kind,
  callId,
  subCallId,
  at: json.at,
  receivedAt: json.seen,
  direction: json.flow === undefined ? undefined : json.flow === 'in' ? 'incoming' : 'outgoing',
  parties,
  status: json.status,
  talkTime: json.talk,
  recordingId: json.rec,
  bridged: json.bridged,
  transferred: json.transferred,
  callBackId: json.callBack,
  extensionType: json.type,
  invalid: json.invalid?.map(([field, value]) => ({ field, value }))
})

const encodeLeg = ({ facts }: Leg): Json => {
  const who: Array<Parties> = []
  const events = eventsOf(facts).map((event) => {
    const known = who.findIndex((parties) => sameParties(parties, event.parties))
    return encodeEvent(event, known === -1 ? who.push(event.parties) - 1 : known)
  })
  return { sub: subCallIdOf(facts.key), who: who.map(encodeParties), events }
}

const decodeLeg = (settings: Settings, call: Call, json: LegJson): Call => {
  const who = json.who.map(decodeParties)
  return json.events.reduce((known, event) => addEvent(settings, known, decodeEvent(call.callId, json.sub, who[event.who] ?? {}, event)), call)
}

/** A held call as JSON: its facts, the latch, and the revisions that are not 1. */
export const encodeHeld = ({ call, revisions }: HeldCall): Json =>
  present({
    id: call.callId,
    legs: call.legs.map(encodeLeg),
    activity: call.activity,
    placed: call.placed === undefined ? undefined : present({ at: call.placed.at, to: call.placed.destination, context: call.placed.context }),
    settled: call.settled ? true : undefined,
    revisions: Object.keys(revisions).length === 0 ? undefined : { ...revisions }
  })

export const decodeHeld = (settings: Settings, json: HeldJson): HeldCall => {
  const known = json.legs.reduce((call, leg) => decodeLeg(settings, call, leg), emptyCall(json.id))
  const { placed } = json
  const told =
    placed === undefined
      ? known
      : addPlaced(known, {
          callId: json.id,
          at: placed.at,
          ...(placed.to === undefined ? {} : { destination: placed.to }),
          ...(placed.context === undefined ? {} : { context: placed.context })
        })
  return restore(settings, { ...told, activity: json.activity, settled: json.settled === true }, json.revisions ?? {})
}

export const encodeGone = ({ callId, until }: GoneCall): Json => ({ id: callId, until })

const describe = (errors: t.Errors): StateError => {
  const error = errors[errors.length - 1]
  const path = (error?.context ?? []).map(({ key }) => key).filter((key) => key !== '' && !/^\d+$/.test(key)).join('.')
  return { kind: 'malformed', path, reason: error?.message ?? 'is not what a state holds there' }
}

/** Reads a saved state by its codec, and says what is wrong with it where it is not one. */
export const readJson = <A>(codec: t.Type<A, unknown, unknown>, json: unknown): Either<StateError, A> => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return left({ kind: 'malformed', path: '', reason: 'is no object' })
  const version = 'v' in json ? json.v : undefined
  if (version !== VERSION) return left({ kind: 'unknown-version', found: version === undefined ? 'none' : JSON.stringify(version), known: [VERSION] })
  const read = codec.decode(json)
  return isLeft(read) ? left(describe(read.left)) : right(read.right)
}
