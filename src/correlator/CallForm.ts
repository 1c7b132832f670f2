import { addEvent, addPlaced, emptyCall } from '../call/addEvent.js'
import type { Call } from '../call/Call.js'
import type { Placed } from '../call/Placed.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent, Parties } from '../event/CallEvent.js'
import type { EventFacts, MoreFacts } from '../event/EventFacts.js'
import { sameParties } from '../event/order.js'
import { subCallIdOf } from '../leg/LegFacts.js'
import type { Leg } from '../leg/Leg.js'
import type { Revisions } from './changes.js'
import { restore, type HeldCall } from './HeldCall.js'

/**
 * The facts of a held call in flat form, for saving it and for letting it rest: three lists, each of which is read
 * from its beginning to its end. A text stands where it is new; a word is a number from 0 to 255, or a count.
 */
export interface CallForm {
  readonly texts: ReadonlyArray<string>
  readonly words: ReadonlyArray<number>
  readonly times: ReadonlyArray<number>
  readonly placed: Placed | undefined
  readonly settled: boolean
  readonly revisions: Revisions
}

// a word of these is told by its place, counted from one, and places only come to be added: they are part of the version
const KINDS = ['dial', 'answer', 'hangup'] as const
const DIRECTIONS = ['incoming', 'outgoing'] as const
const BRIDGED = ['no', 'yes'] as const
const TYPES = ['phone', 'ivr', 'queue', 'fax'] as const

const placeIn = <A>(list: ReadonlyArray<A>, word: A | undefined): number => {
  if (word === undefined) return 0
  for (let i = 0; i < list.length; i++) if (list[i] === word) return i + 1
  return 0
}

// the fields of the parties: a bit each if it is what was written last, and a bit if it is new
const BITS: Readonly<Record<keyof Parties, number>> = {
  callerNumber: 1,
  calledNumber: 2,
  calledExtension: 4,
  calledExtensionId: 8,
  callerName: 16,
  did: 32,
  callApiId: 64,
  callerExtension: 128,
  callerExtensionId: 256,
  remoteNumber: 512
}
const NEW = 10

// what an event has beside its kind (two bits) and its direction (two bits): each of these is a bit of its first word
const OTHER_PARTIES = 16
const RECEIVED_AT = 32
const MORE = 64

// and of the next words, that few events have: `Bridged` (two bits), `ExtType` (three), and
const TRANSFERRED = 32
const CALL_BACK_ID = 64
const INVALID = 128
// and
const TALK_TIME = 1
const RECORDING_ID = 2

/** Where the status is a text that no event before had: the places of the others count from one. */
const NEW_STATUS = 255

interface Writer {
  readonly texts: Array<string>
  readonly words: Array<number>
  readonly times: Array<number>
  /** The few statuses, each of which stands in many events. */
  readonly statuses: Array<string>
  /** The parties that were written last. */
  parties: Parties
}

const writeStatus = ({ texts, words, statuses }: Writer, status: string | undefined): void => {
  const place = placeIn(statuses, status)
  if (status === undefined || (place > 0 && place < NEW_STATUS)) words.push(place)
  else {
    words.push(NEW_STATUS)
    texts.push(status)
    statuses.push(status)
  }
}

/** Of a field of the parties, whether it is as it was, or new, or absent. */
const mark = (texts: Array<string>, text: string | undefined, known: string | undefined, bit: number): number => {
  if (text === undefined) return 0
  if (text === known) return bit
  texts.push(text)
  return bit << NEW
}

/** Much of what is said of parties was said of those before: three words tell what is as it was, and what is new. */
const writeParties = (writer: Writer, parties: Parties): void => {
  const { texts, words, parties: known } = writer
  const marks =
    mark(texts, parties.callerNumber, known.callerNumber, BITS.callerNumber) |
    mark(texts, parties.calledNumber, known.calledNumber, BITS.calledNumber) |
    mark(texts, parties.calledExtension, known.calledExtension, BITS.calledExtension) |
    mark(texts, parties.calledExtensionId, known.calledExtensionId, BITS.calledExtensionId) |
    mark(texts, parties.callerName, known.callerName, BITS.callerName) |
    mark(texts, parties.did, known.did, BITS.did) |
    mark(texts, parties.callApiId, known.callApiId, BITS.callApiId) |
    mark(texts, parties.callerExtension, known.callerExtension, BITS.callerExtension) |
    mark(texts, parties.callerExtensionId, known.callerExtensionId, BITS.callerExtensionId) |
    mark(texts, parties.remoteNumber, known.remoteNumber, BITS.remoteNumber)
  words.push(marks & 255, (marks >> 8) & 255, marks >> 16)
  writer.parties = parties
}

