import type { Config } from '../../src/config/Config.js'
import type { CallEvent, Direction, ExtensionType, Parties } from '../../src/event/CallEvent.js'

/** What a leg's extension is; `special` is an IVR or a queue, unknown which. */
export type LegType = ExtensionType | 'special'

/** What a leg says of its extensions, its counting events taken together. */
export interface Told {
  readonly subCallId: string
  readonly direction: Direction | undefined
  readonly parties: Parties
}

/** Each is cut at `@`; if nothing is left, it counts as absent. */
export const cut = (text: string | undefined): string | undefined => {
  const before = text?.split('@')[0]
  return before === '' ? undefined : before
}

/** The digits of a number, by which numbers are compared. */
export const digitsOf = (number: string | undefined): string => (number ?? '').replace(/[^0-9]/g, '')

/** Digits compared, and there are some. */
export const sameDigits = (a: string | undefined, b: string | undefined): boolean =>
  digitsOf(a) !== '' && digitsOf(a) === digitsOf(b)

/** The numeric id that stands before the dash of the SubCallID. */
const numericId = ({ subCallId }: Told): string | undefined => /^(\d+)-/.exec(subCallId)?.[1]

/**
 * R-ext: The called one is `CalledNumber`, else `CalledExtension`, for a phone; `CalledExtension`, else `CalledNumber`, for an IVR or
 * queue. Each is cut at `@`.
 */
const calledOne = ({ parties }: Told, type: LegType): string | undefined =>
  type === 'phone' || type === 'fax'
    ? cut(parties.calledNumber) ?? cut(parties.calledExtension)
    : cut(parties.calledExtension) ?? cut(parties.calledNumber)

/**
 * R-ext: The event's own extension, the one that sent it, is the one whose numeric id stands before the dash of `SubCallID`:
 * `CallerExtension` if that is `CallerExtensionID`, the called one if it is `CalledExtensionID`. Else by flow: in the called one,
 * out `CallerExtension`, else `CallerIDNum`.
 */
export const ownExtension = (told: Told, type: LegType): string | undefined => {
  const { parties, direction } = told
  const id = numericId(told)
  const caller = cut(parties.callerExtension)
  const called = calledOne(told, type)
  if (id !== undefined && id === parties.callerExtensionId && caller !== undefined) return caller
  if (id !== undefined && id === parties.calledExtensionId && called !== undefined) return called
  if (direction === 'incoming') return called
  if (direction === 'outgoing') return caller ?? cut(parties.callerNumber)
  return undefined
}

const inDirectory = (config: Config, name: string | undefined): ExtensionType | undefined =>
  config.directory !== undefined && name !== undefined && Object.hasOwn(config.directory, name) ? config.directory[name] : undefined

const hasExtensionShape = (name: string | undefined): boolean => name !== undefined && /^\d+\*\d+$/.test(name)

/** The numeric id to look up: the leg's; else in the callee's, out the caller's. */
const idToLookUp = (told: Told): string | undefined =>
  numericId(told) ??
  (told.direction === 'incoming' ? told.parties.calledExtensionId : undefined) ??
  (told.direction === 'outgoing' ? told.parties.callerExtensionId : undefined)

/** R-type, its first half: `ExtType` on one of the leg's events; else the caller's directory (extension name, or numeric id, to type). */
const knownType = (config: Config, told: Told, events: ReadonlyArray<CallEvent>): ExtensionType | undefined => {
  const asPhone = ownExtension(told, 'phone')
  return (
    events.find((event) => event.extensionType !== undefined)?.extensionType ??
    inDirectory(config, asPhone) ??
    inDirectory(config, idToLookUp(told)) ??
    (hasExtensionShape(asPhone) ? undefined : inDirectory(config, ownExtension(told, 'queue')))
  )
}

/**
 * R-type: The type of an extension: `ExtType` on one of the leg's events; else the caller's directory; else, if an event of that leg
 * carries `Bridged`, special (IVR or queue, unknown which); else phone.
 *
 * `events` are all of the leg's, the earliest first.
 */
export const extensionType = (config: Config, told: Told, events: ReadonlyArray<CallEvent>): LegType =>
  knownType(config, told, events) ?? (events.some((event) => event.bridged !== undefined) ? 'special' : 'phone')

/** R-own: A number (cut at `@`) is an own extension if the directory has that name or it has the shape `digits*digits`. */
export const isOwnExtension = (config: Config, number: string | undefined): boolean => {
  const name = cut(number)
  return inDirectory(config, name) !== undefined || hasExtensionShape(name)
}

/**
 * R-own: What an outgoing leg dialled is own also if the event has a `CalledExtension`, or if the dialling extension's prefix (before
 * its `*`) and `*` and the number are in the directory (a short number, `102`), or if it begins with `*` or `#` (a service code).
 */
export const isOwnDialled = (config: Config, told: Told, extension: string | undefined): boolean => {
  const number = cut(told.parties.calledNumber)
  if (number === undefined) return false
  const prefix = extension !== undefined && extension.includes('*') ? extension.split('*')[0] : undefined
  return (
    isOwnExtension(config, number) ||
    cut(told.parties.calledExtension) !== undefined ||
    (prefix !== undefined && inDirectory(config, `${prefix}*${number}`) !== undefined) ||
    number.startsWith('*') ||
    number.startsWith('#')
  )
}
