import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { dueOfCall, type CallState } from '../reducer/CallState.js'
import { emptyMap, entriesOf, exchanged, get, type PersistentMap } from './PersistentMap.js'
import { appoint, type Schedule } from './Schedule.js'

/** What is known of one call, and when the schedule has it looked at: never later than it is due. */
export interface Known {
  readonly call: CallState
  readonly lookAt: EpochMicros
}

/**
 * The state of all calls: plain, persistent data, of no concern to anybody but the correlator. `encode` shows it to a
 * person.
 *
 * @since 0.1.0
 * @category correlator
 */
export interface State {
  readonly calls: PersistentMap<string, Known>
  /** How many of them are held: the others were let go. */
  readonly held: number
  readonly schedule: Schedule
}

export const emptyState: State = { calls: emptyMap(), held: 0, schedule: undefined }

export const find = (state: State, callId: string): Known | undefined => get(state.calls, callId)

const heldIn = (known: Known | undefined): number => (known?.call.tag === 'held' ? 1 : 0)

/** No appointment. */
const NEVER: EpochMicros = Infinity

/** The state with this in the place of what was known of a call, which the schedule has looked at when it is appointed. */
const replaced = (state: State, callId: string, before: Known | undefined, call: CallState, appointed: EpochMicros, due: EpochMicros): State => {
  const lookAt = appointed < due ? appointed : due
  const after = { call, lookAt }
  return {
    calls: exchanged(state.calls, callId, before, after),
    held: state.held - heldIn(before) + heldIn(after),
    schedule: lookAt === appointed ? state.schedule : appoint(state.schedule, callId, lookAt)
  }
}

/**
 * Puts a call to which something has happened in its place. An appointment that comes too early is left alone, so that
 * most events leave the schedule as it is; and an open call is appointed as if it had ended, which it mostly has by
 * then: one appointment for a closed call of 2 KiB, not two.
 */
export const put = (settings: Settings, state: State, callId: string, before: Known | undefined, call: CallState): State => {
  const soon = call.tag === 'held' ? call.call.activity + settings.closedRetention : NEVER
  return replaced(state, callId, before, call, before?.lookAt ?? NEVER, Math.min(dueOfCall(settings, call), soon))
}

/** The same when its appointment is over: nothing, if the call is forgotten. */
export const putAfter = (settings: Settings, state: State, callId: string, before: Known, call: CallState | undefined): State =>
  call === undefined
    ? { calls: exchanged(state.calls, callId, before, undefined), held: state.held - heldIn(before), schedule: state.schedule }
    : replaced(state, callId, before, call, NEVER, dueOfCall(settings, call))

/** Everything that is known, in the order of the CallIDs. */
export const allCalls = ({ calls }: State): ReadonlyArray<CallState> =>
  [...entriesOf(calls)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, { call }]) => call)
