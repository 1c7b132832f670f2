import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { letGoOf, tickCall, type CallState } from './CallState.js'
import type { Change } from './Change.js'
import type { Transition } from './Reducer.js'
import { letGo } from './RestingCall.js'
import { byAppointment, takeDue } from './schedule.js'
import { allKept, dueOfKept, emptyState, findAppointed, lookAtOf, putAtAppointment, putOff, scheduled, type Kept, type State } from './State.js'

const NO_CHANGES: ReadonlyArray<Change> = []

/** A call to look at, and when it is due, whenever it was going to be looked at. */
interface Due {
  readonly at: EpochMicros
  readonly callId: string
  readonly kept: Kept
}

const tickKept = (settings: Settings, { callId, kept }: Due, now: EpochMicros): readonly [CallState | undefined, ReadonlyArray<Change>] => {
  if (typeof kept === 'number') return [undefined, NO_CHANGES]
  return kept.tag === 'held' ? tickCall(settings, kept, now) : [letGoOf(settings, callId, now), letGo(kept)]
}

/** The same call may have been appointed for the same time twice. */
const inOrder = (due: ReadonlyArray<Due>): ReadonlyArray<Due> =>
  due.length < 2 ? due : [...due].sort(byAppointment).filter((one, i, all) => one.callId !== all[i - 1]?.callId)

/** Time has come this far: what is due settles, is let go, is forgotten. What is not due costs nothing. */
export const tickAll = (settings: Settings, before: State, now: EpochMicros): Transition<State> => {
  if (!(now >= before.schedule.first)) return [before, NO_CHANGES]
  const [appointments, schedule] = takeDue(before.schedule, now)
  const toLookAt: Array<Due> = []
  for (const appointment of appointments) {
    const kept = findAppointed(before, appointment)
    if (kept !== undefined && lookAtOf(kept) === appointment.at) toLookAt.push({ at: dueOfKept(settings, kept), callId: appointment.callId, kept })
  }
  const changes: Array<Change> = []
  let state = scheduled(before, schedule)
  for (const due of inOrder(toLookAt)) {
    const { at, callId, kept } = due
    if (at > now && typeof kept === 'object') {
      state = putOff(state, callId, kept, at)
      continue
    }
    const [call, told] = tickKept(settings, due, now)
    for (const change of told) changes.push(change)
    state = putAtAppointment(settings, state, callId, kept, call)
  }
  return [state, changes]
}

/** The end of time: everything settles, everything is let go and forgotten. */
export const drainAll = (settings: Settings, state: State): Transition<State> => {
  const due = allKept(state).map(([callId, kept]): Due => ({ at: dueOfKept(settings, kept), callId, kept }))
  return [emptyState, inOrder(due).flatMap((one) => tickKept(settings, one, Infinity)[1])]
}
