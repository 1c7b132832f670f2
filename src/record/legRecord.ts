import type { Call } from '../call/Call.js'
import { callBackId, carriesCallBackId, contextOf, isCallback } from '../call/callback.js'
import { clientOf } from '../call/client.js'
import { inheritedDid, inheritsDid } from '../call/did.js'
import { isSource } from '../call/source.js'
import type { Links } from '../call/links.js'
import { tookDeadCall } from '../call/missed.js'
import { consultation, pointsBackTo, transferringExtension } from '../call/transfer.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent, Direction } from '../event/CallEvent.js'
import { isSpecial, startOf, type Leg } from '../leg/Leg.js'
import { isHeard, isSuccess, recordingOf, subCallIdOf, talkTimeOf } from '../leg/LegFacts.js'
import { causeOf } from '../leg/status.js'
import { normalised, unlessNumber } from '../leg/number.js'
import type { AnsweredRecord, LegRecord, Transfer } from './CallRecord.js'
import type { RuleName } from './rules.js'

/** What became of a leg: a record, or the reason why there is none. */
export type LegVerdict =
  | { readonly outcome: 'record'; readonly record: LegRecord }
  | { readonly outcome: 'none'; readonly because: ReadonlyArray<RuleName>; readonly reason: NoRecord }

/** Why a leg has no record, or none yet. */
export type NoRecord =
  | 'no-direction'
  | 'not-recorded-here'
  | 'local'
  | 'source'
  | 'dead-call'
  | 'not-answered'
  | 'still-open'
  | 'never-answered'
  | 'consultation'
  | 'consultation-undecided'

/** What a record tells beyond its beginning: put in as it is found, so that what is absent is an absent key. */
type Facets = { -readonly [K in Exclude<keyof AnsweredRecord, keyof Beginning>]?: AnsweredRecord[K] } & { readonly because: Array<RuleName> }

type Beginning = Pick<AnsweredRecord, 'v' | 'id' | 'kind' | 'direction' | 'successful' | 'callId' | 'subCallId' | 'endedAt' | 'because'>

const none = (reason: NoRecord, ...because: ReadonlyArray<RuleName>): LegVerdict => ({ outcome: 'none', because, reason })

const NO_DIRECTION = none('no-direction', 'R-direction')
const NOT_RECORDED_HERE = none('not-recorded-here', 'R-type')
const LOCAL = none('local', 'R-local')
const SOURCE = none('source', 'R-source')
const DEAD_CALL = none('dead-call', 'R-answered')
const STILL_OPEN = { incoming: none('still-open', 'R-in'), outgoing: none('still-open', 'R-out') }
const NEVER_ANSWERED = none('never-answered', 'R-expiry')
const NOT_ANSWERED = none('not-answered', 'R-in')
const CONSULTATION = none('consultation', 'R-transfer', 'R-consult')
const CONSULTATION_UNDECIDED = none('consultation-undecided', 'R-transfer', 'R-consult')

/** R-in and R-out: a phone's legs are recorded, and of an IVR or queue the forwards outside. */
const isRecordedHere = (leg: Leg): boolean =>
  leg.type === 'phone' || (isSpecial(leg) && leg.forward && leg.direction === 'outgoing')

/** The extension, the client, the DID, and when it began. */
const addParties = (settings: Settings, call: Call, leg: Leg, source: Leg | undefined, facets: Facets): void => {
  const { dial, answer, client, clientWord, parties } = leg
  const extension = source?.extension ?? leg.extension
  if (extension !== undefined) facets.extension = extension
  const number = normalised(settings, client)
  if (number !== undefined) facets.remoteNumber = number
  const told = leg.direction === 'incoming' && !leg.transfer ? unlessNumber(settings, parties.callerName, client ?? clientWord) : undefined
  const name = told ?? clientWord
  if (name !== undefined && name !== '') facets.remoteName = name
  const did = normalised(settings, parties.did ?? (inheritsDid(leg) ? inheritedDid(call, leg) : undefined))
  if (did !== undefined) {
    facets.did = did
    if (parties.did === undefined) facets.because.push('R-did')
  }
  if (dial !== undefined) facets.startedAt = dial.at
  if (answer !== undefined) facets.answeredAt = answer.at
}

/** R-transfer and R-client: `transfer` stands on every transfer, whatever came of it, with what is known. */
const transferOf = (settings: Settings, links: Links, leg: Leg, back: Leg | undefined, because: Array<RuleName>): Transfer => {
  because.push('R-transfer')
  const transfer: { -readonly [K in keyof Transfer]: Transfer[K] } = {}
  const extension = transferringExtension(settings, leg)
  if (extension !== undefined) transfer.from = back === undefined ? { extension } : { extension, subCallId: subCallIdOf(back.key) }
  if (leg.direction === 'outgoing') {
    const client = normalised(settings, clientOf(links, startOf(leg))?.client)
    if (client !== undefined) {
      transfer.client = client
      because.push('R-client')
    }
  }
  return transfer
}

