import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import type { CallState } from './CallState.js'
import { dueOf, type HeldCall } from './HeldCall.js'
import { emptyMap, type NextVersion, type PersistentMap } from './PersistentMap.js'
import { rest, wake, type RestingCall } from './RestingCall.js'
import { appoint, emptySchedule, type Appointment, type Schedule } from './schedule.js'

/** A call in which something is open. */
export interface OpenCall {
  readonly tag: 'open'
  readonly held: HeldCall
  /** When to look at it next: never later than it is due, so that the schedule need not follow every event. */
  readonly lookAt: EpochMicros
}

/** R-expiry: of a call that was let go only the CallID is kept, until then: a hundred thousand of these are a day's calls. */
type Until = EpochMicros

/** What is kept of a call: it is open, it rests, or it was let go. */
export type Kept = OpenCall | RestingCall | Until

/**
 * The state of all calls: plain, persistent data, of no concern to anybody but the correlator.
 *
 * @since 0.1.0
 * @category correlator
 */
export interface State {
  /** The few to which things happen. */
  readonly open: PersistentMap<string, OpenCall>
  /** The many that rest, or were let go. */
  readonly closed: PersistentMap<string, RestingCall | Until>
  readonly schedule: Schedule
  /** No tick before this changes anything. */
  readonly due: EpochMicros
}

const byCallId = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

export const emptyState: State = { open: emptyMap(byCallId), closed: emptyMap(byCallId), schedule: emptySchedule, due: Infinity }

/** A state in the making: whatever of it is touched is copied once, however many calls are put into it. */
export interface NextState {
  readonly before: State
  readonly open: () => NextVersion<string, OpenCall>
  readonly closed: () => NextVersion<string, RestingCall | Until>
  readonly schedule: () => NextVersion<Appointment, undefined>
  readonly done: () => State
}

export const nextState = (before: State): NextState => {
  let open: NextVersion<string, OpenCall> | undefined
  let closed: NextVersion<string, RestingCall | Until> | undefined
  let schedule: NextVersion<Appointment, undefined> | undefined
  return {
    before,
    open: () => (open ??= before.open.clone()),
    closed: () => (closed ??= before.closed.clone()),
    schedule: () => (schedule ??= before.schedule.clone()),
    done: () => ({
      open: open ?? before.open,
      closed: closed ?? before.closed,
      schedule: schedule ?? before.schedule,
      due: schedule === undefined ? before.due : schedule.minKey()?.at ?? Infinity
    })
  }
}

/** What is kept of a call. */
export const find = (state: State, callId: string): Kept | undefined => state.open.get(callId) ?? state.closed.get(callId)

/** What is known of a call that is kept; one that rests is woken for the purpose. */
export const known = (settings: Settings, callId: string, kept: Kept): CallState | undefined => {
  if (typeof kept === 'number') return { tag: 'gone', callId, until: kept }
  return kept.tag === 'open' ? kept.held : wake(settings, callId, kept)
}

const lookAtOf = (kept: Kept): EpochMicros => (typeof kept === 'number' ? kept : kept.tag === 'open' ? kept.lookAt : kept.due)

/** When a tick will change something of it. */
export const dueOfKept = (settings: Settings, kept: Kept): EpochMicros =>
  typeof kept === 'number' ? kept : kept.tag === 'open' ? dueOf(settings, kept.held) : kept.due

/** What to keep of a call: it goes to rest as soon as nothing of it is open. */
const keep = (settings: Settings, before: Kept | undefined, call: CallState): Kept => {
  if (call.tag === 'gone') return call.until
  const resting = rest(settings, call)
  if (resting !== undefined) return resting
  const due = dueOf(settings, call)
  const lookAt = before === undefined ? undefined : lookAtOf(before)
  return { tag: 'open', held: call, lookAt: lookAt !== undefined && lookAt <= due ? lookAt : due }
}

const isOpen = (kept: Kept | undefined): kept is OpenCall => typeof kept === 'object' && kept.tag === 'open'

const replace = (next: NextState, callId: string, before: Kept | undefined, after: Kept | undefined): void => {
  if (isOpen(after)) next.open().set(callId, after)
  else if (after !== undefined) next.closed().set(callId, after)
  if (before === undefined || (after !== undefined && isOpen(before) === isOpen(after))) return
  if (isOpen(before)) next.open().delete(callId)
  else next.closed().delete(callId)
}

/** Puts a call in the place of what was kept of it; the schedule moves only if it is to be looked at another time. */
export const put = (settings: Settings, next: NextState, callId: string, before: Kept | undefined, call: CallState | undefined): void => {
  const after = call === undefined ? undefined : keep(settings, before, call)
  replace(next, callId, before, after)
  const [from, to] = [before === undefined ? undefined : lookAtOf(before), after === undefined ? undefined : lookAtOf(after)]
  if (from !== to) appoint(next.schedule(), callId, from, to)
}

/** Looks at an open call later: its appointment had come too early. */
export const putOff = (next: NextState, callId: string, before: OpenCall, lookAt: EpochMicros): void => {
  next.open().set(callId, { ...before, lookAt })
  appoint(next.schedule(), callId, before.lookAt, lookAt)
}

/** Everything that is kept, in the order of the CallIDs. */
export const entriesOf = (state: State): ReadonlyArray<readonly [string, Kept]> =>
  [...state.open.entries(), ...state.closed.entries()].sort(([a], [b]) => byCallId(a, b))

/** The calls that are held, those that rest included, in the order of the CallIDs. */
export const heldCalls = (settings: Settings, state: State): ReadonlyArray<HeldCall> =>
  entriesOf(state).flatMap(([callId, kept]) => {
    const call = known(settings, callId, kept)
    return call?.tag === 'held' ? [call] : []
  })
