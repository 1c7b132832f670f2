import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { firstOf, isIncomingPhone, isPlainOutgoing, startOf, type Leg } from '../leg/Leg.js'
import { comparedDigits } from '../leg/number.js'
import type { Call } from './Call.js'
import { decidingHangup, type Deciding } from './missed.js'
import { clientLeg } from './client.js'

/**
 * What the legs of a call mean to each other, read once for all rules that ask: a call of a thousand legs would
 * otherwise be read a thousand times.
 */
export interface Links {
  /** R-source: of an outgoing leg, the leg that rang its source. */
  readonly sources: ReadonlyMap<Leg, Leg>
  /** R-source: of a source, the first event of the earliest outgoing leg whose source it is. */
  readonly sourceSince: ReadonlyMap<Leg, EpochMicros>
  /** The first event of any outgoing leg: never, if there is none. */
  readonly firstOutgoing: EpochMicros
  /** R-client: the leg that tells the call's client. */
  readonly client: Leg | undefined
  /** R-deciding: the IVR or queue hangup that speaks for the call. */
  readonly deciding: Deciding | undefined
}

/** Of legs that have nothing to do with each other. */
export const NO_LINKS: Links = { sources: new Map(), sourceSince: new Map(), firstOutgoing: Infinity, client: undefined, deciding: undefined }

const answeredAt = (leg: Leg): number => leg.answer?.at ?? -1

/**
 * R-source: with click-to-call the source may ring as if the client called: an incoming phone leg that was
 * answered, that began no later than, and had not hung up before, the first event of an outgoing leg (no `Transfered`
 * one) of the same call to the same number (there are digits) is that leg's source: ties and some milliseconds of
 * disorder happen.
 */
const isSourceAt = (leg: Leg, first: EpochMicros): boolean => startOf(leg) <= first && (leg.hangup === undefined || leg.hangup.at >= first)

/** The answered incoming phone legs, by the digits of their clients. */
const byDigits = (settings: Settings, legs: ReadonlyArray<Leg>): ReadonlyMap<string, ReadonlyArray<Leg>> => {
  const found = new Map<string, Array<Leg>>()
  for (const leg of legs) {
    if (leg.answer === undefined || !isIncomingPhone(leg)) continue
    const digits = comparedDigits(settings, leg.client ?? leg.clientWord)
    const known = found.get(digits)
    if (known === undefined) found.set(digits, [leg])
    else known.push(leg)
  }
  return found
}

/** What the legs mean to each other. */
export const linksOf = (settings: Settings, call: Call): Links => {
  const client = clientLeg(call)
  const deciding = call.bridged ? decidingHangup(settings, call) : undefined
  const outgoing = call.legs.filter(isPlainOutgoing)
  if (outgoing.length === 0) return { ...NO_LINKS, client, deciding }
  const candidates = byDigits(settings, call.legs)
  const sources = new Map<Leg, Leg>()
  const sourceSince = new Map<Leg, EpochMicros>()
  let firstOutgoing = Infinity
  for (const leg of outgoing) {
    const first = firstOf(leg)
    if (first < firstOutgoing) firstOutgoing = first
    const digits = comparedDigits(settings, leg.client)
    if (digits === '') continue
    for (const other of candidates.get(digits) ?? []) {
      if (!isSourceAt(other, first)) continue
      // of several the one that answered last
      const known = sources.get(leg)
      if (known === undefined || answeredAt(other) >= answeredAt(known)) sources.set(leg, other)
      sourceSince.set(other, Math.min(sourceSince.get(other) ?? Infinity, first))
    }
  }
  return { sources, sourceSince, firstOutgoing, client, deciding }
}