/** What came of it and how it came about. */
const addCourse = (settings: Settings, call: Call, links: Links, leg: Leg, source: Leg | undefined, back: Leg | undefined, facets: Facets): void => {
  const { hangup } = leg
  const { because } = facets
  if (hangup?.status !== undefined) facets.status = hangup.status
  const recordingId = recordingOf(leg)
  if (recordingId !== undefined) facets.recordingId = recordingId
  if (leg.transfer) facets.transfer = transferOf(settings, links, leg, back, because)
  if (!isCallback(call)) return
  because.push('R-callback')
  const id = callBackId(call)
  if (id !== undefined) facets.callBackId = id
  const context = contextOf(call)
  if (context !== undefined) facets.context = context
  if (leg.direction === 'outgoing' && source === undefined && carriesCallBackId(leg)) facets.onBehalf = true
}

const addTalkTime = (leg: Leg, facets: Facets): void => {
  const talk = talkTimeOf(leg)
  if (talk === undefined) return
  facets.talkTime = talk
  facets.because.push('R-talk')
}

/** R-callback: a successful leg that is not `transferred` is then `callback`. */
const successKind = (call: Call, leg: Leg): 'transferred' | 'callback' | 'answered' =>
  leg.transfer ? 'transferred' : isCallback(call) ? 'callback' : 'answered'

/** The record of a leg that is to have one: the first kind that fits. */
const recordOf = (
  settings: Settings,
  call: Call,
  links: Links,
  leg: Leg,
  direction: Direction,
  hangup: CallEvent | undefined,
  back: Leg | undefined
): LegRecord => {
  const because: Array<RuleName> = [direction === 'incoming' ? 'R-in' : 'R-out']
  if (leg.local) because.push('R-local')
  if (isHeard(leg)) because.push('R-history')
  const source = links.sources.get(leg)
  if (source !== undefined) because.push('R-source')
  const facets: Facets = { because }
  addParties(settings, call, leg, source, facets)
  addCourse(settings, call, links, leg, source, back, facets)
  const { callId } = call
  const id = `${callId}/${leg.key}`
  const subCallId = subCallIdOf(leg.key)
  if (hangup === undefined) {
    because.push('R-expiry')
    return { v: 1, id, kind: 'incomplete', direction, successful: false, callId, subCallId, ...facets }
  }
  because.push('R-success')
  const endedAt = hangup.at
  if (!isSuccess(hangup)) {
    return { v: 1, id, kind: 'unsuccessful', direction, successful: false, callId, subCallId, endedAt, cause: causeOf(hangup.status), ...facets }
  }
  addTalkTime(leg, facets)
  return { v: 1, id, kind: successKind(call, leg), direction, successful: true, callId, subCallId, endedAt, ...facets }
}

/**
 * R-in: an incoming phone leg is recorded at its hangup if and only if an `answer` came in that same leg.
 * R-out: an outgoing phone leg to an external number is always recorded at its hangup; so is an outgoing
 * `Transfered` leg of an IVR or queue. When the call was given up, what never hung up is `incomplete`.
 */
export const judgeLeg = (settings: Settings, call: Call, links: Links, leg: Leg): LegVerdict => {
  const { direction } = leg
  if (direction === undefined) return NO_DIRECTION
  if (!isRecordedHere(leg)) return NOT_RECORDED_HERE
  if (leg.local && !settings.local) return LOCAL
  const { answer, hangup } = leg
  if (isSource(settings, call, links, leg)) return SOURCE
  if (answer !== undefined && call.bridged && tookDeadCall(leg, links.deciding)) return DEAD_CALL
  if (hangup === undefined && !call.givenUp) return STILL_OPEN[direction]
  // R-expiry: answered legs and external outgoing legs that never hung up become incomplete
  if (hangup === undefined && answer === undefined && (direction === 'incoming' || leg.local)) return NEVER_ANSWERED
  if (direction === 'incoming' && answer === undefined) return NOT_ANSWERED
  const back = leg.transfer ? pointsBackTo(settings, call, links, leg) : undefined
  switch (consultation(settings, call, leg, back)) {
    case 'yes':
      return CONSULTATION
    case 'undecided':
      return CONSULTATION_UNDECIDED
    case 'no':
      return { outcome: 'record', record: recordOf(settings, call, links, leg, direction, hangup, back) }
  }
}

/** The record of a leg, if it has one: never before the leg has hung up or the call was given up, so that a dial costs nothing here. */
export const legRecord = (settings: Settings, call: Call, links: Links, leg: Leg): LegRecord | undefined => {
  if (leg.hangup === undefined && !call.givenUp) return undefined
  const verdict = judgeLeg(settings, call, links, leg)
  return verdict.outcome === 'record' ? verdict.record : undefined
}
