import type { Settings } from '../config/Config.js'
import type { Parties } from '../event/CallEvent.js'
import { cutDomain, digitsOf } from '../event/extension.js'

const EXTENSION_SHAPE = /^(\d+)\*\d+$/

/** The prefix of an extension, `453` of `453*102`; nothing, if it has not that shape. */
export const prefixOf = (name: string | undefined): string | undefined => (name?.includes('*') === true ? EXTENSION_SHAPE.exec(name)?.[1] : undefined)

/** The host behind the first `@`, in lower case. */
const hostOf = (number: string | undefined): string | undefined => {
  const at = number?.indexOf('@') ?? -1
  return number === undefined || at < 0 || at === number.length - 1 ? undefined : number.slice(at + 1).toLowerCase()
}

/** Whose number it is asked about: the leg's own extension, and where else it is told with its host. */
export interface Own {
  readonly extension: string | undefined
  readonly parties: Parties
}

/** The host of the leg's own extension, if one of its fields tells it. */
const ownHost = ({ extension, parties }: Own): string | undefined => {
  if (extension === undefined) return undefined
  for (const field of [parties.callerExtension, parties.calledExtension, parties.calledNumber, parties.callerNumber]) {
    if (field !== undefined && field.length > extension.length && cutDomain(field) === extension) return hostOf(field)
  }
  return undefined
}

/** R-own: a number with a host is own only if the host is that of the leg's own extension (or the leg has none to compare). */
const isForeign = (number: string, own: Own): boolean => {
  const host = hostOf(number)
  if (host === undefined) return false
  const known = ownHost(own)
  return known !== undefined && known !== host
}

/**
 * R-own: a number (cut at `@`) is an own extension if the directory has that name, or if it has the shape
 * `digits*digits` with the prefix of the leg's own extension or of one in the directory (with any prefix, if neither
 * is known).
 */
export const isOwn = ({ directory, prefixes }: Settings, number: string | undefined, own: Own): boolean => {
  const name = cutDomain(number)
  if (number === undefined || name === undefined || isForeign(number, own)) return false
  if (directory.has(name)) return true
  const prefix = prefixOf(name)
  if (prefix === undefined) return false
  const known = prefixOf(own.extension)
  return prefix === known || prefixes.has(prefix) || (known === undefined && prefixes.size === 0)
}

/** A service prefix with a number behind it: `*31#+79160000001`, `#31#89160000001`, `*6789160000001`. */
const PREFIXED = /^[*#]+(?:\d+#|\d\d)(\+?\d{7,}(?:@.*)?)$/

/** R-own: a prefix before a number is no part of it: `+79160000001` of `*31#+79160000001`. */
export const withoutPrefix = (dialled: string): string => {
  const first = dialled.charAt(0)
  return first === '*' || first === '#' ? (PREFIXED.exec(dialled)?.[1] ?? dialled) : dialled
}

/**
 * R-own: what an outgoing leg dialled is own also if the event has a `CalledExtension`, or if the dialling
 * extension's prefix and `*` and the number are in the directory (a short number, `102`), or if it begins
 * with `*` or `#` and is no prefix before a number (a service code).
 */
export const isOwnDialled = (settings: Settings, own: Own): boolean => {
  const sent = own.parties.calledNumber
  const number = cutDomain(sent)
  if (sent === undefined || number === undefined) return false
  if (isOwn(settings, sent, own) || cutDomain(own.parties.calledExtension) !== undefined) return true
  if (isForeign(sent, own)) return false
  if (number.startsWith('*') || number.startsWith('#')) return withoutPrefix(number) === number
  const star = own.extension?.indexOf('*') ?? -1
  return own.extension !== undefined && star > 0 && settings.directory.has(`${own.extension.slice(0, star)}*${number}`)
}

/** R-remote: has a number any digit before its host? */
export const isNumber = (number: string): boolean => /\d/.test(cutDomain(number) ?? '')

/** R-remote: the number as it is recorded and compared: none, if it has no digit, or if `normaliseNumber` says so. */
export const normalNumber = ({ normaliseNumber }: Settings, number: string | undefined): string | undefined =>
  number === undefined || !isNumber(number) ? undefined : normaliseNumber(number)

/** R-remote: numbers are compared as `normaliseNumber` gives them, by their digits: `8 916 000-00-01` and `+79160000001` may be one. */
export const comparedDigits = (settings: Settings, number: string | undefined): string => digitsOf(normalNumber(settings, number))

/** R-remote: a name that is the number is none. */
export const isTheNumber = (settings: Settings, name: string, number: string | undefined): boolean => {
  const digits = digitsOf(name)
  return number !== undefined && digits !== '' && !/\p{L}/u.test(name) && (digits === digitsOf(number) || comparedDigits(settings, name) === digitsOf(number))
}
