import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { callIdOf, dueOfCall, tickCall, type CallState } from '../reducer/CallState.js'
import type { Change } from '../reducer/Change.js'
import type { Transition } from '../reducer/Reducer.js'
import { allCalls, emptyState, find, tableOf, withCall, type State } from './State.js'
import { comeBy, lookAgain } from './Table.js'

const NO_CHANGES: ReadonlyArray<Change> = []

/** The changes of one tick come in a fixed order: of the call that was due first first, then by CallID. */
const inOrder = (settings: Settings, calls: ReadonlyArray<CallState>): ReadonlyArray<CallState> =>
  calls.length < 2
    ? calls
    : calls
        .map((call) => ({ call, due: dueOfCall(settings, call), callId: callIdOf(call) }))
        .sort((a, b) => a.due - b.due || (a.callId < b.callId ? -1 : a.callId > b.callId ? 1 : 0))
        .map(({ call }) => call)

/** The calls of which a tick now changes something; the others that were to be looked at are looked at when they are due. */
const dueBy = (settings: Settings, state: State, now: EpochMicros): ReadonlyArray<CallState> => {
  const table = tableOf(state)
  const due: Array<CallState> = []
  for (const entry of comeBy(table, now)) {
    const at = dueOfCall(settings, entry.call)
    if (at <= now) due.push(entry.call)
    else lookAgain(table, entry, at)
  }
  return inOrder(settings, due)
}

/** Time has come this far: what is due settles, is let go, is forgotten. What is not due costs nothing. */
export const tickAll = (settings: Settings, before: State, now: EpochMicros): Transition<State> => {
  const changes: Array<Change> = []
  let state = before
  for (const call of dueBy(settings, before, now)) {
    const [next, told] = tickCall(settings, call, now)
    for (const change of told) changes.push(change)
    state = withCall(state, callIdOf(call), find(state, callIdOf(call)), next, next === undefined ? 0 : dueOfCall(settings, next))
  }
  return [state, changes.length === 0 ? NO_CHANGES : changes]
}

/** When a tick will next change something. */
export const dueOfAll = (settings: Settings, state: State): EpochMicros | undefined => {
  const table = tableOf(state)
  for (;;) {
    const [first] = table.heap
    if (first === undefined) return undefined
    const due = dueOfCall(settings, first.call)
    if (due <= first.lookAt) return due
    lookAgain(table, first, due)
  }
}

/** The end of time: everything settles, everything is let go and forgotten. */
export const drainAll = (settings: Settings, state: State): Transition<State> => [
  emptyState,
  inOrder(settings, allCalls(state)).flatMap((call) => tickCall(settings, call, Infinity)[1])
]
