import { left, right, type Either } from 'fp-ts/lib/Either.js'
import { Json, type Placed } from '../call/Placed.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { DecodeError } from '../event/DecodeError.js'
import { moment, type EpochMicros, type Micros } from '../event/time.js'
import { legKey } from '../leg/LegFacts.js'
import { shown } from '../wire/ringme/fields.js'
import type { Change } from './Change.js'
import { dueOf, takeEvent, takePlaced, tickHeld, type HeldCall } from './HeldCall.js'

/** R-expiry: a call that was let go: only its CallID is kept, until then. */
export interface GoneCall {
  readonly tag: 'gone'
  readonly callId: string
  readonly until: EpochMicros
}

/** What is known of one CallID: a call that is held, or that it was let go. */
export type CallState = HeldCall | GoneCall

export const encodeGone = ({ callId, until }: GoneCall): Json => ({ id: callId, until })

type Step = readonly [CallState, ReadonlyArray<Change>]

const late = (callId: string, leg: string | undefined, at: EpochMicros): ReadonlyArray<Change> => [
  { change: 'anomaly', anomaly: { kind: 'late-event', callId, ...(leg === undefined ? {} : { leg }), at: [at] } }
]

/** A length of time without its fraction; what is none counts as not given. */
const length = (time: Micros | undefined): Micros | undefined =>
  time !== undefined && time >= 0 && time <= Number.MAX_SAFE_INTEGER ? Math.floor(time) : undefined

/** A wire of the caller's own may hand in times with fractions, which no saved state could hold, or receipts in another unit. */
const sound = (event: CallEvent): CallEvent =>
  Number.isSafeInteger(event.at) && event.receivedAt === moment(event.receivedAt) && event.talkTime === length(event.talkTime)
    ? event
    : { ...event, at: moment(event.at) ?? 0, receivedAt: moment(event.receivedAt), talkTime: length(event.talkTime) }

/** Takes an event in; one for a call that was let go changes nothing and is told as an oddity. */
export const stepCall = (settings: Settings, state: CallState | undefined, event: CallEvent): Step => {
  if (state?.tag === 'gone') return [state, late(event.callId, legKey(event), event.at)]
  return takeEvent(settings, state, sound(event))
}

/** Why the application's word is of no use, if it is of none; else the word, its time without a fraction. */
export const checkedPlaced = (placed: Placed): Either<DecodeError, Placed> => {
  const wrong = (field: string, value: unknown, reason: string) => left({ field, value: value === undefined ? '' : shown(value), reason })
  const at = moment(placed.at)
  if (at === undefined) return wrong('at', placed.at, 'is no moment in microseconds since 1970')
  if (typeof placed.callId !== 'string' || placed.callId === '' || placed.callId.includes('/')) return wrong('callId', placed.callId, 'is no CallID')
  if (placed.context !== undefined && !Json.is(placed.context)) return wrong('context', 'what was given', 'is not what JSON can say')
  return right({ ...placed, callId: placed.callId.toLowerCase(), at })
}

/** Takes the application's word that it placed the call. */
export const placeCall = (settings: Settings, state: CallState | undefined, placed: Placed): Step => {
  if (state?.tag === 'gone') return [state, late(state.callId, undefined, placed.at)]
  return takePlaced(settings, state, placed)
}

/** R-expiry: of a call that was let go only the CallID is kept, for the open retention from then on; after a drain not even that. */
export const letGoOf = (settings: Settings, callId: string, now: EpochMicros): GoneCall | undefined =>
  now === Infinity ? undefined : { tag: 'gone', callId, until: Math.floor(now) + settings.openRetention }

/** Time has come this far: what is due settles, is let go, is forgotten. */
export const tickCall = (
  settings: Settings,
  state: CallState,
  now: EpochMicros
): readonly [CallState | undefined, ReadonlyArray<Change>] => {
  if (state.tag === 'gone') return [now >= state.until ? undefined : state, []]
  const [held, changes] = tickHeld(settings, state, now)
  return [held ?? letGoOf(settings, state.call.callId, now), changes]
}

/** When a tick will next change something. */
export const dueOfCall = (settings: Settings, state: CallState): EpochMicros =>
  state.tag === 'gone' ? state.until : dueOf(settings, state)