const writeMore = ({ texts, words, times }: Writer, { talkTime, recordingId, bridged, transferred, callBackId, extensionType, invalid }: MoreFacts): void => {
  words.push(
    placeIn(BRIDGED, bridged) +
      4 * placeIn(TYPES, extensionType) +
      (transferred === undefined ? 0 : TRANSFERRED) +
      (callBackId === undefined ? 0 : CALL_BACK_ID) +
      (invalid === undefined ? 0 : INVALID),
    (talkTime === undefined ? 0 : TALK_TIME) + (recordingId === undefined ? 0 : RECORDING_ID)
  )
  if (talkTime !== undefined) times.push(talkTime)
  if (recordingId !== undefined) texts.push(recordingId)
  if (callBackId !== undefined) texts.push(callBackId)
  if (invalid === undefined) return
  words.push(invalid.length)
  for (const { field, value } of invalid) texts.push(field, value)
}

const writeEvent = (writer: Writer, event: EventFacts): void => {
  const { receivedAt, parties, more } = event
  const isOther = !sameParties(parties, writer.parties)
  writer.words.push(
    placeIn(KINDS, event.kind) +
      4 * placeIn(DIRECTIONS, event.direction) +
      (isOther ? OTHER_PARTIES : 0) +
      (receivedAt === undefined ? 0 : RECEIVED_AT) +
      (more === undefined ? 0 : MORE)
  )
  writer.times.push(event.at)
  if (receivedAt !== undefined) writer.times.push(receivedAt)
  if (isOther) writeParties(writer, parties)
  writeStatus(writer, event.status)
  if (more !== undefined) writeMore(writer, more)
}

const writeLeg = (writer: Writer, leg: Leg): void => {
  const { dial, answer, hangup, others } = leg
  writer.texts.push(subCallIdOf(leg.key))
  writer.words.push((dial === undefined ? 0 : 1) + (answer === undefined ? 0 : 1) + (hangup === undefined ? 0 : 1) + others.length)
  if (dial !== undefined) writeEvent(writer, dial)
  if (answer !== undefined) writeEvent(writer, answer)
  if (hangup !== undefined) writeEvent(writer, hangup)
  for (const other of others) writeEvent(writer, other)
}

const NOBODY: Parties = {}

/** The facts of a call in flat form: first its last activity, then leg by leg in the order of their keys. */
export const formOf = ({ call, outcome: { revisions } }: HeldCall): CallForm => {
  const writer: Writer = { texts: [], words: [call.legs.length], times: [call.activity], statuses: [], parties: NOBODY }
  for (const leg of call.legs) writeLeg(writer, leg)
  const { texts, words, times } = writer
  return { texts, words, times, placed: call.placed, settled: call.settled, revisions }
}

/** Reads a form from its beginning. What is not there, or means nothing, spoils it: from then on it reads nothing. */
const readerOf = ({ texts, words, times }: CallForm) => {
  let [nextWord, nextText, nextTime, sound] = [0, 0, 0, true]
  return {
    statuses: new Array<string>(),
    parties: NOBODY,
    /** A word that must be one of the lowest. */
    word: (highest: number): number => {
      const n = words[nextWord++]
      if (n !== undefined && n >= 0 && n <= highest) return n
      sound = false
      return 0
    },
    text: (): string => {
      const text = texts[nextText++]
      if (text === undefined) sound = false
      return text ?? ''
    },
    time: (): number => {
      const time = times[nextTime++]
      if (time === undefined) sound = false
      return time ?? 0
    },
    /** What must be so, or the form is spoilt. */
    must: (condition: boolean): void => {
      if (!condition) sound = false
    },
    isSound: (): boolean => sound,
    isAtEnd: (): boolean => nextWord === words.length && nextText === texts.length && nextTime === times.length
  }
}

