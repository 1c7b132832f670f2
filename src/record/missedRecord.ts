import type { Call } from '../call/Call.js'
import { callBackId, contextOf, isCallback } from '../call/callback.js'
import { clientOf } from '../call/client.js'
import { inheritedDid } from '../call/did.js'
import type { Deciding, Judgement } from '../call/missed.js'
import type { Links } from '../call/links.js'
import { isSource } from '../call/source.js'
import type { Settings } from '../config/Config.js'
import { cutDomain } from '../event/extension.js'
import type { EpochMicros } from '../event/time.js'
import { isIncomingPhone, isSpecial, startOf, type Leg } from '../leg/Leg.js'
import { isHeard, subCallIdOf } from '../leg/LegFacts.js'
import { isOwn, isWithoutNumber, normalised, unlessNumber } from '../leg/number.js'
import type { MissedRecord } from './CallRecord.js'
import type { RuleName } from './rules.js'

interface MissedNumber {
  readonly number: string | undefined
  readonly name: string | undefined
  /** A miss between extensions: no record unless the configuration asks for local calls. */
  readonly local: boolean
  readonly because: ReadonlyArray<RuleName>
}

const BY_REMOTE: ReadonlyArray<RuleName> = ['R-missed-number', 'R-remote']
const BY_CALLER: ReadonlyArray<RuleName> = ['R-missed-number']
const BY_EXTENSION: ReadonlyArray<RuleName> = ['R-missed-number', 'R-local']
const BY_CLIENT: ReadonlyArray<RuleName> = ['R-missed-number', 'R-client']

/**
 * R-missed-number: the deciding leg's `RemoteNumber` (on its hangup, else its dial), else likewise its
 * `CallerIDNum` if external, else the call's client. If there is none and the `CallerIDNum` is an own
 * extension, it is a local miss; an anonymous caller's miss is recorded without a number.
 */
const numberOf = (settings: Settings, links: Links, { leg, hangup }: Deciding): MissedNumber => {
  const dial = leg.dial
  const remote = hangup.parties.remoteNumber ?? dial?.parties.remoteNumber
  // R-remote: of a client without a number, what was sent in its place
  const told = (sent: string, name: string | undefined, because: ReadonlyArray<RuleName>): MissedNumber => {
    const known = unlessNumber(settings, name, sent)
    return isWithoutNumber(settings, sent)
      ? { number: undefined, name: known ?? cutDomain(sent), local: false, because }
      : { number: normalised(settings, sent), name: known, local: false, because }
  }
  if (remote !== undefined) return told(remote, undefined, BY_REMOTE)
  const caller = hangup.parties.callerNumber ?? dial?.parties.callerNumber
  const name = hangup.parties.callerNumber === undefined ? undefined : hangup.parties.callerName
  if (caller !== undefined && !isOwn(settings, caller, leg)) return told(caller, name, BY_CALLER)
  const client = clientOf(links, hangup.at)
  if (client !== undefined) return { number: normalised(settings, client.client), name: client.clientWord === '' ? undefined : client.clientWord, local: false, because: BY_CLIENT }
  if (caller === undefined) return { number: undefined, name: undefined, local: false, because: BY_CALLER }
  return { number: normalised(settings, caller), name: unlessNumber(settings, name, caller), local: true, because: BY_EXTENSION }
}

/** The extensions whose phones began to ring for the client before the deciding hangup, in order, no repeats. */
const rangBefore = (settings: Settings, call: Call, links: Links, { hangup }: Deciding): ReadonlyArray<string> => {
  const rang = call.legs.filter(
    (leg) => isIncomingPhone(leg) && !leg.local && leg.dial !== undefined && leg.dial.at < hangup.at && !isSource(settings, call, links, leg, hangup.at)
  )
  rang.sort((a, b) => startOf(a) - startOf(b))
  const extensions = new Set<string>()
  for (const { extension } of rang) if (extension !== undefined) extensions.add(extension)
  return [...extensions]
}

/** The earliest dial of the call: never, if none was seen. */
const firstDial = (call: Call): EpochMicros => {
  let first = Infinity
  for (const { dial } of call.legs) if (dial !== undefined && dial.at < first) first = dial.at
  return first
}

const lostAt = ({ type }: Leg): MissedRecord['extensionType'] => (type === 'fax' ? 'phone' : type)

/** Do several IVR or queue hangups speak, so that one had to be chosen? */
const wasChosen = (call: Call): boolean =>
  call.legs.filter((leg) => isSpecial(leg) && leg.hangup?.bridged !== undefined).length > 1

/** Will there be a record of a miss, once it has settled? */
export const isRecordedMiss = (settings: Settings, links: Links, judgement: Judgement): boolean =>
  judgement.outcome === 'missed' && (settings.local || !numberOf(settings, links, judgement.deciding).local)

/** A record that is being made: what is optional is put in as it is found, so that what is absent is an absent key. */
type Draft = { -readonly [K in keyof Omit<MissedRecord, 'because'>]: MissedRecord[K] } & { readonly because: Array<RuleName> }

/** The record of a missed call; none for a local miss that nobody asked for. */
export const missedRecord = (settings: Settings, call: Call, links: Links, judgement: Judgement): MissedRecord | undefined => {
  if (judgement.outcome !== 'missed') return undefined
  const { deciding } = judgement
  const { leg, hangup } = deciding
  const { number, name, local, because } = numberOf(settings, links, deciding)
  if (local && !settings.local) return undefined
  const record: Draft = {
    v: 1,
    id: `${call.callId}/missed`,
    kind: 'missed',
    direction: 'incoming',
    successful: false,
    callId: call.callId,
    subCallId: subCallIdOf(leg.key),
    extensionType: lostAt(leg),
    endedAt: hangup.at,
    rang: rangBefore(settings, call, links, deciding),
    because: [judgement.at === 'phone' ? 'R-missed-at-phone' : 'R-missed']
  }
  if (isHeard(leg)) record.because.push('R-history')
  if (wasChosen(call)) record.because.push('R-deciding')
  record.because.push(...because)
  if (leg.extension !== undefined) record.extension = leg.extension
  if (number !== undefined) record.remoteNumber = number
  if (name !== undefined) record.remoteName = name
  const did = normalised(settings, leg.parties.did ?? inheritedDid(call, leg))
  if (did !== undefined) {
    record.did = did
    if (leg.parties.did === undefined) record.because.push('R-did')
  }
  const startedAt = firstDial(call)
  if (startedAt !== Infinity) record.startedAt = startedAt
  if (isCallback(call)) record.because.push('R-callback')
  const id = callBackId(call)
  if (id !== undefined) record.callBackId = id
  const context = contextOf(call)
  if (context !== undefined) record.context = context
  record.because.push('R-settle')
  return record
}
