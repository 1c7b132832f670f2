import type { Settings } from '../config/Config.js'
import type { Parties } from '../event/CallEvent.js'
import { cutDomain, digitsOf } from '../event/extension.js'

const EXTENSION_SHAPE = /^\d+\*\d+$/

/** The shape of an extension, `453*102`. */
export const hasExtensionShape = (name: string): boolean => name.includes('*') && EXTENSION_SHAPE.test(name)

/** R-own: a number (cut at `@`) is an own extension if the directory has that name or it has the shape `digits*digits`. */
export const isOwn = ({ directory }: Settings, number: string | undefined): boolean => {
  const name = cutDomain(number)
  return name !== undefined && (directory.has(name) || hasExtensionShape(name))
}

/**
 * R-own: what an outgoing leg dialled is own also if the event has a `CalledExtension`, or if the dialling
 * extension's prefix and `*` and the number are in the directory (a short number, `102`), or if it begins
 * with `*` or `#` (a service code).
 */
export const isOwnDialled = (settings: Settings, parties: Parties, extension: string | undefined): boolean => {
  const number = cutDomain(parties.calledNumber)
  if (number === undefined) return false
  if (isOwn(settings, number) || cutDomain(parties.calledExtension) !== undefined) return true
  if (number.startsWith('*') || number.startsWith('#')) return true
  const star = extension?.indexOf('*') ?? -1
  return extension !== undefined && star > 0 && settings.directory.has(`${extension.slice(0, star)}*${number}`)
}

/** The same number, digit for digit: `+7 916 000-00-01` and `79160000001`. */
export const sameDigits = (a: string | undefined, b: string | undefined): boolean => a === b || digitsOf(a) === digitsOf(b)

/** The same number, and there are digits in it at all. */
export const sameNumber = (a: string | undefined, b: string | undefined): boolean => {
  if (a === undefined || b === undefined) return false
  const digits = digitsOf(a)
  return digits !== '' && digits === digitsOf(b)
}
