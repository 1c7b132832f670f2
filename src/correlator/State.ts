import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import type { CallState } from './CallState.js'
import { dueOf, type HeldCall } from './HeldCall.js'
import { emptyMap, entriesOf, exchanged, get, type PersistentMap } from './PersistentMap.js'
import { rest, wake, type RestingCall } from './RestingCall.js'
import { appoint, emptySchedule, type Schedule } from './schedule.js'

/** R-expiry: of a call that was let go only the CallID is kept, until then: a hundred thousand of these are a day's calls. */
type Until = EpochMicros

/** What is kept of a call: it is held, it rests, or it was let go. */
export type Kept = HeldCall | RestingCall | Until

/**
 * The state of all calls: plain, persistent data, of no concern to anybody but the correlator.
 *
 * @since 0.1.0
 * @category correlator
 */
export interface State {
  /** The few to which things happen. */
  readonly open: PersistentMap<string, HeldCall>
  /** The many that rest, or were let go. */
  readonly closed: PersistentMap<string, RestingCall | Until>
  /** When to look at which of them: no tick before the first of these changes anything. */
  readonly schedule: Schedule
}

export const emptyState: State = { open: emptyMap(), closed: emptyMap(), schedule: emptySchedule }

/** What is kept of a call. */
export const find = (state: State, callId: string): Kept | undefined => get(state.open, callId) ?? get(state.closed, callId)

/** What is known of a call that is kept; one that rests is woken for the purpose. */
export const known = (settings: Settings, callId: string, kept: Kept): CallState | undefined => {
  if (typeof kept === 'number') return { tag: 'gone', callId, until: kept }
  return kept.tag === 'held' ? kept : wake(settings, callId, kept)
}

export const lookAtOf = (kept: Kept): EpochMicros => (typeof kept === 'number' ? kept : kept.lookAt)

/** When a tick will change something of it. */
export const dueOfKept = (settings: Settings, kept: Kept): EpochMicros =>
  typeof kept === 'number' ? kept : kept.tag === 'held' ? dueOf(settings, kept) : kept.due

/** No appointment. */
const NEVER: EpochMicros = Infinity

/** What to keep of a call: it goes to rest as soon as nothing of it is open. An appointment that comes too early is left alone. */
const keep = (settings: Settings, call: CallState, appointed: EpochMicros): Kept => {
  if (call.tag === 'gone') return call.until
  const due = dueOf(settings, call)
  const lookAt = appointed < due ? appointed : due
  return rest(settings, call, due, lookAt) ?? (call.lookAt === lookAt ? call : { ...call, lookAt })
}

const openOf = (kept: Kept | undefined): HeldCall | undefined => (typeof kept === 'object' && kept.tag === 'held' ? kept : undefined)

const closedOf = (kept: Kept | undefined): RestingCall | Until | undefined => (typeof kept === 'object' && kept.tag === 'held' ? undefined : kept)

/** The state with another schedule. */
export const scheduled = ({ open, closed }: State, schedule: Schedule): State => ({ open, closed, schedule })

/** The state with this in the place of what was kept of a call; the schedule learns of it only if it is to be looked at another time than it is appointed for. */
const replaced = (state: State, callId: string, before: Kept | undefined, after: Kept | undefined, appointed: EpochMicros): State => {
  const lookAt = after === undefined ? appointed : lookAtOf(after)
  const waiting = typeof after === 'object' ? after.tag : 'gone'
  return {
    open: exchanged(state.open, callId, openOf(before), openOf(after)),
    closed: exchanged(state.closed, callId, closedOf(before), closedOf(after)),
    schedule: lookAt === appointed ? state.schedule : appoint(state.schedule, waiting, callId, lookAt)
  }
}

/** Puts a call in the place of what was kept of it. */
export const put = (settings: Settings, state: State, callId: string, before: Kept | undefined, call: CallState): State => {
  const appointed = before === undefined ? NEVER : lookAtOf(before)
  return replaced(state, callId, before, keep(settings, call, appointed), appointed)
}

/** The same at its appointment, which is over. */
export const putAtAppointment = (settings: Settings, state: State, callId: string, before: Kept, call: CallState | undefined): State =>
  replaced(state, callId, before, call === undefined ? undefined : keep(settings, call, NEVER), NEVER)

/** Looks at a call later: its appointment had come too early. */
export const putOff = (state: State, callId: string, before: HeldCall | RestingCall, lookAt: EpochMicros): State =>
  replaced(state, callId, before, { ...before, lookAt }, NEVER)

const byCallId = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0)

/** The calls in which something is open, in the order of the CallIDs. */
export const openCalls = (state: State): ReadonlyArray<HeldCall> =>
  [...entriesOf(state.open)].sort(byCallId).map(([, held]) => held)

/** Everything that is kept, in the order of the CallIDs. */
export const allKept = (state: State): ReadonlyArray<readonly [string, Kept]> =>
  [...entriesOf<string, Kept>(state.open), ...entriesOf<string, Kept>(state.closed)].sort(byCallId)

/** The calls that are held, those that rest included, in the order of the CallIDs. */
export const heldCalls = (settings: Settings, state: State): ReadonlyArray<HeldCall> =>
  allKept(state).flatMap(([callId, kept]) => {
    const call = known(settings, callId, kept)
    return call?.tag === 'held' ? [call] : []
  })
