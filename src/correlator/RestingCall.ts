import { anomaliesOf } from '../call/anomalies.js'
import type { Json } from '../call/Placed.js'
import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import type { Change } from './Change.js'
import { dueOf, giveUp, isQuiet, type HeldCall } from './HeldCall.js'
import { decodeHeld, encodeHeld } from './heldJson.js'
import type { HeldJson } from './StateJson.js'

/**
 * A call in which nothing is open any more, held for the sake of late events only: as text, since there are
 * many of these, and most of them are never looked at again.
 */
export interface RestingCall {
  readonly tag: 'resting'
  /** The call as it is saved. */
  readonly text: string
  /** When it is let go. */
  readonly due: EpochMicros
  /** Has it nothing odd to tell when it is let go? Then nobody need open it. */
  readonly calm: boolean
}

/** Puts a call to rest, if nothing of it is open. */
export const rest = (settings: Settings, held: HeldCall): RestingCall | undefined =>
  isQuiet(held)
    ? {
        tag: 'resting',
        text: JSON.stringify(encodeHeld(held)),
        due: dueOf(settings, held),
        calm: anomaliesOf(settings, { ...held.call, givenUp: true }).length === 0
      }
    : undefined

/** The call as it is saved. Not checked by the codec: nobody but `rest` has written it. */
const parse: (text: string) => HeldJson & Json = JSON.parse

export const savedForm = ({ text }: RestingCall): Json => parse(text)

/** The call again, as it was. */
export const wake = (settings: Settings, { text }: RestingCall): HeldCall | undefined => decodeHeld(settings, parse(text))

/** R-expiry: what a resting call tells when it is let go: its records stand, its oddities are told. */
export const letGo = (settings: Settings, resting: RestingCall): ReadonlyArray<Change> => {
  if (resting.calm) return []
  const held = wake(settings, resting)
  return held === undefined ? [] : giveUp(settings, held)[1]
}
