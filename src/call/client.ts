import type { EpochMicros } from '../event/time.js'
import { byStart, startOf, type Leg } from '../leg/Leg.js'
import type { Call } from './Call.js'

/** R-client: of whatever extension type but no `Transfered` one, whose number is external. */
const tellsClient = (leg: Leg): boolean => !leg.traits.transferred && leg.client !== undefined && !leg.traits.local

/**
 * R-client: the call's client: the client number of its earliest such leg, as known from the legs that
 * began before `before`.
 */
export const clientOf = (call: Call, before: EpochMicros = Infinity): string | undefined => {
  let earliest: Leg | undefined
  for (const leg of call.legs) {
    if (tellsClient(leg) && startOf(leg) < before && (earliest === undefined || byStart(leg, earliest) < 0)) earliest = leg
  }
  return earliest?.client
}