type Reader = ReturnType<typeof readerOf>

const readStatus = (reader: Reader): string | undefined => {
  const place = reader.word(NEW_STATUS)
  if (place < NEW_STATUS) {
    reader.must(place <= reader.statuses.length)
    return reader.statuses[place - 1]
  }
  const status = reader.text()
  reader.statuses.push(status)
  return status
}

const readParties = (reader: Reader): Parties => {
  const { parties: known, must, text, word } = reader
  const marks = word(255) | (word(255) << 8) | (word(15) << 16)
  must((marks & (marks >> NEW)) === 0)
  const field = (bit: number, before: string | undefined): string | undefined => {
    if ((marks & (bit << NEW)) !== 0) return text()
    if ((marks & bit) === 0) return undefined
    must(before !== undefined)
    return before
  }
  // in the order in which they are written
  const callerNumber = field(BITS.callerNumber, known.callerNumber)
  const calledNumber = field(BITS.calledNumber, known.calledNumber)
  const calledExtension = field(BITS.calledExtension, known.calledExtension)
  const calledExtensionId = field(BITS.calledExtensionId, known.calledExtensionId)
  const callerName = field(BITS.callerName, known.callerName)
  const did = field(BITS.did, known.did)
  const callApiId = field(BITS.callApiId, known.callApiId)
  const callerExtension = field(BITS.callerExtension, known.callerExtension)
  const callerExtensionId = field(BITS.callerExtensionId, known.callerExtensionId)
  const remoteNumber = field(BITS.remoteNumber, known.remoteNumber)
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

const readInvalid = (reader: Reader): MoreFacts['invalid'] => {
  const count = reader.word(Infinity)
  const invalid: Array<{ readonly field: string; readonly value: string }> = []
  while (invalid.length < count && reader.isSound()) invalid.push({ field: reader.text(), value: reader.text() })
  return invalid
}

const readMore = (reader: Reader): MoreFacts => {
  const [first, second] = [reader.word(255), reader.word(TALK_TIME + RECORDING_ID)]
  const [bridged, type] = [first & 3, (first >> 2) & 7]
  reader.must(bridged <= BRIDGED.length && type <= TYPES.length)
  return {
    talkTime: (second & TALK_TIME) === 0 ? undefined : reader.time(),
    recordingId: (second & RECORDING_ID) === 0 ? undefined : reader.text(),
    bridged: BRIDGED[bridged - 1],
    transferred: (first & TRANSFERRED) === 0 ? undefined : true,
    callBackId: (first & CALL_BACK_ID) === 0 ? undefined : reader.text(),
    extensionType: TYPES[type - 1],
    invalid: (first & INVALID) === 0 ? undefined : readInvalid(reader)
  }
}

const readEvent = (reader: Reader, callId: string, subCallId: string): CallEvent => {
  const shape = reader.word(OTHER_PARTIES + RECEIVED_AT + MORE + 15)
  const kind = KINDS[(shape & 3) - 1]
  const direction = (shape >> 2) & 3
  reader.must(kind !== undefined && direction <= DIRECTIONS.length)
  const at = reader.time()
  const receivedAt = (shape & RECEIVED_AT) === 0 ? undefined : reader.time()
  if ((shape & OTHER_PARTIES) !== 0) reader.parties = readParties(reader)
  const { parties } = reader
  const status = readStatus(reader)
  const more = (shape & MORE) === 0 ? undefined : readMore(reader)
  return { kind: kind ?? 'dial', callId, subCallId, at, receivedAt, direction: DIRECTIONS[direction - 1], parties, status, ...more }
}

const readLeg = (settings: Settings, reader: Reader, call: Call): Call => {
  const subCallId = reader.text()
  const events = reader.word(Infinity)
  let known = call
  for (let i = 0; i < events && reader.isSound(); i++) known = addEvent(settings, known, readEvent(reader, call.callId, subCallId)).call
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
