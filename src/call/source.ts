import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { isIncomingPhone, type Leg } from '../leg/Leg.js'
import { comparedDigits } from '../leg/number.js'
import type { Call } from './Call.js'
import type { Links } from './links.js'

/** Is the leg's client whom the application said that it calls? */
export const isDestination = (settings: Settings, { placed }: Call, { client, clientWord }: Leg): boolean => {
  const digits = comparedDigits(settings, client ?? clientWord)
  return digits !== '' && digits === comparedDigits(settings, placed?.destination)
}

/**
 * R-source: is the leg some outgoing leg's source? Likewise, without an outgoing leg, an incoming one from
 * the destination of a call that the application said it placed. With `before`: as known from the outgoing
 * legs that began before, so that what is said of an earlier leg never changes.
 */
export const isSource = (settings: Settings, call: Call, links: Links, leg: Leg, before: EpochMicros = Infinity): boolean => {
  const since = links.sourceSince.get(leg)
  if (since !== undefined && since < before) return true
  return call.placed !== undefined && links.firstOutgoing >= before && isIncomingPhone(leg) && isDestination(settings, call, leg)
}

/** R-source: the extension that a leg's record names: its source's, else its own. */
export const recordExtension = (links: Links, leg: Leg): string | undefined => links.sources.get(leg)?.extension ?? leg.extension
