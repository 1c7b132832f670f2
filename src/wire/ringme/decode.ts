import { left, right, type Either } from 'fp-ts/lib/Either.js'
import type { CallEvent, InvalidField, Parties } from '../../event/CallEvent.js'
import { shown, type DecodeError, type Ignored } from '../../event/DecodeError.js'
import { ownExtension } from '../../event/extension.js'
import { moment, type EpochMicros } from '../../event/time.js'
import { callFlow, duration, eventKind, eventTime, extensionOf, extensionType, nameOf, notText, numberOf, teller, textOf, yesOrNo } from './fields.js'
import { parseForm } from './form.js'
import { sentOf } from './Sent.js'

type Decoded = Either<DecodeError, CallEvent | Ignored>
type Fields = Readonly<Record<string, unknown>>

const wrong = (field: string, value: unknown, reason: string): Either<DecodeError, never> =>
  left({ field, value: value === undefined ? '' : shown(value), reason })

const isFields = (raw: unknown): raw is Fields => typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** What a SubCallID says, if it names a leg. */
const subCallIdOf = (sent: string): string | undefined => {
  const lower = sent.toLowerCase()
  return lower === 'missed' || lower.includes('/') ? undefined : lower
}

/** What of an event means nothing, field by field: it counts as absent and is told. */
type Invalid = Array<InvalidField>

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '' || (typeof value === 'string' && notText(value) === undefined && textOf(value) === undefined)

/** The text of a field by its own reading of it. */
const read = (invalid: Invalid, field: string, value: unknown, reading: (value: unknown) => string | undefined): string | undefined => {
  if (value === undefined) return undefined
  const text = reading(value)
  if (text === undefined && !isAbsent(value)) invalid.push({ field, value: shown(value) })
  return text
}

/** What the text of a field means. */
const meaning = <A>(invalid: Invalid, field: string, value: unknown, meant: (text: string) => A | undefined): A | undefined => {
  const text = read(invalid, field, value, textOf)
  if (text === undefined) return undefined
  const known = meant(text)
  if (known === undefined) invalid.push({ field, value: shown(value) })
  return known
}

/** Only these spoil an event if they mean nothing; the other fields then count as absent and are reported. */
const decodeFields = (fields: Fields, receivedAt: EpochMicros | undefined): Decoded => {
  const raw = sentOf(fields)
  const eventType = textOf(raw.EventType)
  if (eventType === undefined) {
    const reason = notText(raw.EventType)
    if (reason !== undefined) return wrong('EventType', raw.EventType, reason)
    const other = textOf(raw.event_type)
    return other === undefined ? wrong('EventType', undefined, 'is missing') : right({ kind: 'ignored', eventType: other })
  }
  const kind = eventKind(eventType)
  if (kind === undefined) return wrong('EventType', eventType, 'is no kind of event that is known')
  if (kind === 'ignored') return right({ kind, eventType })

  const callId = textOf(raw.CallID)
  if (callId === undefined) return wrong('CallID', isAbsent(raw.CallID) ? undefined : raw.CallID, notText(raw.CallID) ?? 'is missing')
  if (callId.includes('/')) return wrong('CallID', callId, 'has a / in it')

  const time = textOf(raw.EventTime)
  const timeReason = time === undefined ? notText(raw.EventTime) : undefined
  if (timeReason !== undefined) return wrong('EventTime', raw.EventTime, timeReason)
  const at = time === undefined ? receivedAt : eventTime(time)
  if (at === undefined) {
    return time === undefined
      ? wrong('EventTime', undefined, 'is missing')
      : wrong('EventTime', time, /^\d+([.,]\d+)?e\+?\d+$/i.test(time) ? 'has lost its last digits: it must be 16 digits of microseconds' : 'is not 16 digits of microseconds, at most 9007199254740991')
  }

  const bridgedText = textOf(raw.Bridged)
  const bridged = bridgedText === undefined ? undefined : yesOrNo(bridgedText)
  if (bridged === undefined) {
    const reason = bridgedText === undefined ? notText(raw.Bridged) : 'is neither yes nor no'
    if (reason !== undefined) return wrong('Bridged', raw.Bridged, reason)
  }

  const invalid: Invalid = []
  const sentSubCallId = meaning(invalid, 'SubCallID', raw.SubCallID, subCallIdOf)
  const flow = meaning(invalid, 'CallFlow', raw.CallFlow, callFlow)
  const direction = kind === 'dial-in' ? 'incoming' : kind === 'dial-out' ? 'outgoing' : flow
  const status = read(invalid, 'CallStatus', raw.CallStatus, textOf)
  // in the order of the wire's fields, in which what means nothing is told
  const callerNumber = read(invalid, 'CallerIDNum', raw.CallerIDNum, numberOf)
  const callerName = read(invalid, 'CallerIDName', raw.CallerIDName, nameOf)
  const calledNumber = read(invalid, 'CalledNumber', raw.CalledNumber, numberOf)
  const did = read(invalid, 'CalledDID', raw.CalledDID, numberOf)
  const callerExtension = read(invalid, 'CallerExtension', raw.CallerExtension, extensionOf)
  const callerExtensionId = read(invalid, 'CallerExtensionID', raw.CallerExtensionID, textOf)
  const calledExtension = read(invalid, 'CalledExtension', raw.CalledExtension, extensionOf)
  const calledExtensionId = read(invalid, 'CalledExtensionID', raw.CalledExtensionID, textOf)
  const remoteNumber = read(invalid, 'RemoteNumber', raw.RemoteNumber, numberOf)
  const callApiId = read(invalid, 'CallAPIID', raw.CallAPIID, textOf)
  const parties: Parties = {
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
  const subCallId = sentSubCallId ?? ownExtension('', direction, parties, 'phone')?.toLowerCase()
  if (subCallId === undefined || subCallId.includes('/') || subCallId === 'missed') {
    const because = textOf(raw.SubCallID) === undefined ? notText(raw.SubCallID) ?? 'is missing' : 'names no leg'
    return wrong('SubCallID', isAbsent(raw.SubCallID) ? undefined : raw.SubCallID, `${because}, and no extension stands in for it`)
  }
  const talkTime = meaning(invalid, 'Duration', raw.Duration, duration)
  const recordingId = read(invalid, 'RecID', raw.RecID, textOf)
  const transfered = meaning(invalid, 'Transfered', raw.Transfered, yesOrNo)
  const callBackId = read(invalid, 'CallBackID', raw.CallBackID, textOf)
  const type = meaning(invalid, 'ExtType', raw.ExtType, extensionType)
  const toldBy = raw.ToldBy === undefined ? undefined : meaning(invalid, 'ToldBy', raw.ToldBy, teller)

  return right({
    kind: kind === 'answer' || kind === 'hangup' ? kind : 'dial',
    callId: callId.toLowerCase(),
    subCallId,
    at,
    receivedAt,
    direction,
    parties,
    status: status?.toUpperCase(),
    talkTime,
    recordingId,
    bridged,
    transferred: transfered === 'yes' ? true : undefined,
    callBackId,
    extensionType: type,
    toldBy,
    invalid: invalid.length === 0 ? undefined : invalid
  })
}

const decodeJson = (text: string, receivedAt: EpochMicros | undefined): Decoded => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return wrong('', text, 'is not valid JSON')
  }
  return isFields(value) ? decodeFields(value, receivedAt) : wrong('', text, 'is no JSON object')
}

