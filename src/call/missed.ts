import type { Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import { cutDomain } from '../event/extension.js'
import { byStart, endedBadly, hungUpBy, isIncomingPhone, isSpecial, startOf, type Leg } from '../leg/Leg.js'
import { eventsOf } from '../leg/LegFacts.js'
import { isDestination } from './source.js'
import { last, type Call } from './Call.js'
import { isCallback } from './callback.js'

/** A hangup that speaks for the call, and its leg. */
export interface Deciding {
  readonly leg: Leg
  readonly hangup: CallEvent
}

/** What becomes of the call as a whole. */
export type Judgement =
  /** No IVR or queue hangup speaks for it, and no phone either. */
  | { readonly outcome: 'nothing-speaks' }
  /** The deciding hangup says that it was accepted. */
  | { readonly outcome: 'accepted'; readonly deciding: Deciding | undefined }
  /** Somebody talked to the client all the same, on that leg. */
  | { readonly outcome: 'answered'; readonly deciding: Deciding; readonly by: Leg }
  | { readonly outcome: 'missed'; readonly deciding: Deciding; readonly at: 'ivr-or-queue' | 'phone' }

const NOTHING_SPEAKS: Judgement = { outcome: 'nothing-speaks' }

const byKey = (a: Leg, b: Leg): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)

/** A queue, before a special that was reached through another extension, before another special, before an IVR. */
const voice = (leg: Leg): number => {
  switch (leg.type) {
    case 'queue':
      return 3
    case 'special':
      return leg.parties.callerExtension === undefined ? 1 : 2
    default:
      return 0
  }
}

const endedAt = (leg: Leg): number => leg.hangup?.at ?? -1

/** Which of two IVR or queue hangups speaks: by its voice, among equals the one that began last, then the latest. */
const byVoice = (a: Leg, b: Leg): number => voice(a) - voice(b) || startOf(a) - startOf(b) || endedAt(a) - endedAt(b) || byKey(a, b)

/**
 * R-deciding: which IVR or queue hangup speaks for the call, among those with `Bridged` (under the rule
 * `never-accepted`: among those with `no`): a queue before a special that was reached through another
 * extension before another special before an IVR; among equals the one that the caller entered last (its dial, else its
 * first event), then the latest hangup.
 */
export const decidingHangup = (settings: Settings, call: Call): Deciding | undefined => {
  let leg: Leg | undefined
  for (const other of call.legs) {
    const bridged = other.hangup?.bridged
    if (bridged === undefined || !isSpecial(other)) continue
    if (settings.missedRule === 'never-accepted' && bridged !== 'no') continue
    if (leg === undefined || byVoice(other, leg) > 0) leg = other
  }
  return leg?.hangup === undefined ? undefined : { leg, hangup: leg.hangup }
}

const isHangupWithYes = (event: CallEvent): boolean => event.kind === 'hangup' && event.bridged === 'yes'

/** Does some hangup of this IVR or queue leg say `Bridged=yes`? */
export const saysYes = (leg: Leg): boolean =>
  isSpecial(leg) && (leg.hangup?.bridged === 'yes' || leg.others.some(isHangupWithYes))

/** R-bridged-yes: some IVR or queue hangup of the call says `Bridged=yes`. */
const bridgedYes = (call: Call): boolean => call.legs.some(saysYes)

/**
 * R-answered: did a phone that this very queue rang before its `no`, as its `CallerExtension` tells, answer only after
 * it? It took a dead call.
 */
export const tookDeadCall = (leg: Leg, deciding: Deciding | undefined): boolean =>
  deciding?.hangup.bridged === 'no' &&
  deciding.leg.type !== 'ivr' &&
  leg.answer !== undefined &&
  isIncomingPhone(leg) &&
  leg.answer.at > deciding.hangup.at &&
  startOf(leg) < deciding.hangup.at &&
  deciding.leg.extension !== undefined &&
  cutDomain(leg.parties.callerExtension) === deciding.leg.extension

