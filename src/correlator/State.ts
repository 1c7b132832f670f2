import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import type { CallState } from './CallState.js'
import { dueOf, isQuiet, type HeldCall } from './HeldCall.js'
import { emptyMap, entriesOf, exchanged, get, type PersistentMap } from './PersistentMap.js'
import { emptyQueue, enqueued, firstCallId, lengthOf, withoutFirst, type Queue } from './Queue.js'
import { rest, wake, type RestingCall } from './RestingCall.js'
import { appoint, emptySchedule, type Appointment, type Schedule, type Waiting } from './schedule.js'

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
  readonly awake: PersistentMap<string, HeldCall>
  /** The many that rest, or were let go. */
  readonly asleep: PersistentMap<string, RestingCall | Until>
  /** Those in which nothing is open any more, and which do not rest yet, as they became so. */
  readonly quiet: Queue
  /** When to look at which of all of them: no tick before the first of these changes anything. */
  readonly schedule: Schedule
}

export const emptyState: State = { awake: emptyMap(), asleep: emptyMap(), quiet: emptyQueue, schedule: emptySchedule }

/**
 * So many calls in which nothing is open stay awake, and so many at most: a call that is transferred is quiet for a
 * moment, and would be put to rest and woken again.
 */
const AWAKE = 64
const MOST_AWAKE = 128

/** What is kept of a call. */
export const find = (state: State, callId: string): Kept | undefined => get(state.awake, callId) ?? get(state.asleep, callId)

/** What is kept of a call whose appointment has come: nothing, where another was made since. Who waits for something to end is awake, who waits to be let go mostly rests. */
export const findAppointed = (state: State, { callId, waiting }: Appointment): Kept | undefined => {
  switch (waiting) {
    case 'open':
      return get(state.awake, callId)
    case 'quiet':
      return get(state.asleep, callId) ?? get(state.awake, callId)
    case 'gone':
      return get(state.asleep, callId)
    case undefined:
      return find(state, callId)
  }
}

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

const awakeOf = (kept: Kept | undefined): HeldCall | undefined => (typeof kept === 'object' && kept.tag === 'held' ? kept : undefined)

const asleepOf = (kept: Kept | undefined): RestingCall | Until | undefined => (typeof kept === 'object' && kept.tag === 'held' ? undefined : kept)

/** For what it waits, if nothing more of it comes. */
const waitingOf = (kept: Kept | undefined): Waiting =>
  typeof kept !== 'object' ? 'gone' : kept.tag === 'held' && !isQuiet(kept) ? 'open' : 'quiet'

/** The state with another schedule. */
export const scheduled = ({ awake, asleep, quiet }: State, schedule: Schedule): State => ({ awake, asleep, quiet, schedule })

/** The state with this in the place of what was kept of a call; the schedule learns of it only if it is to be looked at another time than it is appointed for. */
const replaced = (state: State, callId: string, before: Kept | undefined, after: Kept | undefined, appointed: EpochMicros): State => {
  const lookAt = after === undefined ? appointed : lookAtOf(after)
  return {
    awake: exchanged(state.awake, callId, awakeOf(before), awakeOf(after)),
    asleep: exchanged(state.asleep, callId, asleepOf(before), asleepOf(after)),
    quiet: state.quiet,
    schedule: lookAt === appointed ? state.schedule : appoint(state.schedule, waitingOf(after), callId, lookAt)
  }
}

/** What to keep of a call that is awake. An appointment that comes too early is left alone. */
const keptAwake = (settings: Settings, call: HeldCall, appointed: EpochMicros): HeldCall => {
  const due = dueOf(settings, call)
  const lookAt = appointed < due ? appointed : due
  return call.lookAt === lookAt ? call : { ...call, lookAt }
}

/** The state with a call at rest that has been quiet for longest, if it is still so. */
const withRest = (settings: Settings, { awake, asleep, quiet, schedule }: State): State => {
  const callId = firstCallId(quiet)
  const held = callId === undefined ? undefined : get(awake, callId)
  const resting = held === undefined ? undefined : rest(settings, held, dueOf(settings, held))
  const others = withoutFirst(quiet)
  if (callId === undefined || resting === undefined) return { awake, asleep, quiet: others, schedule }
  return { awake: exchanged(awake, callId, held, undefined), asleep: exchanged(asleep, callId, undefined, resting), quiet: others, schedule }
}

/** One more call is quiet. Once there are too many of them some go to rest, one right after the other: that is faster than one now and then. */
const withQuiet = (settings: Settings, { awake, asleep, quiet, schedule }: State, callId: string): State => {
  let state: State = { awake, asleep, quiet: enqueued(quiet, callId, NEVER), schedule }
  if (lengthOf(state.quiet) > MOST_AWAKE) while (lengthOf(state.quiet) > AWAKE) state = withRest(settings, state)
  return state
}

/** Puts a call to which something has happened in the place of what was kept of it; it may have an appointment. */
const putAwake = (settings: Settings, before: State, callId: string, kept: Kept | undefined, call: HeldCall, appointed: EpochMicros): State => {
  const state = replaced(before, callId, kept, keptAwake(settings, call, appointed), appointed)
  return isQuiet(call) ? withQuiet(settings, state, callId) : state
}

/** Is nothing of a call open any more, of which something was? Once it rests nobody looks for it among those that are open. */
const endsNow = (kept: Kept, call: HeldCall): boolean => waitingOf(kept) === 'open' && isQuiet(call)

/** Puts a call to which an event, or the application's word, has come in the place of what was kept of it. Its appointment holds, unless it was open and is no more. */
export const put = (settings: Settings, state: State, callId: string, kept: Kept | undefined, call: HeldCall): State =>
  putAwake(settings, state, callId, kept, call, kept === undefined || endsNow(kept, call) ? NEVER : lookAtOf(kept))

/** The same with a call whose appointment is over: it goes on, or was let go, or is forgotten. */
export const putAtAppointment = (settings: Settings, state: State, callId: string, kept: Kept, call: CallState | undefined): State =>
  call?.tag === 'held' ? putAwake(settings, state, callId, kept, call, NEVER) : replaced(state, callId, kept, call?.until, NEVER)

/** Puts a call that was saved in its place: if nothing of it is open it rests. */
export const putBack = (settings: Settings, state: State, callId: string, call: CallState): State => {
  const kept = find(state, callId)
  if (call.tag === 'gone') return replaced(state, callId, kept, call.until, NEVER)
  const held = keptAwake(settings, call, NEVER)
  return replaced(state, callId, kept, rest(settings, held, held.lookAt) ?? held, NEVER)
}

/** Looks at a call later: its appointment had come too early. */
export const putOff = (state: State, callId: string, before: HeldCall | RestingCall, lookAt: EpochMicros): State =>
  replaced(state, callId, before, { ...before, lookAt }, NEVER)

const byCallId = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0)

/** The calls in which something may be open, in the order of the CallIDs. */
export const awakeCalls = (state: State): ReadonlyArray<HeldCall> => [...entriesOf(state.awake)].sort(byCallId).map(([, held]) => held)

/** Everything that is kept, in the order of the CallIDs. */
export const allKept = (state: State): ReadonlyArray<readonly [string, Kept]> =>
  [...entriesOf<string, Kept>(state.awake), ...entriesOf<string, Kept>(state.asleep)].sort(byCallId)

/** The calls that are held, those that rest included, in the order of the CallIDs. */
export const heldCalls = (settings: Settings, state: State): ReadonlyArray<HeldCall> =>
  allKept(state).flatMap(([callId, kept]) => {
    const call = known(settings, callId, kept)
    return call?.tag === 'held' ? [call] : []
  })
