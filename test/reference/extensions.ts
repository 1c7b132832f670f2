import type { Config } from '../../src/config/Config.js'
import type { CallEvent, Direction, ExtensionType, Parties } from '../../src/event/CallEvent.js'
import { cut, hostOf, withoutPrefix } from './numbers.js'

/** What a leg's extension is; `special` is an IVR or a queue, unknown which. */
export type LegType = ExtensionType | 'special'

/** What a leg says of its extensions, its counting events taken together. */
export interface Told {
  readonly subCallId: string
  readonly direction: Direction | undefined
  readonly parties: Parties
}

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
const ownExtension = (told: Told, type: LegType): string | undefined => {
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

/** A leg's own extension, by which R-own tells own numbers from those of others. */
export interface Own {
  readonly extension: string | undefined
  readonly host: string | undefined
}

/**
 * The host of the leg's own extension: of `CallerExtension`, else of `CallerIDNum`, if the caller sent the events; of
 * `CalledExtension`, else of `CalledNumber`, if the called one did (chosen here); and only of one that names that extension.
 */
const ownHost = (told: Told, extension: string | undefined): string | undefined => {
  const { parties, direction } = told
  const id = numericId(told)
  const isCaller = cut(parties.callerExtension) !== undefined && id !== undefined && id === parties.callerExtensionId
  const isCalled = !isCaller && ((id !== undefined && id === parties.calledExtensionId) || direction === 'incoming')
  return (isCalled ? [parties.calledExtension, parties.calledNumber] : [parties.callerExtension, parties.callerNumber])
    .filter((party) => cut(party) === extension)
    .map(hostOf)
    .find((host) => host !== undefined)
}

export const ownOf = (told: Told, type: LegType): Own => {
  const extension = ownExtension(told, type)
  return { extension, host: ownHost(told, extension) }
}

/** R-own: A number with a host is own only if the host is that of the leg's own extension (or the leg has none to compare). */
const hasForeignHost = (own: Own, number: string | undefined): boolean => {
  const host = hostOf(number)
  return host !== undefined && own.host !== undefined && host !== own.host
}

const prefixOf = (name: string | undefined): string | undefined => (name !== undefined && hasExtensionShape(name) ? name.split('*')[0] : undefined)

/** The prefix of the leg's own extension and those in the directory. Chosen here: only names of the shape `digits*digits` have one. */
const knownPrefixes = (config: Config, own: Own): ReadonlyArray<string> =>
  [own.extension, ...Object.keys(config.directory ?? {})].map(prefixOf).filter((prefix) => prefix !== undefined)

/**
 * R-own: A number (cut at `@`) is an own extension if the directory has that name, or if it has the shape `digits*digits` with the
 * prefix of the leg's own extension or of one in the directory (with any prefix, if neither is known).
 */
export const isOwnExtension = (config: Config, own: Own, number: string | undefined): boolean => {
  const name = cut(number)
  const prefix = prefixOf(name)
  const known = knownPrefixes(config, own)
  return (
    !hasForeignHost(own, number) &&
    (inDirectory(config, name) !== undefined || (prefix !== undefined && (known.length === 0 || known.includes(prefix))))
  )
}

/** R-own: if the dialling extension's prefix (before its `*`) and `*` and the number are in the directory (a short number, `102`) */
const isShortNumber = (config: Config, own: Own, number: string): boolean =>
  own.extension !== undefined &&
  own.extension.includes('*') &&
  inDirectory(config, `${own.extension.split('*')[0] ?? ''}*${cut(number) ?? ''}`) !== undefined

/** R-own: if it begins with `*` or `#` and is no prefix before a number (a service code) */
const isServiceCode = (number: string): boolean => number.startsWith('*') || number.startsWith('#')

/**
 * R-own: What an outgoing leg dialled is own also if the event has a `CalledExtension`, or if it is a short number or a service code.
 *
 * Chosen here: a `CalledExtension` is the PBX's own word, so it counts whatever host was dialled; the number behind a prefix is asked
 * in place of what was dialled; a leg without a `CalledNumber` dialled nobody of ours.
 */
export const isOwnDialled = (config: Config, told: Told, own: Own): boolean => {
  const dialled = told.parties.calledNumber
  if (dialled === undefined || cut(dialled) === undefined) return false
  if (cut(told.parties.calledExtension) !== undefined) return true
  const number = withoutPrefix(dialled)
  return isOwnExtension(config, own, number) || (!hasForeignHost(own, number) && (isShortNumber(config, own, number) || isServiceCode(number)))
}
