import { left, right, type Either } from 'fp-ts/lib/Either.js'
import { shown, type DecodeError } from '../event/DecodeError.js'
import { cutDomain } from '../event/extension.js'
import type { Caller } from '../ports/Responsible.js'
import { extensionOf, nameOf, numberOf, notText, textOf } from '../wire/ringme/fields.js'
import { parseForm } from '../wire/ringme/form.js'

/**
 * What an IVR's *Call interactive* rule asks: what to do with this caller? Extensions are cut at their `@`.
 *
 * @since 0.1.0
 * @category interactive
 */
export interface InteractiveRequest extends Caller {
  /** The numeric id of the IVR that asks. */
  readonly calledExtensionId?: string
  /** What was dialled. */
  readonly calledNumber?: string
  /** Of a caller inside the company, the extension and its numeric id. */
  readonly callerExtension?: string
  /** The numeric id of a colleague's extension who calls. */
  readonly callerExtensionId?: string
  /** By which the vendor's API controls the live call. */
  readonly callApiId?: string
}

const wrong = (field: string, value: unknown, reason: string): Either<DecodeError, never> =>
  left({ field, value: value === undefined ? '' : shown(value), reason })

const isFields = (raw: unknown): raw is Readonly<Record<string, unknown>> => typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** The fields that are read, by the names that they get here, and how. Those with a domain are cut at their `@`. */
const FIELDS = [
  ['callerNumber', 'CallerIDNum', numberOf, cutDomain],
  ['callerName', 'CallerIDName', nameOf, undefined],
  ['did', 'CalledDID', numberOf, undefined],
  ['calledExtension', 'CalledExtension', extensionOf, cutDomain],
  ['calledExtensionId', 'CalledExtensionID', textOf, undefined],
  ['calledNumber', 'CalledNumber', numberOf, cutDomain],
  ['callerExtension', 'CallerExtension', extensionOf, cutDomain],
  ['callerExtensionId', 'CallerExtensionID', textOf, undefined],
  ['callApiId', 'CallAPIID', textOf, undefined]
] as const

const decodeFields = (raw: Readonly<Record<string, unknown>>): Either<DecodeError, InteractiveRequest> => {
  for (const field of ['EventType', 'CallID', ...FIELDS.map(([, sent]) => sent)]) {
    const reason = notText(raw[field])
    if (reason !== undefined) return wrong(field, raw[field], reason)
  }
  const eventType = textOf(raw.EventType)
  if (eventType?.toLowerCase() !== 'call_interactive') return wrong('EventType', eventType, eventType === undefined ? 'is missing' : 'is not call_interactive')
  const callId = textOf(raw.CallID)
  if (callId === undefined || callId.includes('/')) return wrong('CallID', callId, callId === undefined ? 'is missing' : 'has a / in it')

  const request: { -readonly [K in keyof InteractiveRequest]: InteractiveRequest[K] } = { callId: callId.toLowerCase() }
  for (const [name, field, read, cut] of FIELDS) {
    const sent = read(raw[field])
    const value = cut === undefined ? sent : cut(sent)
    if (value !== undefined) request[name] = value
  }
  return right(request)
}

/**
 * Decodes a *Call interactive* request: its merged fields (see `mergeFields`), or a form-encoded text. An
 * empty field is an absent one; one that is no text, or longer than 256 characters, is an error. Total: it
 * never throws, whatever it is given.
 *
 * @example
 * import { decodeInteractive } from 'call-legs/interactive'
 * import { right } from 'fp-ts/lib/Either.js'
 * assert.deepStrictEqual(
 *   decodeInteractive(
 *     'EventType=call_interactive&CallID=AB12&CallerIDNum=%2B79160000001&CalledDID=74950000001' +
 *       '&CalledExtension=453*800@pbx.example&CallStatus=ANSWER&CallFlow=IN'
 *   ),
 *   right({ callId: 'ab12', callerNumber: '+79160000001', did: '74950000001', calledExtension: '453*800' })
 * )
 *
 * @since 0.1.0
 * @category interactive
 */
export const decodeInteractive = (raw: unknown): Either<DecodeError, InteractiveRequest> => {
  try {
    if (typeof raw === 'string') return decodeFields(parseForm(raw))
    return isFields(raw) ? decodeFields(raw) : wrong('', raw, 'is neither a text nor an object')
  } catch {
    // an object of the caller's own making may throw when it is read
    return wrong('', undefined, 'cannot be read')
  }
}
