import { left, right, type Either } from 'fp-ts/lib/Either.js'
import type { CallEvent, InvalidField, Parties } from '../../event/CallEvent.js'
import type { DecodeError, Ignored } from '../../event/DecodeError.js'
import { ownExtension } from '../../event/extension.js'
import { moment, type EpochMicros } from '../../event/time.js'
import { callFlow, duration, eventKind, eventTime, extensionType, notText, shown, textOf, yesOrNo } from './fields.js'
import { parseForm } from './form.js'

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

/** The fields whose texts may mean nothing. */
const MEANINGS: Readonly<Record<string, (text: string) => unknown>> = {
  SubCallID: subCallIdOf,
  CallFlow: callFlow,
  Duration: duration,
  Transfered: yesOrNo,
  ExtType: extensionType
}

/** The fields that count as absent if they mean nothing, and are then reported, in this order. */
const LENIENT = [
  'SubCallID',
  'CallFlow',
  'CallStatus',
  'CallerIDNum',
  'CallerIDName',
  'CalledNumber',
  'CalledDID',
  'CallerExtension',
  'CallerExtensionID',
  'CalledExtension',
  'CalledExtensionID',
  'RemoteNumber',
  'CallAPIID',
  'Duration',
  'RecID',
  'Transfered',
  'CallBackID',
  'ExtType'
] as const

const meansNothing = (raw: Fields, field: string): boolean => {
  const text = textOf(raw[field])
  return text === undefined ? notText(raw[field]) !== undefined : MEANINGS[field]?.(text) === undefined && field in MEANINGS
}

const invalidFields = (raw: Fields): ReadonlyArray<InvalidField> =>
  LENIENT.filter((field) => meansNothing(raw, field)).map((field) => ({ field, value: shown(raw[field]) }))

/** What a field means, if it is a text that means something. */
const meaningOf = <A>(value: unknown, read: (text: string) => A | undefined): A | undefined => {
  const text = textOf(value)
  return text === undefined ? undefined : read(text)
}

/** Was something sent of which nothing could be read? */
const saysNothing = (value: unknown, read: unknown): boolean => read === undefined && value !== undefined && value !== ''

/** Only these spoil an event if they mean nothing; the other fields then count as absent and are reported. */
const decodeFields = (raw: Fields, receivedAt: EpochMicros | undefined): Decoded => {
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
  if (callId === undefined) return wrong('CallID', raw.CallID, notText(raw.CallID) ?? 'is missing')
  if (callId.includes('/')) return wrong('CallID', callId, 'has a / in it')

  const time = textOf(raw.EventTime)
  const timeReason = time === undefined ? notText(raw.EventTime) : undefined
  if (timeReason !== undefined) return wrong('EventTime', raw.EventTime, timeReason)
  const at = time === undefined ? receivedAt : eventTime(time)
  if (at === undefined) {
    return time === undefined
      ? wrong('EventTime', undefined, 'is missing')
      : wrong('EventTime', time, 'is not 16 digits of microseconds, at most 9007199254740991')
  }

  const bridgedText = textOf(raw.Bridged)
  const bridged = bridgedText === undefined ? undefined : yesOrNo(bridgedText)
  if (bridged === undefined) {
    const reason = bridgedText === undefined ? notText(raw.Bridged) : 'is neither yes nor no'
    if (reason !== undefined) return wrong('Bridged', raw.Bridged, reason)
  }

  const { SubCallID, CallFlow, CallStatus, Duration, RecID, Transfered, CallBackID, ExtType } = raw
  const { CallerIDNum, CallerIDName, CalledNumber, CalledDID, CallerExtension, CallerExtensionID } = raw
  const { CalledExtension, CalledExtensionID, RemoteNumber, CallAPIID } = raw
  const sentSubCallId = meaningOf(SubCallID, subCallIdOf)
  const flow = meaningOf(CallFlow, callFlow)
  const direction = kind === 'dial-in' ? 'incoming' : kind === 'dial-out' ? 'outgoing' : flow
  const status = textOf(CallStatus)
  const parties: Parties = {
    callerNumber: textOf(CallerIDNum),
    callerName: textOf(CallerIDName),
    calledNumber: textOf(CalledNumber),
    did: textOf(CalledDID),
    callerExtension: textOf(CallerExtension),
    callerExtensionId: textOf(CallerExtensionID),
    calledExtension: textOf(CalledExtension),
    calledExtensionId: textOf(CalledExtensionID),
    remoteNumber: textOf(RemoteNumber),
    callApiId: textOf(CallAPIID)
  }
  const subCallId = sentSubCallId ?? ownExtension('', direction, parties, 'phone')?.toLowerCase()
  if (subCallId === undefined || subCallId.includes('/') || subCallId === 'missed') {
    const because = textOf(SubCallID) === undefined ? notText(SubCallID) ?? 'is missing' : 'names no leg'
    return wrong('SubCallID', SubCallID, `${because}, and no extension stands in for it`)
  }
  const talkTime = meaningOf(Duration, duration)
  const recordingId = textOf(RecID)
  const transfered = meaningOf(Transfered, yesOrNo)
  const callBackId = textOf(CallBackID)
  const type = meaningOf(ExtType, extensionType)
  const isOdd =
    saysNothing(SubCallID, sentSubCallId) ||
    saysNothing(CallFlow, flow) ||
    saysNothing(CallStatus, status) ||
    saysNothing(CallerIDNum, parties.callerNumber) ||
    saysNothing(CallerIDName, parties.callerName) ||
    saysNothing(CalledNumber, parties.calledNumber) ||
    saysNothing(CalledDID, parties.did) ||
    saysNothing(CallerExtension, parties.callerExtension) ||
    saysNothing(CallerExtensionID, parties.callerExtensionId) ||
    saysNothing(CalledExtension, parties.calledExtension) ||
    saysNothing(CalledExtensionID, parties.calledExtensionId) ||
    saysNothing(RemoteNumber, parties.remoteNumber) ||
    saysNothing(CallAPIID, parties.callApiId) ||
    saysNothing(Duration, talkTime) ||
    saysNothing(RecID, recordingId) ||
    saysNothing(Transfered, transfered) ||
    saysNothing(CallBackID, callBackId) ||
    saysNothing(ExtType, type)

  return right({
    kind: kind === 'answer' || kind === 'hangup' ? kind : 'dial',
    callId: callId.toLowerCase(),
    subCallId,
    at,
    receivedAt,
    direction,
    parties,
    status,
    talkTime,
    recordingId,
    bridged,
    transferred: transfered === 'yes' ? true : undefined,
    callBackId,
    extensionType: type,
    invalid: isOdd ? invalidFields(raw) : undefined
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

const firstCharacter = /\S/

/**
 * Decodes what a PBX of the RingMe family sent: a flat object of its fields, or a text, which is JSON
 * if it begins with a brace and form-encoded if not. Total: it never throws, whatever it is given.
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
    if (typeof raw === 'string') {
      return raw.startsWith('{') || firstCharacter.exec(raw)?.[0] === '{' ? decodeJson(raw, received) : decodeFields(parseForm(raw), received)
    }
    return isFields(raw) ? decodeFields(raw, received) : wrong('', raw, 'is neither a text nor an object')
  } catch {
    // an object of the caller's own making may throw when it is read
    return wrong('', undefined, 'cannot be read')
  }
}
