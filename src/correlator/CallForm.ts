import { addEvent, addPlaced, emptyCall } from '../call/addEvent.js'
import type { Call } from '../call/Call.js'
import type { Placed } from '../call/Placed.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent, Parties } from '../event/CallEvent.js'
import type { EventFacts, RareFacts } from '../event/EventFacts.js'
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

/** What stands for an absent text or word: places count from one. */
const ABSENT = 0

// a word of these is told by its place, and places only come to be added: they are part of the version
const KINDS = ['dial', 'answer', 'hangup'] as const
const DIRECTIONS = ['incoming', 'outgoing'] as const
const BRIDGED = ['no', 'yes'] as const
const TYPES = ['phone', 'ivr', 'queue', 'fax'] as const

const placeIn = <A>(list: ReadonlyArray<A>, word: A | undefined): number => (word === undefined ? ABSENT : list.indexOf(word) + 1)

/** The fields of the parties, in the order in which they are written. */
const FIELDS = [
  'callerNumber',
  'calledNumber',
  'calledExtension',
  'calledExtensionId',
  'callerName',
  'did',
  'callApiId',
  'callerExtension',
  'callerExtensionId',
  'remoteNumber'
] as const satisfies ReadonlyArray<keyof Parties>

// what an event has beside its kind (two bits) and its direction (two bits): each of these is a bit of its first word
const TALK_TIME = 16
const RECORDING_ID = 32
const RECEIVED_AT = 64
const MORE = 128

// and of the second word, that few events have: `Bridged` (two bits), `ExtType` (three), and
const TRANSFERRED = 32
const CALL_BACK_ID = 64
const INVALID = 128

interface Writer {
  readonly texts: Array<string>
  readonly words: Array<number>
  readonly times: Array<number>
  /** The few statuses, each of which stands in many events, and their places. */
  readonly statuses: Map<string, number>
  /** Where the words begin of the parties that were written last, and these parties. */
  from: number
  parties: Parties
}

/** Writes a text, and tells its place. */
const writeText = ({ texts }: Writer, text: string | undefined): number => (text === undefined ? ABSENT : texts.push(text))

const writeStatus = (writer: Writer, status: string | undefined): number => {
  if (status === undefined) return ABSENT
  const known = writer.statuses.get(status)
  if (known !== undefined) return known
  const place = writeText(writer, status)
  writer.statuses.set(status, place)
  return place
}

/** Much of what is said of parties was said of those before: a text that stands there is not written again. */
const writeParties = (writer: Writer, parties: Parties): void => {
  const { words } = writer
  const from = words.length
  for (let i = 0; i < FIELDS.length; i++) {
    const field = FIELDS[i] ?? 'callerNumber'
    const text = parties[field]
    const isKnown = text !== undefined && text === writer.parties[field]
    words.push(isKnown ? words[writer.from + i] ?? ABSENT : writeText(writer, text))
  }
  writer.from = from
  writer.parties = parties
}

const writeMore = (writer: Writer, bridged: EventFacts['bridged'], rare: RareFacts | undefined): void => {
  const { words } = writer
  const { callBackId, extensionType, transferred, invalid } = rare ?? {}
  words.push(
    placeIn(BRIDGED, bridged) +
      4 * placeIn(TYPES, extensionType) +
      (transferred === undefined ? 0 : TRANSFERRED) +
      (callBackId === undefined ? 0 : CALL_BACK_ID) +
      (invalid === undefined ? 0 : INVALID)
  )
  if (callBackId !== undefined) words.push(writeText(writer, callBackId))
  if (invalid === undefined) return
  words.push(invalid.length)
  for (const { field, value } of invalid) words.push(writeText(writer, field), writeText(writer, value))
}

