import type { Call } from '../call/Call.js'
import { callBackId, contextOf, isCallback } from '../call/callback.js'
import { clientOf } from '../call/client.js'
import { inheritedDid } from '../call/did.js'
import type { Deciding, Judgement } from '../call/missed.js'
import { isSource } from '../call/source.js'
import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { isIncomingPhone, isSpecial, startOf, type Leg } from '../leg/Leg.js'
import { subCallIdOf } from '../leg/LegFacts.js'
import { isOwn } from '../leg/number.js'
import type { MissedRecord } from './CallRecord.js'
import type { RuleName } from './rules.js'

interface MissedNumber {
  readonly number?: string
  readonly name?: string
  /** A miss between extensions: no record unless the configuration asks for local calls. */
  readonly local: boolean
  readonly because: ReadonlyArray<RuleName>
}

/**
 * R-missed-number: the deciding leg's `RemoteNumber` (on its hangup, else its dial), else likewise its
 * `CallerIDNum` if external, else the call's client. If there is none and the `CallerIDNum` is an own
 * extension, it is a local miss; an anonymous caller's miss is recorded without a number.
 */
const numberOf = (settings: Settings, call: Call, { leg, hangup }: Deciding): MissedNumber => {
  const dial = leg.dial
  const remote = hangup.parties.remoteNumber ?? dial?.parties.remoteNumber
  if (remote !== undefined) return { number: remote, local: false, because: ['R-missed-number', 'R-remote'] }
  const caller = hangup.parties.callerNumber ?? dial?.parties.callerNumber
  const name = hangup.parties.callerNumber === undefined ? undefined : hangup.parties.callerName
  const own = isOwn(settings, caller)
  const callers: MissedNumber = {
    ...(caller === undefined ? {} : { number: caller }),
    ...(name === undefined ? {} : { name }),
    local: own,
    because: own ? ['R-missed-number', 'R-local'] : ['R-missed-number']
  }
  if (caller !== undefined && !own) return callers
  const client = clientOf(call, hangup.at)
  return client === undefined ? callers : { number: client, local: false, because: ['R-missed-number', 'R-client'] }
}

/** The extensions whose phones began to ring for the client before the deciding hangup, in order, no repeats. */
const rangBefore = (call: Call, { hangup }: Deciding): ReadonlyArray<string> => {
  const rang = call.legs.filter(
    (leg) => isIncomingPhone(leg) && !leg.traits.local && leg.dial !== undefined && leg.dial.at < hangup.at && !isSource(call, leg, hangup.at)
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

const lostAt = ({ traits: { type } }: Leg): MissedRecord['extensionType'] => (type === 'fax' ? 'phone' : type)

/** Do several IVR or queue hangups speak, so that one had to be chosen? */
const wasChosen = (call: Call): boolean =>
  call.legs.filter((leg) => isSpecial(leg) && leg.hangup?.more?.bridged !== undefined).length > 1

/** Will there be a record of a miss, once it has settled? */
export const isRecordedMiss = (settings: Settings, call: Call, judgement: Judgement): boolean =>
  judgement.outcome === 'missed' && (settings.local || !numberOf(settings, call, judgement.deciding).local)

/** The record of a missed call; none for a local miss that nobody asked for. */
export const missedRecord = (settings: Settings, call: Call, judgement: Judgement): MissedRecord | undefined => {
  if (judgement.outcome !== 'missed') return undefined
  const { deciding } = judgement
  const { leg, hangup } = deciding
  const { number, name, local, because } = numberOf(settings, call, deciding)
  if (local && !settings.local) return undefined
  const ownDid = leg.parties.did
  const did = ownDid ?? inheritedDid(call, leg)
  const startedAt = firstDial(call)
  const id = callBackId(call)
  const context = contextOf(call)
  const rules: ReadonlyArray<RuleName> = [
    judgement.at === 'phone' ? 'R-missed-at-phone' : 'R-missed',
    ...(wasChosen(call) ? (['R-deciding'] as const) : []),
    ...because,
    ...(ownDid === undefined && did !== undefined ? (['R-did'] as const) : []),
    ...(isCallback(call) ? (['R-callback'] as const) : []),
    'R-settle'
  ]
  return {
    v: 1,
    id: `${call.callId}/missed`,
    kind: 'missed',
    direction: 'incoming',
    successful: false,
    callId: call.callId,
    subCallId: subCallIdOf(leg.key),
    ...(leg.extension === undefined ? {} : { extension: leg.extension }),
    extensionType: lostAt(leg),
    ...(number === undefined ? {} : { remoteNumber: settings.normaliseNumber(number) }),
    ...(name === undefined ? {} : { remoteName: name }),
    ...(did === undefined ? {} : { did: settings.normaliseNumber(did) }),
    ...(startedAt === Infinity ? {} : { startedAt }),
    endedAt: hangup.at,
    ...(id === undefined ? {} : { callBackId: id }),
    ...(context === undefined ? {} : { context }),
    rang: rangBefore(call, deciding),
    because: rules
  }
}
