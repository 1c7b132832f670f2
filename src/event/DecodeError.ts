/**
 * Why something is not an event: which field, what it held, and what is wrong with it.
 *
 * @since 0.1.0
 * @category wire
 */
export interface DecodeError {
  /** The wire's own name of the field; `''` if the input as a whole is meant. */
  readonly field: string
  /** What was sent, as text, cut to 256 characters; `''` if nothing was. */
  readonly value: string
  /** What is wrong, without the field and the value: `is missing`, `is longer than 256 characters`. */
  readonly reason: string
}

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

/**
 * The sentence for a person.
 *
 * @example
 * import { decodeErrorMessage } from 'call-legs'
 * assert.deepStrictEqual(
 *   decodeErrorMessage({ field: 'Bridged', value: 'maybe', reason: 'is neither yes nor no' }),
 *   'Bridged "maybe" is neither yes nor no'
 * )
 *
 * @since 0.1.0
 * @category wire
 */
export const decodeErrorMessage = ({ field, value, reason }: DecodeError): string =>
  [field === '' ? 'the input' : field, value === '' ? '' : JSON.stringify(value), reason].filter((part) => part !== '').join(' ')

/**
 * An event that is none of ours: a message, a voicemail, a status change. Not an error.
 *
 * @since 0.1.0
 * @category wire
 */
export interface Ignored {
  readonly kind: 'ignored'
  /** What the wire called it. */
  readonly eventType: string
}