/** An event: the parties that are new to the leg stand in it. */
const writeEvent = (writer: Writer, event: EventFacts, who: Array<Parties>): void => {
  const { words, times } = writer
  const { talkTime, receivedAt, recordingId, bridged, rare, parties } = event
  const more = bridged !== undefined || rare !== undefined
  words.push(
    placeIn(KINDS, event.kind) +
      4 * placeIn(DIRECTIONS, event.direction) +
      (talkTime === undefined ? 0 : TALK_TIME) +
      (recordingId === undefined ? 0 : RECORDING_ID) +
      (receivedAt === undefined ? 0 : RECEIVED_AT) +
      (more ? MORE : 0)
  )
  let place = who.findIndex((one) => one === parties || sameParties(one, parties))
  if (place === -1) {
    place = who.push(parties) - 1
    words.push(place)
    writeParties(writer, parties)
  } else words.push(place)
  words.push(writeStatus(writer, event.status))
  if (recordingId !== undefined) words.push(writeText(writer, recordingId))
  if (more) writeMore(writer, bridged, rare)
  times.push(event.at)
  if (talkTime !== undefined) times.push(talkTime)
  if (receivedAt !== undefined) times.push(receivedAt)
}

const writeLeg = (writer: Writer, leg: Leg): void => {
  const events = eventsOf(leg)
  const who: Array<Parties> = []
  writer.words.push(writeText(writer, subCallIdOf(leg.key)), events.length)
  for (const event of events) writeEvent(writer, event, who)
}

/** The facts of a call in flat form: first its last activity, then leg by leg in the order of their keys. */
export const formOf = ({ call, revisions }: HeldCall): CallForm => {
  const writer: Writer = { texts: [], words: [call.legs.length], times: [call.activity], statuses: new Map(), from: 0, parties: {} }
  for (const leg of call.legs) writeLeg(writer, leg)
  const { texts, words, times } = writer
  return { texts, words, times, placed: call.placed, settled: call.settled, revisions }
}

/** Reads a form from its beginning. What is not there, or points to what is not there, spoils it: from then on it reads nothing. */
const readerOf = ({ texts, words, times }: CallForm) => {
  let [nextWord, nextTime, sound] = [0, 0, true]
  const word = (highest: number): number => {
    const n = words[nextWord++]
    if (n !== undefined && n >= 0 && n <= highest) return n
    sound = false
    return 0
  }
  return {
    word,
    spoil: (): void => {
      sound = false
    },
    text: (): string | undefined => texts[word(texts.length) - 1],
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
  // in the order of FIELDS
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
  const invalid: Array<{ readonly field: string; readonly value: string }> = []
  while (invalid.length < count && reader.isSound()) invalid.push({ field: reader.text() ?? '', value: reader.text() ?? '' })
  return invalid
}

type More = Pick<CallEvent, 'bridged' | 'extensionType' | 'transferred' | 'callBackId' | 'invalid'>

const readMore = (reader: Reader): More => {
  const more = reader.word(255)
  return {
    bridged: BRIDGED[(more & 3) - 1],
    extensionType: TYPES[((more >> 2) & 7) - 1],
    transferred: (more & TRANSFERRED) === 0 ? undefined : true,
    callBackId: (more & CALL_BACK_ID) === 0 ? undefined : reader.text(),
    invalid: (more & INVALID) === 0 ? undefined : readInvalid(reader)
  }
}

const readEvent = (reader: Reader, callId: string, subCallId: string, who: Array<Parties>): CallEvent => {
  const { word, text, time, spoil } = reader
  const shape = word(255)
  const kind = KINDS[(shape & 3) - 1]
  if (kind === undefined) spoil()
  const place = word(who.length)
  if (place === who.length) who.push(readParties(reader))
  const status = text()
  const recordingId = (shape & RECORDING_ID) === 0 ? undefined : text()
  const more = (shape & MORE) === 0 ? undefined : readMore(reader)
  const at = time()
  const talkTime = (shape & TALK_TIME) === 0 ? undefined : time()
  const receivedAt = (shape & RECEIVED_AT) === 0 ? undefined : time()
  const direction = DIRECTIONS[((shape >> 2) & 3) - 1]
  return { kind: kind ?? 'dial', callId, subCallId, at, receivedAt, direction, parties: who[place] ?? {}, status, talkTime, recordingId, ...more }
}

const readLeg = (settings: Settings, reader: Reader, call: Call): Call => {
  const subCallId = reader.text()
  const events = reader.word(Infinity)
  if (subCallId === undefined) {
    reader.spoil()
    return call
  }
  const who: Array<Parties> = []
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
