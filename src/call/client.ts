import type { EpochMicros } from '../event/time.js'
import { byStart, startOf, type Leg } from '../leg/Leg.js'
import type { Call } from './Call.js'
import type { Links } from './links.js'

/** R-client: of whatever extension type but no `Transfered` one, whose number is external. */
const tellsClient = (leg: Leg): boolean => !leg.forward && (leg.client ?? leg.clientWord) !== undefined && !leg.local

/** R-client: the earliest leg that tells the call's client. */
export const clientLeg = (call: Call): Leg | undefined => {
  let earliest: Leg | undefined
  for (const leg of call.legs) if (tellsClient(leg) && (earliest === undefined || byStart(leg, earliest) < 0)) earliest = leg
  return earliest
}

/** R-client: the leg of the call's client, as known from the legs that began before `before`. */
export const clientOf = ({ client }: Links, before: EpochMicros = Infinity): Leg | undefined =>
  client !== undefined && startOf(client) < before ? client : undefined
