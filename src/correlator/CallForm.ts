import { addEvent, addPlaced, emptyCall } from '../call/addEvent.js'
import type { Call } from '../call/Call.js'
import type { Placed } from '../call/Placed.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent, Parties } from '../event/CallEvent.js'
import { sameParties } from '../event/order.js'
import { eventsOf, subCallIdOf } from '../leg/LegFacts.js'
import type { Leg } from '../leg/Leg.js'
import { restore, type HeldCall, type Revisions } from './HeldCall.js'

/**
 * The facts of a held call in flat form, for saving it and for letting it rest: each text once, small
 * numbers (places of texts, counts, places of words in the lists below), and times and durations.
 */
export interface CallForm {
  readonly texts: ReadonlyArray<string>
  readonly words: ReadonlyArray<number>
  readonly times: ReadonlyArray<number>
  readonly placed: Placed | undefined
  readonly settled: boolean
  readonly revisions: Revisions
}

/** What stands for an absent fact. */
const ABSENT = -1

// a word of these is told by its place, and places only come to be added: they are part of the version
const KINDS = ['dial', 'answer', 'hangup'] as const
const DIRECTIONS = ['incoming', 'outgoing'] as const
const BRIDGED = ['no', 'yes'] as const
const TYPES = ['phone', 'ivr', 'queue', 'fax'] as const

interface Writer {
  /** Each text and its place. */
  readonly texts: Map<string, number>
  readonly words: Array<number>
  readonly times: Array<number>
}

/** Gives every text its place. */
const placeIn = (texts: Map<string, number>, text: string | undefined): number => {
  if (text === undefined) return ABSENT
  const known = texts.get(text)
  if (known !== undefined) return known
  texts.set(text, texts.size)
  return texts.size - 1
}

const writeParties = ({ texts, words }: Writer, parties: Parties): void => {
  words.push(
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
  )
}

const writeEvent = ({ texts, words, times }: Writer, event: CallEvent, who: number): void => {
  const { talkTime, receivedAt, invalid } = event
  words.push(
    KINDS.indexOf(event.kind),
    who,
    placeIn(texts, event.status),
    event.direction === undefined ? ABSENT : DIRECTIONS.indexOf(event.direction),
    placeIn(texts, event.recordingId),
    event.bridged === undefined ? ABSENT : BRIDGED.indexOf(event.bridged),
    placeIn(texts, event.callBackId),
    event.extensionType === undefined ? ABSENT : TYPES.indexOf(event.extensionType),
    event.transferred === undefined ? ABSENT : 0,
    talkTime === undefined ? ABSENT : 0,
    receivedAt === undefined ? ABSENT : 0,
    invalid === undefined ? ABSENT : invalid.length
  )
  times.push(event.at)
  if (talkTime !== undefined) times.push(talkTime)
  if (receivedAt !== undefined) times.push(receivedAt)
  if (invalid !== undefined) for (const { field, value } of invalid) words.push(placeIn(texts, field), placeIn(texts, value))
}

/** A leg's parties are told before its events, each of which names one of them; most legs have one. */
const writeLeg = (writer: Writer, { facts }: Leg): void => {
  const events = eventsOf(facts)
  const who: Array<Parties> = []
  const places = events.map((event) => {
    const known = who.findIndex((parties) => sameParties(parties, event.parties))
    return known === -1 ? who.push(event.parties) - 1 : known
  })
  writer.words.push(placeIn(writer.texts, subCallIdOf(facts.key)), who.length, events.length)
  for (const parties of who) writeParties(writer, parties)
  events.forEach((event, i) => writeEvent(writer, event, places[i] ?? 0))
}

/** The facts of a call in flat form: first its last activity, then leg by leg in the order of their keys. */
export const formOf = ({ call, revisions }: HeldCall): CallForm => {
  const writer: Writer = { texts: new Map(), words: [call.legs.length], times: [call.activity] }
  for (const leg of call.legs) writeLeg(writer, leg)
  const { texts, words, times } = writer
  return { texts: [...texts.keys()], words, times, placed: call.placed, settled: call.settled, revisions }
}

