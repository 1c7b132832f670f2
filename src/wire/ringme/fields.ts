import type { Direction, ExtensionType } from '../../event/CallEvent.js'
import { LONGEST } from '../../event/DecodeError.js'
import type { EpochMicros, Micros } from '../../event/time.js'

/**
 * A flat map of the vendor's fields, as they go over the wire, the vendor's misspelling included.
 *
 * @since 0.1.0
 * @category wire
 */
export type WireFields = Readonly<Record<string, string>>

/** White space of all kinds, what has no width, and control characters: around a value they are no part of it. */
const AROUND = /^[\s\p{Cc}\u200B-\u200F\u2060]+|[\s\p{Cc}\u200B-\u200F\u2060]+$/gu

/** Is it a character that can be the first or the last of a value? Most are: letters and digits. */
const isPart = (code: number): boolean => (code > 34 && code < 127 && code !== 39) || (code >= 0x400 && code < 0x500)

/** The words by which a relay writes that there is nothing. */
const isNothing = (text: string): boolean => (text.length === 4 || text.length === 9) && /^(?:null|undefined)$/i.test(text)

/** The value without what stands around it: quotes, and the apostrophe by which a spreadsheet keeps a text. */
const bare = (text: string): string => {
  const inner = text.replace(AROUND, '')
  if (inner.length > 1 && inner.startsWith('"') && inner.endsWith('"') && !inner.slice(1, -1).includes('"')) return inner.slice(1, -1).replace(AROUND, '')
  return inner.startsWith("'") && /^'[+*#\d]/.test(inner) ? inner.slice(1) : inner
}

const cleaned = (text: string): string => {
  const clean = isPart(text.charCodeAt(0)) && isPart(text.charCodeAt(text.length - 1)) ? text : bare(text)
  return isNothing(clean) ? '' : clean
}

/** Why a value is no text; nothing if it is one. An empty value is an absent one, a finite number is its text. */
export const notText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return cleaned(value).length > LONGEST ? `is longer than ${LONGEST} characters` : undefined
  if (value === undefined || value === null || (typeof value === 'number' && Number.isFinite(value))) return undefined
  return 'is not a text'
}

/** The text of a value, if it is one and not empty. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') {
    const { length } = value
    if (length === 0) return undefined
    // so it is with nearly all: nothing stands around the value
    if (length <= LONGEST && length !== 4 && length !== 9 && isPart(value.charCodeAt(0)) && isPart(value.charCodeAt(length - 1))) return value
    const text = cleaned(value)
    return text === '' || text.length > LONGEST ? undefined : text
  }
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}

/** A value that was encoded once or twice too often, as a whole: `%2B79160000001`. */
const ENCODED = /^(?:[^%\s]|%[0-9a-f]{2})+$/i

/** The text as it was before; what then stands around it is no part of it. */
const decoded = (text: string): string => {
  let known = text
  for (let times = 0; times < 3 && known.includes('%') && ENCODED.test(known); times++) {
    try {
      known = decodeURIComponent(known)
    } catch {
      break
    }
  }
  return known === text ? text : cleaned(known)
}

/** The number in a SIP or telephone address, in brackets or not, with a name before it or not. */
const ADDRESS = /^(?:[^<]*<)?\s*(?:sips?|tel):\s*([^@;>?\s]*)(@[^:;>?\s]*)?/i

/** So many digits are no short number, which only its host tells from an extension. */
const LONG = 7

/** The scheme, the port and the host of an address are no part of its number if digits remain. */
const ofAddress = (text: string): string => {
  const [, user = '', host = ''] = ADDRESS.exec(text) ?? []
  const digits = user.replace(/\D/g, '').length
  if (digits === 0) return text
  return digits < LONG || user.includes('*') ? user + host : user
}

/** Has the text a character that a number has not, as it mostly comes? */
const ODD = /[%:<]/

const [SPACE, STAR, PLUS] = [32, 42, 43]

const isDigit = (code: number): boolean => code > 47 && code < 58

/** Nothing but digits and stars behind the first character: nothing is to be mended there. */
const isPlain = (text: string): boolean => {
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (!isDigit(code) && code !== STAR) return false
  }
  return true
}

/** The text of a field that holds a number. A `+` that was sent raw in a form arrives as a space. */
export const numberOf = (value: unknown): string | undefined => {
  const text = textOf(value)
  if (text === undefined) return undefined
  const first = text.charCodeAt(0)
  if (first !== PLUS && !isDigit(first)) return ODD.test(text) ? ofAddress(decoded(text)) : text
  if (typeof value === 'string' && value.charCodeAt(0) === SPACE && isDigits(text)) return `+${text}`
  return isPlain(text) ? text : decoded(text)
}

/** The text of a field that holds an extension with its host. */
export const extensionOf = (value: unknown): string | undefined => {
  const text = textOf(value)
  return text?.includes('%') === true ? decoded(text) : text
}

/** A name, which may be nothing but a number. */
export const nameOf = (value: unknown): string | undefined => {
  if (typeof value === 'string' && value.startsWith(' ')) return isDigits(textOf(value) ?? '') ? numberOf(value) : textOf(value)
  const text = textOf(value)
  if (text === undefined || !ODD.test(text)) return text
  const plain = decoded(text)
  const number = ofAddress(plain)
  return /^\+?\d+$/.test(number) ? number : plain
}

const isDigits = (text: string): boolean => /^\d+$/.test(text)

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

/** A table of numbers may write a whole one with a fraction of nothing. */
const whole = (text: string): string => (text.includes('.') ? text.replace(/\.0+$/, '') : text)

/** `EventTime`: microseconds since 1970 UTC, 16 digits, at most 2^53 - 1. */
export const eventTime = (text: string): EpochMicros | undefined => {
  const digits = text.length === 16 ? text : whole(text)
  return digits.length === 16 ? wholeNumber(digits) : undefined
}

/** `Duration`: microseconds. */
export const duration = (text: string): Micros | undefined => wholeNumber(text) ?? wholeNumber(whole(text))

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

/** `ToldBy`, a field of the library's own: of an event that the call history told. */
export const teller = (text: string): 'history' | undefined => (text.toLowerCase() === 'history' ? 'history' : undefined)

type Kind = 'dial-in' | 'dial-out' | 'answer' | 'hangup' | 'ignored'

const kindOf = (word: string): Kind | undefined => {
  switch (word) {
    case 'dial-in':
    case 'dial-out':
    case 'answer':
    case 'hangup':
      return word
    case 'message-in':
    case 'message-out':
    case 'voicemail':
    case 'call_interactive':
      return 'ignored'
    default:
      return undefined
  }
}

/** What happened, by `EventType`; `ignored` for the kinds that are none of ours. */
export const eventKind = (text: string): Kind | undefined => kindOf(text) ?? kindOf(text.toLowerCase())
