import type { Call } from '../call/Call.js'
import type { Placed } from '../call/Placed.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { EpochMicros } from '../event/time.js'
import { eventsOf, legKey } from '../leg/LegFacts.js'
import type { GoneCall } from '../state/SavedCall.js'
import type { Change } from './Change.js'
import { blank, dueOf, takeEvent, takePlaced, tickHeld, type HeldCall } from './HeldCall.js'

/** What is known of one CallID: a call that is held, or that it was let go. */
export type CallState = HeldCall | GoneCall

export const callIdOf = (state: CallState): string => (state.tag === 'held' ? state.call.callId : state.callId)

type Step = readonly [CallState, ReadonlyArray<Change>]

/** An event that is not taken, or, without a leg, the application's word. */
export const notTaken = (kind: 'late-event' | 'over-limit', callId: string, leg: string | undefined, at: EpochMicros): ReadonlyArray<Change> => [
  { change: 'anomaly', anomaly: { kind, callId, ...(leg === undefined ? {} : { leg }), at: [at] } }
]

/** Limits: does the call have more legs, or one of them more events, than the configuration lets it have? */
export const isBeyond = ({ maxLegs, maxEvents }: Settings, call: Call, key: string): boolean =>
  (call.heard !== undefined && (new Set(call.heard.map(legKey)).size > maxLegs || call.heard.filter((event) => legKey(event) === key).length > maxEvents)) ||
  call.legs.length > maxLegs || call.legs.some((leg) => leg.others.length > 0 && leg.key === key && eventsOf(leg).length > maxEvents)

/** Takes an event in; one for a call that was let go, or beyond a limit, changes nothing and is told as an oddity. */
export const stepCall = (settings: Settings, state: CallState | undefined, event: CallEvent): Step => {
  if (state?.tag === 'gone') return [state, notTaken('late-event', event.callId, legKey(event), event.at)]
  const before = state ?? blank(event.callId)
  const step = takeEvent(settings, before, event)
  return step[0] !== before && isBeyond(settings, step[0].call, legKey(event)) ? [before, notTaken('over-limit', event.callId, legKey(event), event.at)] : step
}

/** Takes the application's word that it placed the call. */
export const placeCall = (settings: Settings, state: CallState | undefined, placed: Placed): Step =>
  state?.tag === 'gone'
    ? [state, notTaken('late-event', state.callId, undefined, placed.at)]
    : takePlaced(settings, state ?? blank(placed.callId), placed)

/** Time has come this far: what is due settles, is let go, is forgotten. */
export const tickCall = (settings: Settings, state: CallState, now: EpochMicros): readonly [CallState | undefined, ReadonlyArray<Change>] => {
  if (state.tag === 'gone') return [now >= state.until ? undefined : state, []]
  const [held, changes] = tickHeld(settings, state, now)
  if (held !== undefined) return [held, changes]
  // R-expiry: of a call that was let go only the CallID is kept, for the open retention from then on; after a drain not even that
  const gone = now === Infinity ? undefined : { tag: 'gone' as const, callId: state.call.callId, until: Math.floor(now) + settings.openRetention }
  return [gone, changes]
}

/** When a tick will next change something. */
export const dueOfCall = (settings: Settings, state: CallState): EpochMicros =>
  state.tag === 'gone' ? state.until : dueOf(settings, state)