/** R-answered: did this leg talk to the client all the same? */
const talked = (call: Call, leg: Leg, deciding: Deciding): boolean => {
  const { hangup } = deciding
  const answer = leg.answer
  if (answer === undefined || leg.local || tookDeadCall(leg, deciding)) return false
  // an incoming phone leg did not end in anything but ANSWER, and had not hung up by the deciding hangup
  if (leg.direction === 'incoming') return leg.type === 'phone' && !endedBadly(leg) && !hungUpBy(leg, hangup.at)
  if (leg.direction !== 'outgoing') return false
  // an outgoing Transfered leg to an external number did not end in anything but ANSWER
  if (leg.forward) return !endedBadly(leg)
  // in a call that is no callback, an outgoing leg was answered and had not hung up by then
  return !isCallback(call) && answer.at <= hangup.at && !hungUpBy(leg, hangup.at)
}

/** R-answered: somebody talked to the client all the same. */
const answeredBy = (call: Call, deciding: Deciding): Leg | undefined => call.legs.find((leg) => talked(call, leg, deciding))

/** The phone that was dialled last for a client who came in. */
const lastDialledPhone = (call: Call): Leg | undefined =>
  last(call.legs.filter((leg) => isIncomingPhone(leg) && !leg.local), byStart)

/**
 * R-missed-at-phone: a call without any IVR or queue hangup, whose client came in (the earliest external leg
 * is incoming, and not from the destination of a placed call; no event carries `CallBackID`), in which no such leg nor a `Transfered` one
 * was answered or hung up with `ANSWER`, and whose last dialled phone has hung up, is missed at that phone.
 */
export const missedAtPhone = (settings: Settings, call: Call): Deciding | undefined => {
  if (call.callBack !== undefined) return undefined
  let earliest: Leg | undefined
  for (const leg of call.legs) {
    const ended = leg.hangup
    if (ended !== undefined && isSpecial(leg)) return undefined
    const external = leg.direction !== undefined && !leg.local
    if (leg.forward || (external && leg.direction === 'incoming')) {
      if (leg.answer !== undefined || ended?.status === 'ANSWER') return undefined
    }
    if (external && !leg.forward && (earliest === undefined || byStart(leg, earliest) < 0)) earliest = leg
  }
  if (earliest?.direction !== 'incoming' || isDestination(settings, call, earliest)) return undefined
  const leg = lastDialledPhone(call)
  return leg?.hangup === undefined ? undefined : { leg, hangup: leg.hangup }
}

/** Can anything speak for the call? Nothing does of most calls, while they ring and talk. */
export const mayBeMissed = (settings: Settings, call: Call): boolean => call.bridged || settings.missedAtPhone

/**
 * R-missed: a call is missed if the deciding hangup says `Bridged=no` and neither R-bridged-yes (under the
 * rule `never-accepted`) nor R-answered holds. A miss belongs to the whole call; there is at most one.
 */
export const judge = (settings: Settings, call: Call): Judgement => {
  const deciding = call.bridged ? decidingHangup(settings, call) : undefined
  if (deciding === undefined) {
    if (call.bridged && bridgedYes(call)) return { outcome: 'accepted', deciding }
    const phone = settings.missedAtPhone ? missedAtPhone(settings, call) : undefined
    return phone === undefined ? NOTHING_SPEAKS : { outcome: 'missed', deciding: phone, at: 'phone' }
  }
  const accepted = settings.missedRule === 'last-hangup' ? deciding.hangup.bridged === 'yes' : bridgedYes(call)
  if (accepted) return { outcome: 'accepted', deciding }
  const by = answeredBy(call, deciding)
  return by === undefined ? { outcome: 'missed', deciding, at: 'ivr-or-queue' } : { outcome: 'answered', deciding, by }
}

/** The hangups of an IVR or queue leg that say `yes`. */
export const hangupsWithYes = (leg: Leg): ReadonlyArray<CallEvent> => eventsOf(leg).filter(isHangupWithYes)