/** Reads a form from its beginning. What is not there, or points to what is not there, spoils it: from then on it reads nothing. */
const readerOf = ({ texts, words, times }: CallForm) => {
  let [nextWord, nextTime, sound] = [0, 0, true]
  /** A number below the limit, or what stands for an absent fact. */
  const word = (limit: number): number => {
    const n = words[nextWord++]
    if (n !== undefined && n >= ABSENT && n < limit) return n
    sound = false
    return ABSENT
  }
  return {
    word,
    oneOf: <A>(list: ReadonlyArray<A>): A | undefined => list[word(list.length)],
    text: (): string | undefined => texts[word(texts.length)],
    isPresent: (): boolean => word(1) === 0,
    time: (): number => {
      const time = times[nextTime++]
      if (time === undefined) sound = false
      return time ?? 0
    },
    isSound: (): boolean => sound,
    isAtEnd: (): boolean => nextWord === words.length && nextTime === times.length
  }
}

type Reader = ReturnType<typeof readerOf>

const readParties = ({ text }: Reader): Parties => {
  const [callerNumber, calledNumber, calledExtension, calledExtensionId, callerName] = [text(), text(), text(), text(), text()]
  const [did, callApiId, callerExtension, callerExtensionId, remoteNumber] = [text(), text(), text(), text(), text()]
  return {
    callerNumber,
    callerName,
    calledNumber,
    did,
    callerExtension,
    callerExtensionId,
    calledExtension,
    calledExtensionId,
    remoteNumber,
    callApiId
  }
}

const readInvalid = (reader: Reader): CallEvent['invalid'] => {
  const count = reader.word(Infinity)
  if (count === ABSENT) return undefined
  const invalid: Array<{ readonly field: string; readonly value: string }> = []
  while (invalid.length < count && reader.isSound()) invalid.push({ field: reader.text() ?? '', value: reader.text() ?? '' })
  return invalid
}

const readEvent = (reader: Reader, callId: string, subCallId: string, who: ReadonlyArray<Parties>): CallEvent => {
  const { oneOf, text, isPresent, time } = reader
  const [kind, parties, status, direction] = [oneOf(KINDS), oneOf(who), text(), oneOf(DIRECTIONS)]
  const [recordingId, bridged, callBackId, extensionType] = [text(), oneOf(BRIDGED), text(), oneOf(TYPES)]
  const [transferred, hasTalk, hasReceipt] = [isPresent(), isPresent(), isPresent()]
  const at = time()
  const talkTime = hasTalk ? time() : undefined
  const receivedAt = hasReceipt ? time() : undefined
  const common = { callId, subCallId, at, receivedAt, parties: parties ?? {}, status, talkTime, recordingId, bridged, callBackId, extensionType }
  return { kind: kind ?? 'dial', ...common, direction, transferred: transferred ? true : undefined, invalid: readInvalid(reader) }
}

const readLeg = (settings: Settings, reader: Reader, call: Call): Call => {
  const subCallId = reader.text()
  const [parties, events] = [reader.word(Infinity), reader.word(Infinity)]
  if (subCallId === undefined) return call
  const who: Array<Parties> = []
  while (who.length < parties && reader.isSound()) who.push(readParties(reader))
  let known = call
  for (let i = 0; i < events && reader.isSound(); i++) known = addEvent(settings, known, readEvent(reader, call.callId, subCallId, who)).call
  return known
}

/** The call again; nothing, if the form is spoilt. */
export const callOf = (settings: Settings, callId: string, form: CallForm): HeldCall | undefined => {
  const reader = readerOf(form)
  const legs = reader.word(Infinity)
  const activity = reader.time()
  let call = emptyCall(callId)
  for (let i = 0; i < legs && reader.isSound(); i++) call = readLeg(settings, reader, call)
  if (!reader.isSound() || !reader.isAtEnd()) return undefined
  if (form.placed !== undefined) call = addPlaced(call, form.placed)
  return restore(settings, { ...call, activity, settled: form.settled }, form.revisions)
}
