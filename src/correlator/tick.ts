import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { letGoOf, tickCall, type CallState } from './CallState.js'
import type { Change } from './Change.js'
import type { Transition } from './Reducer.js'
import { letGo } from './RestingCall.js'
import { appoint, byAppointment, dueBy } from './schedule.js'
import { dueOfKept, find, keep, type Entry, type Kept, type State } from './State.js'

const NO_CHANGES: ReadonlyArray<Change> = []

interface Due {
  readonly at: EpochMicros
  readonly callId: string
  readonly entry: Entry
}

/** The calls to look at, in the order in which they are due, whenever they were going to be looked at. */
const toLookAt = (settings: Settings, state: State, now: EpochMicros): ReadonlyArray<Due> =>
  dueBy(state.schedule, now)
    .flatMap((callId) => {
      const entry = find(state, callId)
      return entry === undefined ? [] : [{ at: dueOfKept(settings, entry.kept), callId, entry }]
    })
    .sort(byAppointment)

type Ticked = readonly [Kept | undefined, ReadonlyArray<Change>]

const kept = (settings: Settings, [call, changes]: readonly [CallState | undefined, ReadonlyArray<Change>]): Ticked =>
  [call === undefined ? undefined : keep(settings, call), changes]

const tickKept = (settings: Settings, { callId, entry }: Due, now: EpochMicros): Ticked => {
  if (entry.kept.tag !== 'resting') return kept(settings, tickCall(settings, entry.kept, now))
  return [letGoOf(settings, callId, now), letGo(settings, entry.kept)]
}

/** Time has come this far: what is due settles, is let go, is forgotten. What is not due costs nothing. */
export const tickAll = (settings: Settings, state: State, now: EpochMicros): Transition<State> => {
  if (!(now >= state.due)) return [state, NO_CHANGES]
  const [open, closed, schedule] = [state.open.clone(), state.closed.clone(), state.schedule.clone()]
  const changes: Array<Change> = []
  for (const due of toLookAt(settings, state, now)) {
    const { at, callId, entry } = due
    const [next, told] = at > now ? [entry.kept, NO_CHANGES] : tickKept(settings, due, now)
    for (const change of told) changes.push(change)
    const lookAt = next === undefined ? undefined : dueOfKept(settings, next)
    appoint(schedule, callId, entry.lookAt, lookAt)
    const [into, outOf] = next?.tag === 'held' ? [open, closed] : [closed, open]
    if (next === undefined || lookAt === undefined) into.delete(callId)
    else into.set(callId, { kept: next, lookAt })
    if ((entry.kept.tag === 'held') !== (next?.tag === 'held')) outOf.delete(callId)
  }
  return [{ open, closed, schedule, due: schedule.minKey()?.at ?? Infinity }, changes]
}
