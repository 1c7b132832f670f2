import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { CallEvent } from '../../event/CallEvent.js'
import { decodeErrorMessage, type Ignored } from '../../event/DecodeError.js'
import { decode } from './decode.js'
import type { WireFields } from './fields.js'

const present = (fields: Readonly<Record<string, string | undefined>>): WireFields => {
  const kept: Record<string, string> = {}
  for (const [field, value] of Object.entries(fields)) if (value !== undefined) kept[field] = value
  return kept
}

const encode = (event: CallEvent | Ignored): WireFields => {
  if (event.kind === 'ignored') return { EventType: event.eventType }
  const { parties } = event
  const flow = event.direction === undefined ? undefined : event.direction === 'incoming' ? 'in' : 'out'
  return present({
    EventType: event.kind === 'dial' ? `dial-${flow ?? 'in'}` : event.kind,
    EventTime: String(event.at).padStart(16, '0'),
    CallID: event.callId,
    SubCallID: event.subCallId,
    CallAPIID: parties.callApiId,
    CallFlow: flow,
    CallStatus: event.status,
    CallerIDNum: parties.callerNumber,
    CallerIDName: parties.callerName,
    CalledNumber: parties.calledNumber,
    CalledDID: parties.did,
    CallerExtension: parties.callerExtension,
    CallerExtensionID: parties.callerExtensionId,
    CalledExtension: parties.calledExtension,
    CalledExtensionID: parties.calledExtensionId,
    Duration: event.talkTime === undefined ? undefined : String(event.talkTime),
    RecID: event.recordingId,
    Bridged: event.bridged,
    Transfered: event.transferred === undefined ? undefined : 'yes',
    RemoteNumber: parties.remoteNumber,
    CallBackID: event.callBackId,
    ExtType: event.extensionType,
    ToldBy: event.toldBy
  })
}

const isEvent = (u: unknown): u is CallEvent | Ignored => {
  if (typeof u !== 'object' || u === null || !('kind' in u)) return false
  if (u.kind === 'ignored') return 'eventType' in u && typeof u.eventType === 'string'
  return 'callId' in u && 'subCallId' in u && 'at' in u && 'parties' in u && (u.kind === 'dial' || u.kind === 'answer' || u.kind === 'hangup')
}

/**
 * The wire of the RingMe family as an io-ts codec: decodes as {@link decode} does, its errors in io-ts's
 * clothes, and encodes an event into the vendor's fields (`receivedAt` and what was invalid are no part of them).
 *
 * @example
 * import { RingMeEvent } from 'call-legs'
 * import { isLeft } from 'fp-ts/lib/Either.js'
 * const decoded = RingMeEvent.decode({ EventType: 'hangup', CallID: 'ab12', EventTime: '-5' })
 * assert.ok(isLeft(decoded))
 * assert.deepStrictEqual(decoded.left[0]?.message, 'EventTime "-5" is not 16 digits of microseconds, at most 9007199254740991')
 *
 * @since 0.1.0
 * @category wire
 */
export const RingMeEvent: t.Type<CallEvent | Ignored, WireFields, unknown> = /* @__PURE__ */ new t.Type<CallEvent | Ignored, WireFields, unknown>(
  'RingMeEvent',
  isEvent,
  (u, context) => {
    const decoded = decode(u)
    if (isLeft(decoded)) {
      const { field } = decoded.left
      const where = field === '' ? context : t.appendContext(context, field, t.string)
      return t.failure(u, where, decodeErrorMessage(decoded.left))
    }
    return t.success(decoded.right)
  },
  encode
)
