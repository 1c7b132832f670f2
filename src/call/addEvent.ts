import type { Settings } from '../config/Config.js'
import type { CallEvent, Parties } from '../event/CallEvent.js'
import { sameParties } from '../event/order.js'
import { moment, type EpochMicros, type Micros } from '../event/time.js'
import { firstLeg, withEvent, type Leg } from '../leg/Leg.js'
import { eventsOf, legKey, seenAt, subCallIdOf } from '../leg/LegFacts.js'
import { earlier, exchanged, inserted, type Call } from './Call.js'
import { heard, withHeard } from './history.js'
import type { Placed } from './Placed.js'

const NO_LEGS: ReadonlyArray<Leg> = []

/** A call of which nothing is known yet. */
export const emptyCall = (callId: string): Call => ({
  callId,
  legs: NO_LEGS,
  ended: 0,
  bridged: false,
  linked: false,
  placed: undefined,
  callBack: undefined,
  entry: undefined,
  activity: 0,
  heard: undefined,
  settled: false,
  givenUp: false
})

/** Where the leg stands, or would stand, among legs in the order of their keys. */
const placeOf = (legs: ReadonlyArray<Leg>, key: string): number => {
  let low = 0
  let high = legs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const leg = legs[middle]
    if (leg !== undefined && leg.key < key) low = middle + 1
    else high = middle
  }
  return low
}

const later = (a: EpochMicros, b: EpochMicros): EpochMicros => (a > b ? a : b)

/** A call with one more event, and the leg to which that came. */
export interface Added {
  readonly call: Call
  /** None, if the history had a word in the call: then any leg may be another. */
  readonly leg: Leg | undefined
  /** Its place in `call.legs`. */
  readonly place: number
  /** The leg as it was before: none, if the event is its first. */
  readonly before: Leg | undefined
}

/** A length of time without its fraction; what is none counts as not given. */
const length = (time: Micros | undefined): Micros | undefined =>
  time !== undefined && time >= 0 && time <= Number.MAX_SAFE_INTEGER ? Math.floor(time) : undefined

/** One text for two that are alike. */
const shared = (text: string | undefined, known: string | undefined): string | undefined => (text === known ? known : text)

/** The same parties, with the texts that are known already: without this a closed call of two legs takes 214 bytes more. */
const sharing = (parties: Parties, known: Parties): Parties => ({
  callerNumber: shared(parties.callerNumber, known.callerNumber),
  callerName: shared(parties.callerName, known.callerName),
  calledNumber: shared(parties.calledNumber, known.calledNumber),
  did: shared(parties.did, known.did),
  callerExtension: shared(parties.callerExtension, known.callerExtension),
  callerExtensionId: shared(parties.callerExtensionId, known.callerExtensionId),
  calledExtension: shared(parties.calledExtension, known.calledExtension),
  calledExtensionId: shared(parties.calledExtensionId, known.calledExtensionId),
  remoteNumber: shared(parties.remoteNumber, known.remoteNumber),
  callApiId: shared(parties.callApiId, known.callApiId)
})

/** Who is on the line, kept once for a leg: without this a closed call of two legs takes 1 244 bytes more. */
const partiesOf = (call: Call, place: number, before: Leg | undefined, { parties }: CallEvent): Parties => {
  if (before !== undefined && sameParties(before.parties, parties)) return before.parties
  const near = before ?? call.legs[place] ?? call.legs[place - 1]
  return sharing(parties, near?.parties ?? parties)
}

/**
 * The event as it is kept: a copy, so that nobody else can change it. A wire of the caller's own may hand in times
 * with fractions, which no saved state could hold, or receipts in another unit. What most events do not tell is no
 * key: that is 56 bytes an event.
 */
const kept = (event: CallEvent, callId: string, subCallId: string, parties: Parties): CallEvent => {
  const { kind, direction, status, recordingId, bridged, transferred, callBackId, extensionType, toldBy, invalid } = event
  const at = Number.isSafeInteger(event.at) ? event.at : (moment(event.at) ?? 0)
  const receivedAt = moment(event.receivedAt)
  const talkTime = length(event.talkTime)
  if (talkTime === undefined && (recordingId ?? bridged ?? transferred ?? callBackId ?? extensionType ?? toldBy ?? invalid) === undefined) {
    return { kind, callId, subCallId, at, receivedAt, direction, parties, status }
  }
  const plain = { kind, callId, subCallId, at, receivedAt, direction, parties, status, talkTime, recordingId, bridged, transferred, callBackId, extensionType, invalid }
  return toldBy === undefined ? plain : { ...plain, toldBy }
}

