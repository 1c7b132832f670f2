import type { Settings } from '../config/Config.js'
import { cutDomain } from '../event/extension.js'
import { firstOf, type Leg } from '../leg/Leg.js'
import { isOwn } from '../leg/number.js'
import type { Call } from './Call.js'
import type { Links } from './links.js'
import { isSource, recordExtension } from './source.js'

/**
 * R-transfer: the transferring extension: in: `CallerIDNum`, else `CallerExtension`, whichever is an own
 * extension; out: the leg's own.
 */
export const transferringExtension = (settings: Settings, leg: Leg): string | undefined => {
  if (leg.direction === 'outgoing') return leg.extension
  const { callerNumber, callerExtension } = leg.parties
  if (isOwn(settings, callerNumber, leg)) return cutDomain(callerNumber)
  return isOwn(settings, callerExtension, leg) ? cutDomain(callerExtension) : undefined
}

/**
 * R-transfer: among that extension's phone legs in the same call (the extension that their record names)
 * that are neither local nor a source, and whose answer came before this leg's first event, the record
 * points back to the latest answered. Only backwards, so that the earlier leg's record need never change.
 */
export const pointsBackTo = (settings: Settings, call: Call, links: Links, leg: Leg): Leg | undefined => {
  const extension = transferringExtension(settings, leg)
  if (extension === undefined) return undefined
  const first = firstOf(leg)
  let found: Leg | undefined
  let answeredAt = -1
  for (const other of call.legs) {
    const answer = other.answer
    if (
      answer !== undefined &&
      answer.at < first &&
      answer.at >= answeredAt &&
      other.type === 'phone' &&
      !other.local &&
      recordExtension(links, other) === extension &&
      !isSource(settings, call, links, other, first)
    ) {
      found = other
      answeredAt = answer.at
    }
  }
  return found
}

/**
 * R-consult: an incoming transfer leg that ended before the leg it points back to, by more than the settle window, was
 * a consultation (*2) that came to nothing; one that ended with it was a talk of three. It is decided only when that
 * leg has ended, or when the call is given up.
 */
export const consultation = (settings: Settings, call: Call, leg: Leg, back: Leg | undefined): 'no' | 'yes' | 'undecided' => {
  const ended = leg.hangup
  if (leg.direction !== 'incoming' || back === undefined || ended === undefined) return 'no'
  if (back.hangup === undefined) return call.givenUp ? 'no' : 'undecided'
  return ended.at + settings.settle < back.hangup.at ? 'yes' : 'no'
}
