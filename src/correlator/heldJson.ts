import type { Json, Placed } from '../call/Placed.js'
import type { Settings } from '../config/Config.js'
import { NO_REVISIONS } from './changes.js'
import { callOf, formOf, type CallForm } from './CallForm.js'
import type { HeldCall } from './HeldCall.js'
import type { HeldJson } from './StateJson.js'

const encodePlaced = ({ at, destination, context }: Placed): Json => ({
  at,
  ...(destination === undefined ? {} : { to: destination }),
  ...(context === undefined ? {} : { context })
})

const decodePlaced = (callId: string, { at, to, context }: NonNullable<HeldJson['placed']>): Placed => ({
  callId,
  at,
  ...(to === undefined ? {} : { destination: to }),
  ...(context === undefined ? {} : { context })
})

/** A call's form as JSON: what goes without saying is left out. */
export const encodeForm = (callId: string, { texts, words, times, placed, settled, revisions }: CallForm): Json => ({
  id: callId,
  texts,
  words,
  times,
  ...(placed === undefined ? {} : { placed: encodePlaced(placed) }),
  ...(settled ? { settled: true } : {}),
  ...(Object.keys(revisions).length === 0 ? {} : { revisions: { ...revisions } })
})

/** A held call as JSON: its facts, the latch, and the revisions that are not 1. */
export const encodeHeld = (held: HeldCall): Json => encodeForm(held.call.callId, formOf(held))

/** The call again; nothing, if its numbers point to what is not there. */
export const decodeHeld = (settings: Settings, { id, texts, words, times, placed, settled, revisions }: HeldJson): HeldCall | undefined =>
  callOf(settings, id, {
    texts,
    words,
    times,
    placed: placed === undefined ? undefined : decodePlaced(id, placed),
    settled: settled === true,
    revisions: revisions ?? NO_REVISIONS
  })
