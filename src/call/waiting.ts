import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { isIncomingPhone, isSpecial, type Leg } from '../leg/Leg.js'
import { seenAt } from '../leg/LegFacts.js'
import type { Call } from './Call.js'

/** Until when a leg holds a miss back: while it rings, or while an IVR or queue that was seen to begin has not ended. */
const holdsUntil = (settings: Settings, leg: Leg): EpochMicros => {
  const { dial, answer, hangup } = leg
  if (dial === undefined || hangup !== undefined) return 0
  if (isSpecial(leg) && dial.direction === 'incoming') return seenAt(dial) + settings.closedRetention
  if (answer === undefined && (isIncomingPhone(leg) || leg.forward)) return seenAt(dial) + settings.ringTimeout
  return 0
}

/**
 * R-settle: a miss is held until the settle window has passed since the call's last event, and while an
 * incoming phone leg or a `Transfered` one still rings (for at most the ring time-out), and while an IVR or
 * queue that was seen to begin has not ended (for at most the closed retention).
 */
export const settlesAt = (settings: Settings, call: Call): EpochMicros => {
  let at = call.activity + settings.settle
  for (const leg of call.legs) at = Math.max(at, holdsUntil(settings, leg))
  return at
}

/** Has some leg that was seen not hung up? */
export const hasOpenLeg = (call: Call): boolean => call.ended < call.legs.length

/**
 * R-expiry: a call whose seen legs have all hung up and whose miss has settled is let go when the closed
 * retention has passed since its last activity; one with something open when the open retention has.
 */
export const letGoAt = (settings: Settings, call: Call, missUnsettled: boolean): EpochMicros =>
  call.activity + (missUnsettled || hasOpenLeg(call) ? settings.openRetention : settings.closedRetention)
