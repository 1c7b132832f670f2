import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { dueOfCall, type CallState } from './CallState.js'
import type { HeldCall } from './HeldCall.js'
import { emptyMap, withEntry, withoutEntry, type PersistentMap } from './PersistentMap.js'
import { rest, wake, type RestingCall } from './RestingCall.js'
import { appoint, emptySchedule, type Schedule } from './schedule.js'

/** A call as it is kept: what is known of it, or that it rests. */
export type Kept = CallState | RestingCall

/** A call as it is kept, and when to look at it next: never later than it is due, so that the schedule need not follow every event. */
export interface Entry {
  readonly kept: Kept
  readonly lookAt: EpochMicros
}

/**
 * The state of all calls: plain, persistent data, of no concern to anybody but the correlator.
 *
 * @since 0.1.0
 * @category correlator
 */
export interface State {
  /** The few to which things happen. */
  readonly open: PersistentMap<string, Entry>
  /** The many that rest, or were let go. */
  readonly closed: PersistentMap<string, Entry>
  readonly schedule: Schedule
  /** No tick before this changes anything. */
  readonly due: EpochMicros
}

const byCallId = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const emptyState: State = { open: emptyMap(byCallId), closed: emptyMap(byCallId), schedule: emptySchedule, due: Infinity }

/** What is kept of a call. */
export const find = (state: State, callId: string): Entry | undefined => state.open.get(callId) ?? state.closed.get(callId)

/** What is known of a call that is kept; one that rests is woken for the purpose. */
export const known = (settings: Settings, kept: Kept): CallState | undefined => (kept.tag === 'resting' ? wake(settings, kept) : kept)

export const dueOfKept = (settings: Settings, kept: Kept): EpochMicros =>
  kept.tag === 'resting' ? kept.due : dueOfCall(settings, kept)

/** A call goes to rest as soon as nothing of it is open. */
export const keep = (settings: Settings, call: CallState): Kept => (call.tag === 'held' ? rest(settings, call) ?? call : call)

/** The state with this call, in the place of what was kept of it. */
export const put = (settings: Settings, state: State, callId: string, before: Entry | undefined, call: CallState): State => {
  const kept = keep(settings, call)
  const due = dueOfKept(settings, kept)
  const isOpen = kept.tag === 'held'
  const wasOpen = before?.kept.tag === 'held'
  const onTime = before !== undefined && before.lookAt <= due
  const entry = { kept, lookAt: onTime ? before.lookAt : due }
  const open = isOpen ? withEntry(state.open, callId, entry) : wasOpen ? withoutEntry(state.open, callId) : state.open
  const closed = !isOpen ? withEntry(state.closed, callId, entry) : before !== undefined && !wasOpen ? withoutEntry(state.closed, callId) : state.closed
  if (onTime) return { open, closed, schedule: state.schedule, due: state.due }
  const schedule = state.schedule.clone()
  appoint(schedule, callId, before?.lookAt, due)
  return { open, closed, schedule, due: schedule.minKey()?.at ?? Infinity }
}

/** Everything that is kept, in the order of the CallIDs. */
export const entriesOf = (state: State): ReadonlyArray<readonly [string, Entry]> =>
  [...state.open.entries(), ...state.closed.entries()].sort(([a], [b]) => byCallId(a, b))

/** The calls that are held, those that rest included, in the order of the CallIDs. */
export const heldCalls = (settings: Settings, state: State): ReadonlyArray<HeldCall> =>
  entriesOf(state).flatMap(([, { kept }]) => {
    const call = kept.tag === 'gone' ? undefined : known(settings, kept)
    return call?.tag === 'held' ? [call] : []
  })