const decodeText = (raw: string, receivedAt: EpochMicros | undefined): Decoded => {
  const first = raw.charCodeAt(0)
  // a byte order mark, and other white space, before a text is no part of it
  const text = first > 32 && first < 127 ? raw : raw.trim()
  return text.startsWith('{') ? decodeJson(text, receivedAt) : decodeFields(parseForm(text), receivedAt)
}

/** UTF-8; what is none becomes U+FFFD. A byte order mark is cut. */
declare const TextDecoder: new () => { readonly decode: (bytes: unknown) => string }

const isBytes = (raw: object): boolean =>
  'byteLength' in raw && (ArrayBuffer.isView(raw) || /^\[object (?:Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(raw)))

const isIterable = (raw: object): raw is Iterable<unknown> => Symbol.iterator in raw && typeof raw[Symbol.iterator] === 'function'

/** No event has nearly as many fields; an iteration need not end. */
const MOST_PAIRS = 1_000

const isList = (u: unknown): u is ReadonlyArray<unknown> => Array.isArray(u)

/** The fields of what iterates over pairs of a name and a value: of a repeated name the first value that is not empty. */
const fieldsOf = (pairs: Iterable<unknown>): Fields | undefined => {
  const fields = new Map<string, unknown>()
  let count = 0
  for (const pair of pairs) {
    if (!isList(pair) || ++count > MOST_PAIRS) return undefined
    const [name, value] = pair
    if (typeof name !== 'string') return undefined
    if (!fields.get(name)) fields.set(name, value)
  }
  return Object.fromEntries(fields)
}

const decodeObject = (raw: object, receivedAt: EpochMicros | undefined): Decoded => {
  // so it is with nearly all: an object that says what happened is fields
  if ('EventType' in raw && typeof raw.EventType === 'string' && isFields(raw)) return decodeFields(raw, receivedAt)
  if (isBytes(raw)) return decodeText(new TextDecoder().decode(raw), receivedAt)
  if (!isIterable(raw)) return isFields(raw) ? decodeFields(raw, receivedAt) : wrong('', raw, 'is neither a text nor an object')
  const fields = fieldsOf(raw)
  return fields === undefined ? wrong('', raw, 'is neither a text, nor fields, nor pairs of their names and values') : decodeFields(fields, receivedAt)
}

/**
 * Decodes what a PBX of the RingMe family sent: a flat object of its fields, what iterates over pairs of their names and
 * values (`URLSearchParams`, `Map`), or a text or its UTF-8 bytes, which is JSON if it begins with a brace and
 * form-encoded if not. Total: it never throws, whatever it is given.
 *
 * @param raw the event as it came
 * @param receivedAt when it was received, if the caller knows: for waiting and forgetting, and for the
 *   time of an event that has none of its own
 * @returns the event; or that it is none of ours; or which field is wrong, and why
 *
 * @example
 * import { decode } from 'call-legs'
 * import { isRight } from 'fp-ts/lib/Either.js'
 * const decoded = decode('EventType=answer&EventTime=1780000690000000&CallID=AB12&SubCallID=85219-ab12&CallFlow=in')
 * assert.ok(isRight(decoded) && decoded.right.kind === 'answer')
 * assert.deepStrictEqual(decoded.right.callId, 'ab12')
 *
 * @since 0.1.0
 * @category wire
 */
export const decode = (raw: unknown, receivedAt?: EpochMicros): Decoded => {
  try {
    const received = moment(receivedAt)
    if (typeof raw === 'string') return decodeText(raw, received)
    return typeof raw === 'object' && raw !== null ? decodeObject(raw, received) : wrong('', raw, 'is neither a text nor an object')
  } catch {
    // an object of the caller's own making may throw when it is read
    return wrong('', undefined, 'cannot be read')
  }
}