/** May the record of some leg depend on another, now that this leg is so? Sources, transfers and misses link legs. */
const isLinked = (call: Call, leg: Leg, before: Leg | undefined): boolean =>
  call.linked ||
  leg.transfer ||
  leg.bridged ||
  (before?.direction !== leg.direction && call.legs.some((other) => other !== before && other.direction !== leg.direction))

/** The call that follows from its events as they count. */
const rebuilt = (settings: Settings, { callId, placed, settled, givenUp }: Call, events: ReadonlyArray<CallEvent>): Call => {
  let call: Call = { ...emptyCall(callId), settled, givenUp }
  for (const event of events) call = addToLeg(settings, call, event).call
  return placed === undefined ? call : addPlaced(call, placed)
}

/** R-history: the call with more events, where the history has a word: such calls are few, and are told anew as a whole. */
export const addHeard = (settings: Settings, call: Call, sent: ReadonlyArray<CallEvent>): Call => {
  const before = call.heard ?? call.legs.flatMap(eventsOf)
  const all = sent.reduce((known, event) => withHeard(known, kept(event, call.callId, event.subCallId, sharing(event.parties, event.parties))), before)
  const activity = sent.reduce((at, event) => later(at, seenAt(event)), call.activity)
  if (all === before) return activity === call.activity ? call : { ...call, activity }
  return { ...rebuilt(settings, call, heard(all)), heard: all, linked: true, activity }
}

/** The call with one more event: the same object if nothing new is in it. */
export const addEvent = (settings: Settings, call: Call, sent: CallEvent): Added =>
  call.heard === undefined && sent.toldBy === undefined ? addToLeg(settings, call, sent) : { call: addHeard(settings, call, [sent]), leg: undefined, place: 0, before: undefined }

const addToLeg = (settings: Settings, call: Call, sent: CallEvent): Added => {
  const key = legKey(sent)
  const place = placeOf(call.legs, key)
  const there = call.legs[place]
  const before = there !== undefined && there.key === key ? there : undefined
  const event = kept(sent, call.callId, subCallIdOf(before?.key ?? key), partiesOf(call, place, before, sent))
  const leg = before === undefined ? firstLeg(settings, key, event) : withEvent(settings, before, event)
  const activity = later(call.activity, seenAt(event))
  if (leg === before) {
    return { call: activity === call.activity ? call : { ...call, activity }, leg: before, place, before }
  }
  return {
    call: {
      callId: call.callId,
      legs: before === undefined ? inserted(call.legs, place, leg) : exchanged(call.legs, place, leg),
      ended: leg.hangup !== undefined && before?.hangup === undefined ? call.ended + 1 : call.ended,
      bridged: call.bridged || event.bridged !== undefined,
      linked: isLinked(call, leg, before),
      placed: call.placed,
      callBack: event.callBackId === undefined ? call.callBack : earlier(call.callBack, event),
      entry: event.parties.did === undefined ? call.entry : earlier(call.entry, event),
      activity,
      heard: undefined,
      settled: call.settled,
      givenUp: call.givenUp
    },
    leg,
    place,
    before
  }
}

const wordText = ({ destination, context }: Placed): string => JSON.stringify({ destination, context })

/** Of several words about one call the earliest counts, of two at the same time the greater by its text. */
const firstPlaced = (a: Placed | undefined, b: Placed): Placed => {
  if (a === undefined || b.at < a.at) return b
  return b.at === a.at && wordText(b) > wordText(a) ? b : a
}

/** The call with the application's word that it placed it. */
export const addPlaced = (call: Call, placed: Placed): Call => ({
  ...call,
  linked: true,
  placed: firstPlaced(call.placed, { ...placed, callId: call.callId }),
  activity: later(call.activity, placed.at)
})
