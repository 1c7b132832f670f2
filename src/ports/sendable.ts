import { shown } from '../event/DecodeError.js'
import type { InvalidRequest } from './AccessError.js'

/** A value that cannot be sent, as an error. */
export const invalid = (field: string, value: unknown, reason: string): InvalidRequest => ({
  kind: 'invalid',
  field,
  value: shown(value),
  reason
})

const NUMBER = /^\+?[0-9*#]{1,32}$/

/** Why a text cannot be dialled; nothing if it can: an extension, a number, a service code. */
export const dialled = (number: unknown): string | undefined =>
  typeof number === 'string' && NUMBER.test(number) ? undefined : 'is not 1 to 32 digits, * and #, with or without a + before'

/** Control characters, halves of a surrogate pair, and what is no character at all: no phone shows them, no XML takes them. */
export const UNSHOWN = /[\p{Control}\p{Surrogate}\ufffe\uffff]/u

/** Why a text cannot be shown in one line on a phone; nothing if it can. */
export const label = (text: unknown): string | undefined => {
  if (typeof text !== 'string' || text === '') return 'is empty'
  if (text.length > 128) return 'is longer than 128 characters'
  return UNSHOWN.test(text) ? 'has a character that no phone can show' : undefined
}
