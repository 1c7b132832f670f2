import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { callIdOf, dueOfCall, tickCall, type CallState } from '../reducer/CallState.js'
import type { Change } from '../reducer/Change.js'
import type { Transition } from '../reducer/Reducer.js'
import { takeDue } from './Schedule.js'
import { allCalls, emptyState, find, putAfter, type State } from './State.js'

const NO_CHANGES: ReadonlyArray<Change> = []

/** The changes of one tick come in a fixed order: of the call that was due first first, then by CallID. */
const inOrder = (settings: Settings, calls: ReadonlyArray<CallState>): ReadonlyArray<CallState> =>
  calls.length < 2
    ? calls
    : calls
        .map((call) => ({ call, due: dueOfCall(settings, call), callId: callIdOf(call) }))
        .sort((a, b) => a.due - b.due || (a.callId < b.callId ? -1 : a.callId > b.callId ? 1 : 0))
        .map(({ call }) => call)

/** Time has come this far: what is due settles, is let go, is forgotten. What is not due costs nothing. */
export const tickAll = (settings: Settings, before: State, now: EpochMicros): Transition<State> => {
  if (before.schedule === undefined || before.schedule.at > now) return [before, NO_CHANGES]
  const [appointments, schedule] = takeDue(before.schedule, now)
  let state: State = { calls: before.calls, held: before.held, schedule }
  const due: Array<CallState> = []
  for (const { at, callId } of appointments) {
    const known = find(state, callId)
    if (known === undefined || known.lookAt !== at) continue
    if (dueOfCall(settings, known.call) <= now) due.push(known.call)
    else state = putAfter(settings, state, callId, known, known.call)
  }
  const changes: Array<Change> = []
  for (const call of inOrder(settings, due)) {
    const callId = callIdOf(call)
    const known = find(state, callId)
    // a call may have been appointed for the same time twice
    if (known?.call !== call) continue
    const [next, told] = tickCall(settings, call, now)
    for (const change of told) changes.push(change)
    state = putAfter(settings, state, callId, known, next)
  }
  return [state, changes]
}

/** The end of time: everything settles, everything is let go and forgotten. */
export const drainAll = (settings: Settings, state: State): Transition<State> => [
  emptyState,
  inOrder(settings, allCalls(state)).flatMap((call) => tickCall(settings, call, Infinity)[1])
]
