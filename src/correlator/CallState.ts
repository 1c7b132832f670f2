import type { Placed } from '../call/Placed.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { EpochMicros } from '../event/time.js'
import { legKey } from '../leg/LegFacts.js'
import type { Change } from './Change.js'
import { dueOf, takeEvent, takePlaced, tickHeld, type HeldCall } from './HeldCall.js'

/** R-expiry: a call that was let go: only its CallID is kept, until then. */
export interface GoneCall {
  readonly callId: string
  readonly until: EpochMicros
}

/** What is known of one CallID: a call that is held, or that it was let go. */
export type CallState = { readonly tag: 'held'; readonly held: HeldCall } | { readonly tag: 'gone'; readonly gone: GoneCall }

type Step = readonly [CallState, ReadonlyArray<Change>]

const late = (callId: string, leg: string | undefined, at: EpochMicros): ReadonlyArray<Change> => [
  { change: 'anomaly', anomaly: { kind: 'late-event', callId, ...(leg === undefined ? {} : { leg }), at: [at] } }
]

/** Takes an event in; one for a call that was let go changes nothing and is told as an oddity. */
export const stepCall = (settings: Settings, state: CallState | undefined, event: CallEvent): Step => {
  if (state?.tag === 'gone') return [state, late(event.callId, legKey(event), event.at)]
  const [held, changes] = takeEvent(settings, state?.held, event)
  return [held === state?.held ? state : { tag: 'held', held }, changes]
}

/** Takes the application's word that it placed the call. */
export const placeCall = (settings: Settings, state: CallState | undefined, placed: Placed): Step => {
  if (state?.tag === 'gone') return [state, late(state.gone.callId, undefined, placed.at)]
  const [held, changes] = takePlaced(settings, state?.held, placed)
  return [{ tag: 'held', held }, changes]
}

/** Time has come this far: what is due settles, is let go, is forgotten. */
export const tickCall = (
  settings: Settings,
  state: CallState,
  now: EpochMicros
): readonly [CallState | undefined, ReadonlyArray<Change>] => {
  if (state.tag === 'gone') return [now >= state.gone.until ? undefined : state, []]
  const { held, changes } = tickHeld(settings, state.held, now)
  if (held !== undefined) return [held === state.held ? state : { tag: 'held', held }, changes]
  const until = now + settings.openRetention
  const gone = { callId: state.held.call.callId, until }
  return [until === Infinity ? undefined : { tag: 'gone', gone }, changes]
}

/** When a tick will next change something. */
export const dueOfCall = (settings: Settings, state: CallState): EpochMicros =>
  state.tag === 'gone' ? state.gone.until : dueOf(settings, state.held)
