import type { Direction, ExtensionType } from '../../event/CallEvent.js'
import type { EpochMicros, Micros } from '../../event/time.js'

/**
 * A flat map of the vendor's fields, as they go over the wire, the vendor's misspelling included.
 *
 * @since 0.1.0
 * @category wire
 */
export type WireFields = Readonly<Record<string, string>>

/** The longest value that is taken: everything beyond is a wrong value. */
export const LONGEST = 256

/** What a field held, as text, for an error or an anomaly: never longer than a field may be. */
export const shown = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value).slice(0, LONGEST)
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'an array' : 'an object'
    default:
      return `a ${typeof value}`
  }
}

/** Why a value is no text; nothing if it is one. An empty value is an absent one, a finite number is its text. */
export const notText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.length > LONGEST ? `is longer than ${LONGEST} characters` : undefined
  if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return undefined
  return 'is not a text'
}

/** The text of a value, if it is one and not empty. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value === '' || value.length > LONGEST ? undefined : value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}

/** So many digits, read one by one, come to a number that is exact wherever it is a safe integer. */
const EXACT_DIGITS = 16

const wholeNumber = (text: string): number | undefined => {
  let n = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return undefined
    n = n * 10 + (code - 48)
  }
  const number = text.length <= EXACT_DIGITS ? n : Number(text)
  return Number.isSafeInteger(number) ? number : undefined
}

/** `EventTime`: microseconds since 1970 UTC, 16 digits, at most 2^53 - 1. */
export const eventTime = (text: string): EpochMicros | undefined => (text.length === 16 ? wholeNumber(text) : undefined)

/** `Duration`: microseconds. */
export const duration = (text: string): Micros | undefined => wholeNumber(text)

/** `CallFlow`: documented in upper case, seen in lower. */
export const callFlow = (text: string): Direction | undefined => {
  switch (text) {
    case 'in':
    case 'IN':
      return 'incoming'
    case 'out':
    case 'OUT':
      return 'outgoing'
  }
  const lower = text.toLowerCase()
  return lower === 'in' ? 'incoming' : lower === 'out' ? 'outgoing' : undefined
}

/** `Bridged` and `Transfered`. */
export const yesOrNo = (text: string): 'yes' | 'no' | undefined => {
  if (text === 'yes' || text === 'no') return text
  const lower = text.toLowerCase()
  return lower === 'yes' || lower === 'no' ? lower : undefined
}

/** `ExtType`, as the subscription's URL says it. */
export const extensionType = (text: string): ExtensionType | undefined => {
  const lower = text.toLowerCase()
  switch (lower) {
    case 'phone':
    case 'ivr':
    case 'queue':
    case 'fax':
      return lower
    default:
      return undefined
  }
}

/** What happened, by `EventType`; `ignored` for the kinds that are none of ours. */
export const eventKind = (text: string): 'dial-in' | 'dial-out' | 'answer' | 'hangup' | 'ignored' | undefined => {
  switch (text) {
    case 'dial-in':
    case 'dial-out':
    case 'answer':
    case 'hangup':
      return text
    case 'message-in':
    case 'message-out':
    case 'voicemail':
    case 'call_interactive':
      return 'ignored'
    default:
      return undefined
  }
}
