import type { Settings } from '../config/Config.js'
import type { Parties } from '../event/CallEvent.js'
import { cutDomain, digitsOf } from '../event/extension.js'

const EXTENSION_SHAPE = /^(\d+)\*\d+$/

/** The prefix of an extension, `453` of `453*102`; nothing, if it has not that shape. */
export const prefixOf = (name: string | undefined): string | undefined => (name === undefined ? undefined : EXTENSION_SHAPE.exec(name)?.[1])

/** The host behind the first `@`, in lower case. */
const hostOf = (number: string): string | undefined => {
  const at = number.indexOf('@')
  return at === -1 ? undefined : number.slice(at + 1).toLowerCase() || undefined
}

/** Whose number it is asked about: the leg's own extension, and where it may be told with its host. */
export interface Own {
  readonly extension: string | undefined
  readonly parties: Parties
  /** Did the caller's extension send the events, rather than the called one? */
  readonly isCaller: boolean
}

const hostIfOf = (extension: string, party: string | undefined): string | undefined =>
  party !== undefined && cutDomain(party) === extension ? hostOf(party) : undefined

/** The host of the leg's own extension, if it is told. */
const ownHost = ({ extension, parties, isCaller }: Own): string | undefined => {
  if (extension === undefined) return undefined
  return isCaller
    ? hostIfOf(extension, parties.callerExtension) ?? hostIfOf(extension, parties.callerNumber)
    : hostIfOf(extension, parties.calledExtension) ?? hostIfOf(extension, parties.calledNumber)
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

/** The prefixes that hide or show the caller's number for one call; another code before digits may do something else with them. */
const PREFIXED = /^(?:\*31#|#31#|\*67)([+(\d][^#@]*(?:@.*)?)$/

const LEAST_DIGITS = 7

/** R-own: a prefix before a number of at least seven digits is no part of it: `+79160000001` of `*31#+79160000001`. */
export const withoutPrefix = (dialled: string): string => {
  const first = dialled.charAt(0)
  const behind = first === '*' || first === '#' ? PREFIXED.exec(dialled)?.[1] : undefined
  return behind !== undefined && digitsOf(cutDomain(behind)).length >= LEAST_DIGITS ? behind : dialled
}

/**
 * R-own: what an outgoing leg dialled is own also if the event has a `CalledExtension`, or if the dialling
 * extension's prefix and `*` and the number are in the directory (a short number, `102`), or if it begins
 * with `*` or `#` and is no prefix before a number (a service code).
 */
export const isOwnDialled = (settings: Settings, own: Own): boolean => {
  const { calledNumber, calledExtension } = own.parties
  if (calledNumber === undefined || cutDomain(calledNumber) === undefined) return false
  // the PBX's own word, whatever host was dialled
  if (cutDomain(calledExtension) !== undefined) return true
  const number = withoutPrefix(calledNumber)
  if (isOwn(settings, number, own)) return true
  if (isForeign(number, own)) return false
  if (number.startsWith('*') || number.startsWith('#')) return true
  const star = own.extension?.indexOf('*') ?? -1
  return own.extension !== undefined && star > 0 && settings.directory.has(`${own.extension.slice(0, star)}*${cutDomain(number) ?? ''}`)
}

/** The digits of a number; those of its host are not among them. */
const digitsBeforeHost = (number: string | undefined): string => digitsOf(cutDomain(number))

/** R-remote: a number that an incoming leg tells is none, if it has no digit before its host, or if `normaliseNumber` says so. */
export const isWithoutNumber = ({ normaliseNumber }: Settings, number: string): boolean =>
  digitsBeforeHost(number) === '' || normaliseNumber(number) === undefined

/** R-remote: what is compared of a number: its digits, as `normaliseNumber` gives it. One that it says to be none is compared as sent. */
export const comparedDigits = ({ normaliseNumber }: Settings, number: string | undefined): string => {
  if (number === undefined) return ''
  const bare = withoutPrefix(number)
  return digitsBeforeHost(normaliseNumber(bare) ?? bare)
}

/** R-remote: a name that is the number is none: the very text, or, without a letter, the same digits. */
export const unlessNumber = (settings: Settings, name: string | undefined, number: string | undefined): string | undefined => {
  if (name === undefined || name === number) return undefined
  if (/\p{L}/u.test(cutDomain(name) ?? '')) return name
  const digits = comparedDigits(settings, name)
  return digits !== '' && digits === comparedDigits(settings, number) ? undefined : name
}

/** The number as it is recorded. */
export const normalised = ({ normaliseNumber }: Settings, number: string | undefined): string | undefined =>
  number === undefined ? undefined : normaliseNumber(number)
