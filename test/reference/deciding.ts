import type { Config } from '../../src/config/Config.js'
import type { CallEvent } from '../../src/event/CallEvent.js'
import { isIncomingPhone, isIvrOrQueue, latestBegun, type Call, type Leg } from './legs.js'
import { cut } from './numbers.js'

/** The hangup that speaks for a call, and its leg. */
export interface Deciding {
  readonly leg: Leg
  readonly hangup: CallEvent
}

export const withHangup = (leg: Leg | undefined): Deciding | undefined =>
  leg === undefined || leg.hangup === undefined ? undefined : { leg, hangup: leg.hangup }

/**
 * R-deciding: a queue before a special that was reached through another extension (it has a `CallerExtension`) before another
 * special before an IVR.
 */
const rankOf = (leg: Leg): number => {
  if (leg.type === 'queue') return 3
  if (leg.type === 'special') return leg.parties.callerExtension === undefined ? 1 : 2
  return 0
}

/**
 * R-deciding: Which IVR or queue hangup speaks for the call, among those with `Bridged` (under the default rule: among those with
 * `no`); among equals the one that began last (its dial, else its first event), then the latest hangup.
 */
export const decidingHangup = (config: Config, call: Call): Deciding | undefined => {
  const speaking = call.legs
    .filter(isIvrOrQueue)
    .filter(({ hangup }) => (config.missedRule === 'last-hangup' ? hangup?.bridged !== undefined : hangup?.bridged === 'no'))
  const highest = Math.max(...speaking.map(rankOf))
  return withHangup(latestBegun(speaking.filter((leg) => rankOf(leg) === highest)))
}

/**
 * R-answered: a phone that this very queue rang before its `no`, as its `CallerExtension` tells, and that answered only after it, took
 * a dead call: it does not count, and gives no record either. The answer is that of the deciding hangup that it came after.
 *
 * Chosen here: the queue is that of the call's deciding hangup, and no known IVR; *rang before* and *answered after* are strict; it
 * does not matter how the phone's leg ended, nor whether the leg is local.
 */
export const deadCallOf = (config: Config, call: Call, leg: Leg): CallEvent | undefined => {
  const deciding = decidingHangup(config, call)
  if (deciding === undefined || deciding.hangup.bridged !== 'no' || deciding.leg.type === 'ivr') return undefined
  const { hangup } = deciding
  const rangIt = deciding.leg.extension !== undefined && cut(leg.parties.callerExtension) === deciding.leg.extension
  return isIncomingPhone(leg) && rangIt && leg.beganAt < hangup.at && leg.answer !== undefined && leg.answer.at > hangup.at
    ? hangup
    : undefined
}

export const tookDeadCall = (config: Config, call: Call, leg: Leg): boolean => deadCallOf(config, call, leg) !== undefined
