import type { EpochMicros } from '../event/time.js'
import { firstOf, hungUpBy, isIncomingPhone, isPlainOutgoing, type Leg } from '../leg/Leg.js'
import { sameNumber } from '../leg/number.js'
import type { Call } from './Call.js'

/**
 * R-source: with click-to-call the source may ring as if the client called: an incoming phone leg that was
 * answered before, and not hung up by, the first event of an outgoing leg (no `Transfered` one) of the same
 * call to the same number (digits compared, and there are some) is that leg's source.
 */
const isSourceOf = (leg: Leg, outgoing: Leg): boolean =>
  leg.answer !== undefined &&
  isIncomingPhone(leg) &&
  leg.answer.at < firstOf(outgoing) &&
  !hungUpBy(leg, firstOf(outgoing)) &&
  sameNumber(leg.client, outgoing.client)

/** R-source: the leg that rang the source of an outgoing leg: of several the one that answered last. */
export const sourceOf = (call: Call, outgoing: Leg): Leg | undefined => {
  if (!isPlainOutgoing(outgoing)) return undefined
  let source: Leg | undefined
  for (const leg of call.legs) {
    if (isSourceOf(leg, outgoing) && (source === undefined || answeredAt(leg) >= answeredAt(source))) source = leg
  }
  return source
}

const answeredAt = (leg: Leg): number => leg.answer?.at ?? -1

/**
 * R-source: is the leg some outgoing leg's source? Likewise, without an outgoing leg, an incoming one from
 * the destination of a call that the application said it placed. With `before`: as known from the outgoing
 * legs that began before, so that what is said of an earlier leg never changes.
 */
export const isSource = (call: Call, leg: Leg, before: EpochMicros = Infinity): boolean => {
  if (!isIncomingPhone(leg)) return false
  let outgoing = false
  for (const other of call.outgoing) {
    if (firstOf(other) >= before) continue
    outgoing = true
    if (isSourceOf(leg, other)) return true
  }
  return !outgoing && sameNumber(leg.client, call.placed?.destination)
}

/** R-source: the extension that a leg's record names: its source's, else its own. */
export const recordExtension = (call: Call, leg: Leg): string | undefined => sourceOf(call, leg)?.extension ?? leg.extension
