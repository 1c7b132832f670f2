import type { Config } from '../../src/config/Config.js'

/** Each is cut at `@`; if nothing is left, it counts as absent. */
export const cut = (text: string | undefined): string | undefined => {
  const before = text?.split('@')[0]
  return before === '' ? undefined : before
}

/** The host of a number or an extension: what stands behind the first `@`. Hosts are compared in any case. */
export const hostOf = (text: string | undefined): string | undefined => {
  const host = text?.split('@').slice(1).join('@').toLowerCase()
  return host === '' ? undefined : host
}

/** The digits of a number; those of its host are not among them. */
const digitsOf = (number: string | undefined): string => (cut(number) ?? '').replace(/[^0-9]/g, '')

/** The prefixes that hide or show the caller's number for one call. */
const PREFIXES = ['*31#', '#31#', '*67']

/**
 * R-own: `*31#+7916…`, `#31#…`, `*67…` with at least seven digits behind are calls to that number, the prefix is no part of it.
 *
 * Chosen here: these three are all of the prefixes, since another code before many digits may as well do something else with them
 * (`*72…` and `*21*…#` set a forward). What stands behind must begin as a number does, with a digit or `+` or `(`, and may have a
 * host or an inner extension behind it, but no `#`.
 */
export const withoutPrefix = (number: string): string => {
  const prefix = PREFIXES.find((one) => number.startsWith(one))
  const behind = prefix === undefined ? undefined : number.slice(prefix.length)
  return behind !== undefined && /^[+(\d][^#]*$/.test(cut(behind) ?? '') && digitsOf(behind).length >= 7 ? behind : number
}

/**
 * A number through the configuration's `normaliseNumber`, if given (default: as sent). R-remote: it may say that a number is none.
 *
 * Chosen here: an empty text is none as well; as before, a number at which it throws, or of which it makes neither a text nor
 * `undefined`, is as sent.
 */
export const normalised = (config: Config, number: string | undefined): string | undefined => {
  if (number === undefined || config.normaliseNumber === undefined) return number
  try {
    const normal: unknown = config.normaliseNumber(number)
    if (normal === undefined) return undefined
    if (typeof normal !== 'string') return number
    return normal.trim() === '' ? undefined : normal
  } catch {
    return number
  }
}

/**
 * R-remote: Wherever numbers are compared, they are compared as `normaliseNumber` gives them, by their digits.
 *
 * Chosen here: one that it says to be none is compared as sent (an extension is none to a function that knows public numbers alone);
 * a prefix before a number is no part of it here either (the source of a call to `*31#+7916…` rings as if that had called).
 */
const comparable = (config: Config, number: string | undefined): string => {
  const bare = number === undefined ? undefined : withoutPrefix(number)
  return digitsOf(normalised(config, bare) ?? bare)
}

/** Digit for digit the same, or both without any. */
export const isDigitForDigit = (config: Config, a: string | undefined, b: string | undefined): boolean =>
  comparable(config, a) === comparable(config, b)

/** The same number: digits compared, and there are some. */
export const isSameNumber = (config: Config, a: string | undefined, b: string | undefined): boolean =>
  comparable(config, a) !== '' && isDigitForDigit(config, a, b)

/**
 * R-remote: One without any digit before its host (`Anonymous`, `anonymous@anonymous.invalid`) is a client without a number;
 * `normaliseNumber` may say likewise that a number is none.
 */
export const isWithoutNumber = (config: Config, client: string): boolean =>
  digitsOf(client) === '' || normalised(config, client) === undefined

/**
 * R-remote: A `remoteName` that is the number is left out.
 *
 * Chosen here: a name is the number if it is the very text, or if it has no letter before its host and is the same number.
 */
export const nameUnlessNumber = (config: Config, name: string | undefined, client: string | undefined): string | undefined =>
  name === undefined || name === client || (!/\p{L}/u.test(cut(name) ?? '') && isSameNumber(config, name, client)) ? undefined : name
