import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { letGoOf, tickCall, type CallState } from './CallState.js'
import type { Change } from './Change.js'
import type { Transition } from './Reducer.js'
import { letGo } from './RestingCall.js'
import { byAppointment, dueBy } from './schedule.js'
import { dueOfKept, find, nextState, put, putOff, type Kept, type State } from './State.js'

const NO_CHANGES: ReadonlyArray<Change> = []

interface Due {
  readonly at: EpochMicros
  readonly callId: string
  readonly kept: Kept
}

/** The calls to look at, in the order in which they are due, whenever they were going to be looked at. */
const toLookAt = (settings: Settings, state: State, now: EpochMicros): ReadonlyArray<Due> => {
  const due: Array<Due> = []
  for (const callId of dueBy(state.schedule, now)) {
    const kept = find(state, callId)
    if (kept !== undefined) due.push({ at: dueOfKept(settings, kept), callId, kept })
  }
  return due.length > 1 ? due.sort(byAppointment) : due
}

const tickKept = (settings: Settings, { callId, kept }: Due, now: EpochMicros): readonly [CallState | undefined, ReadonlyArray<Change>] => {
  if (typeof kept === 'number') return [undefined, NO_CHANGES]
  return kept.tag === 'open' ? tickCall(settings, kept.held, now) : [letGoOf(settings, callId, now), letGo(settings, callId, kept)]
}

/** Time has come this far: what is due settles, is let go, is forgotten. What is not due costs nothing. */
export const tickAll = (settings: Settings, state: State, now: EpochMicros): Transition<State> => {
  if (!(now >= state.due)) return [state, NO_CHANGES]
  const next = nextState(state)
  const changes: Array<Change> = []
  for (const due of toLookAt(settings, state, now)) {
    if (due.at > now && typeof due.kept === 'object' && due.kept.tag === 'open') {
      putOff(next, due.callId, due.kept, due.at)
      continue
    }
    const [call, told] = tickKept(settings, due, now)
    for (const change of told) changes.push(change)
    put(settings, next, due.callId, due.kept, call)
  }
  return [next.done(), changes]
}
