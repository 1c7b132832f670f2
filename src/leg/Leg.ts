import type { Settings } from '../config/Config.js'
import type { CallEvent, Direction, ExtensionType, Parties } from '../event/CallEvent.js'
import { cutDomain, isCallersLeg, numericId, ownExtension } from '../event/extension.js'
import { byTime, sameParties } from '../event/order.js'
import type { EpochMicros } from '../event/time.js'
import { addEvent, counting, eventsOf, firstFacts, isForwardKey, isSuccess, subCallIdOf, type LegFacts } from './LegFacts.js'
import { comparedDigits, isOwn, isOwnDialled, isWithoutNumber, prefixOf, withoutPrefix } from './number.js'

/** A leg: its facts, and how the rules read them under a configuration. */
export interface Leg extends LegFacts {
  /** Who is on the line: of each field the first of dial, answer and hangup that has it. */
  readonly parties: Parties
  /** R-type. `special`: an IVR or a queue, unknown which. */
  readonly type: ExtensionType | 'special'
  readonly direction: Direction | undefined
  /** A `Transfered` leg: a transfer or forward to the outside. */
  readonly forward: boolean
  /** Does an event of the leg carry `Bridged`? */
  readonly bridged: boolean
  /** R-local: the client number is an own extension. */
  readonly local: boolean
  /** R-transfer: does the leg follow a transfer? */
  readonly transfer: boolean
  /** R-ext: the leg's own extension. */
  readonly extension: string | undefined
  /** R-remote: the client's number, as sent. */
  readonly client: string | undefined
  /** R-remote: of a client without a number, what was sent in its place: `Anonymous`, or nothing but a host. */
  readonly clientWord: string | undefined
  /** Did the caller's extension send the events, rather than the called one? */
  readonly isCaller: boolean
}

const mergeParties = (base: Parties | undefined, next: Parties | undefined): Parties | undefined => {
  if (base === undefined || next === undefined) return base ?? next
  if (sameParties(base, next)) return base
  return {
    callerNumber: base.callerNumber ?? next.callerNumber,
    callerName: base.callerName ?? next.callerName,
    calledNumber: base.calledNumber ?? next.calledNumber,
    did: base.did ?? next.did,
    callerExtension: base.callerExtension ?? next.callerExtension,
    callerExtensionId: base.callerExtensionId ?? next.callerExtensionId,
    calledExtension: base.calledExtension ?? next.calledExtension,
    calledExtensionId: base.calledExtensionId ?? next.calledExtensionId,
    remoteNumber: base.remoteNumber ?? next.remoteNumber,
    callApiId: base.callApiId ?? next.callApiId
  }
}

const NOBODY: Parties = {}

/** R-facts: a field that only some of the events carry is taken from dial, answer, hangup in this order. */
const partiesOf = ({ dial, answer, hangup }: LegFacts): Parties =>
  mergeParties(mergeParties(dial?.parties, answer?.parties), hangup?.parties) ?? NOBODY

/** R-direction: the dial event's kind; else `CallFlow`. */
const directionOf = ({ dial, answer, hangup }: LegFacts): Direction | undefined =>
  dial?.direction ?? answer?.direction ?? hangup?.direction

/** `ExtType` on one of the leg's events: on the earliest that has one. */
const toldType = (facts: LegFacts): ExtensionType | undefined => {
  let earliest: CallEvent | undefined
  for (const event of eventsOf(facts)) {
    if (event.extensionType !== undefined && (earliest === undefined || byTime(event, earliest) < 0)) earliest = event
  }
  return earliest?.extensionType
}

/** The type that the directory knows: by the extension's name, or by its numeric id. */
const listedType = (
  { directory }: Settings,
  subCallId: string,
  direction: Direction | undefined,
  parties: Parties,
  byPhoneRule: string | undefined
): ExtensionType | undefined => {
  const listed = (name: string | undefined): ExtensionType | undefined => (name === undefined ? undefined : directory.get(name))
  const ownId = direction === undefined ? undefined : direction === 'outgoing' ? parties.callerExtensionId : parties.calledExtensionId
  const known = listed(byPhoneRule) ?? listed(numericId(subCallId) ?? ownId)
  // an IVR or a queue that was reached by a public number goes by its extension's name
  return known !== undefined || prefixOf(byPhoneRule) !== undefined ? known : listed(ownExtension(subCallId, direction, parties, 'ivr-or-queue'))
}

const hasBridged = (event: CallEvent | undefined): boolean => event?.bridged !== undefined

/** `Bridged` is what only an IVR or a queue sends. */
const carriesBridged = ({ dial, answer, hangup, others }: LegFacts): boolean =>
  hasBridged(hangup) || hasBridged(dial) || hasBridged(answer) || others.some(hasBridged)

/** When the leg's first event happened. */
export const firstOf = ({ dial, answer, hangup, others }: LegFacts): EpochMicros => {
  let first = Math.min(dial?.at ?? Infinity, answer?.at ?? Infinity, hangup?.at ?? Infinity)
  for (const event of others) first = Math.min(first, event.at)
  return first
}

