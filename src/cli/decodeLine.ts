import { isLeft, left } from 'fp-ts/lib/Either.js'
import { decode, type DecodeError } from '../index.js'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** A line without fields: a form has them as `key=value`. */
const reasonOf = (text: string): string | undefined => {
  if (text.trimStart().startsWith('{')) return undefined
  if (isJson(text)) return 'is JSON, but no object'
  return text.includes('=') ? undefined : 'is neither a JSON object nor form-encoded'
}

const SHOWN = 256

/** Why a whole line is no event, where a person expects better than that its `EventType` is missing. */
const clearer = (text: string, error: DecodeError): DecodeError => {
  const reason = reasonOf(text)
  return reason === undefined ? error : { field: '', value: text.slice(0, SHOWN), reason }
}

/** One line: JSON if it begins with a brace, else form-encoded. */
export const decodeLine = (text: string): ReturnType<typeof decode> => {
  const decoded = decode(text)
  return isLeft(decoded) ? left(clearer(text, decoded.left)) : decoded
}