/** When it began: with its dial, else with its first event. */
export const startOf = (leg: LegFacts): EpochMicros => leg.dial?.at ?? firstOf(leg)

/** R-remote: the client's number as sent: in: `RemoteNumber` if any, else `CallerIDNum`; out: `CalledNumber`, without a prefix before it. */
const clientAsSent = (direction: Direction | undefined, parties: Parties): string | undefined => {
  switch (direction) {
    case 'incoming':
      return parties.remoteNumber ?? parties.callerNumber
    case 'outgoing':
      return parties.calledNumber === undefined ? undefined : withoutPrefix(parties.calledNumber)
    case undefined:
      return undefined
  }
}

/** R-transfer: incoming with a `RemoteNumber` that is not, digit for digit, its `CallerIDNum`, or outgoing with `Transfered=yes`. */
const isTransfer = (settings: Settings, direction: Direction | undefined, forward: boolean, { remoteNumber, callerNumber }: Parties): boolean => {
  if (direction !== 'incoming') return forward && direction === 'outgoing'
  if (remoteNumber === undefined) return false
  return callerNumber === undefined || comparedDigits(settings, remoteNumber) !== comparedDigits(settings, callerNumber)
}

/** The leg that these facts tell. */
const readLeg = (settings: Settings, facts: LegFacts): Leg => {
  const { key, dial, answer, hangup, others } = facts
  const forward = isForwardKey(key)
  const subCallId = subCallIdOf(key)
  const parties = partiesOf(facts)
  const direction = directionOf(facts)
  const bridged = carriesBridged(facts)
  const byPhoneRule = ownExtension(subCallId, direction, parties, 'phone')
  const known = toldType(facts) ?? listedType(settings, subCallId, direction, parties, byPhoneRule)
  // R-type: `ExtType` on one of the leg's events; else the caller's directory; else, if an event of that leg
  // carries `Bridged`, *special* (IVR or queue, unknown which); else phone
  const type = known ?? (bridged ? 'special' : 'phone')
  const extension = type === 'phone' || type === 'fax' ? byPhoneRule : ownExtension(subCallId, direction, parties, 'ivr-or-queue')
  const sent = clientAsSent(direction, parties)
  const isCaller = isCallersLeg(subCallId, direction, parties)
  const own = { extension, parties, isCaller }
  // R-local: a leg is local if its client number is an own extension
  const local = direction === 'outgoing' ? isOwnDialled(settings, own) : isOwn(settings, sent, own)
  // R-remote: an incoming client without a number is a client all the same
  const isNameless = direction === 'incoming' && !local && sent !== undefined && isWithoutNumber(settings, sent)
  const client = isNameless ? undefined : sent
  const clientWord = isNameless ? (cutDomain(sent) ?? '') : undefined
  const transfer = isTransfer(settings, direction, forward, parties)
  return { key, dial, answer, hangup, others, parties, type, direction, forward, bridged, local, transfer, extension, client, clientWord, isCaller }
}

/** A leg that begins with this event. */
export const firstLeg = (settings: Settings, key: string, event: CallEvent): Leg => readLeg(settings, firstFacts(key, event))

/** Does an event tell nothing but that it happened? So it is with most: who is on the line was told by the first. */
const tellsNothingElse = (leg: Leg, event: CallEvent): boolean =>
  event.parties === leg.parties &&
  (event.direction === leg.direction || event.direction === undefined) &&
  event.bridged === undefined &&
  event.extensionType === undefined

/** The leg with one more of its events: the same object if nothing new is in it. */
export const withEvent = (settings: Settings, leg: Leg, event: CallEvent): Leg => {
  const isFirst = counting(leg, event.kind) === undefined
  const facts = addEvent(leg, event)
  if (facts === leg) return leg
  // reading a leg anew costs a tenth of a step
  return isFirst && tellsNothingElse(leg, event) ? { ...leg, dial: facts.dial, answer: facts.answer, hangup: facts.hangup } : readLeg(settings, facts)
}

/** An IVR, a queue, or one of them, unknown which. */
export const isSpecial = (leg: Leg): boolean => leg.type === 'queue' || leg.type === 'ivr' || leg.type === 'special'

export const isIncomingPhone = (leg: Leg): boolean => leg.type === 'phone' && leg.direction === 'incoming'

/** An outgoing leg that is no transfer or forward. */
export const isPlainOutgoing = (leg: Leg): boolean => leg.direction === 'outgoing' && !leg.forward

/** Had the leg hung up by then? */
export const hungUpBy = (leg: Leg, at: EpochMicros): boolean => leg.hangup !== undefined && leg.hangup.at <= at

/** Did it end in anything but `ANSWER`? Not yet, if it has not ended. */
export const endedBadly = (leg: Leg): boolean => leg.hangup !== undefined && !isSuccess(leg.hangup)

/** The earlier leg: by its beginning, then by its key. */
export const byStart = (a: Leg, b: Leg): number => startOf(a) - startOf(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
