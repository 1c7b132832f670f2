import type { EpochMicros } from '../event/time.js'
import { callIdOf, type CallState } from '../reducer/CallState.js'
import { copyOf, emptyTable, put, type Entry, type Table } from './Table.js'

/**
 * The state of all calls: a version, of no concern to anybody but the correlator. Nobody can see it change: whatever
 * happens to a call makes the next version. `encode` shows it to a person.
 *
 * The newest version has the table of the calls; an older one has the only call in which it differs from the next, and
 * reads the rest there (the version arrays of H. Baker). So a run, which goes on with the newest one, pays for a table
 * and a small object. To an older version that is read the table is carried.
 *
 * @since 0.1.0
 * @category correlator
 */
export interface State {
  /** All calls, if this is the newest version. */
  table: Table | undefined
  /** Does it change in place? See {@link inPlace}. */
  readonly inPlace: boolean
  /** So many versions have had this table; of a version without one, nothing. */
  age: number
  /** Of a version without a table: the next one, and what this one has under which CallID. */
  next: State | undefined
  /** Of an older version: where it differs from the next. */
  callId: string | undefined
  /** What it has there. */
  call: CallState | undefined
}

/** A table is carried so far; to a version further away goes a copy: two runs that part do not wrestle for one table. */
const NEAR = 64

/** Whoever keeps an old version keeps what lies between it and its table: a new table now and then sets a bound to that. */
const isWornOut = ({ heap }: Table, age: number): boolean => age > 10_000 + 4 * heap.length

const newest = (table: Table, age: number): State => ({ table, inPlace: false, age, next: undefined, callId: undefined, call: undefined })

/** From now on the version is an older one: it differs from the next by what it has under a CallID. */
const outdate = (version: State, callId: string, call: CallState | undefined, next: State): void => {
  version.table = undefined
  version.callId = callId
  version.call = call
  version.next = next
}

/** The versions from this one to the one that has the table, which is the last. */
const wayToTable = (version: State): ReadonlyArray<State> => {
  const way = [version]
  for (let { next } = version; next !== undefined; { next } = next) way.push(next)
  return way
}

/**
 * Carries the table to a version that has none. The versions on the way turn round, and find it there from now on;
 * of a table that is a copy, only the nearer half of them.
 */
const bringTable = (version: State): Table => {
  const way = wayToTable(version)
  const last = way[way.length - 1]
  const there = last?.table ?? emptyTable()
  const isCopy = way.length > NEAR
  const table = isCopy ? copyOf(there) : there
  const turning = isCopy ? way.length / 2 : way.length
  for (let i = way.length - 2; i >= 0; i--) {
    const [older, next] = [way[i], way[i + 1]]
    if (older?.callId === undefined || next === undefined) continue
    const { callId, call } = older
    const entry = table.entries.get(callId)
    if (i + 1 < turning) outdate(next, callId, entry?.call, older)
    // when to look at it follows from the call: the first look tells
    put(table, entry, call, 0)
  }
  version.table = table
  version.age = isCopy ? 0 : (last?.age ?? 0)
  version.next = version.callId = version.call = undefined
  return table
}

/** The table of a version, to be read before any other version is. */
export const tableOf = (version: State): Table => version.table ?? bringTable(version)

export const emptyState: State = newest(emptyTable(), 0)

/** What is known of a CallID, to be read before any other version is. */
export const find = (state: State, callId: string): Entry | undefined => tableOf(state).entries.get(callId)

/** The next version: of a CallID this is known, and no longer what `find` gave; it is to be looked at then. */
export const withCall = (state: State, callId: string, before: Entry | undefined, call: CallState | undefined, at: EpochMicros): State => {
  const table = tableOf(state)
  if (state.inPlace) {
    put(table, before, call, at)
    return state
  }
  // the empty state is where every run begins: it shares nothing
  if (table.heap.length === 0 || isWornOut(table, state.age)) {
    const own = copyOf(table)
    put(own, own.entries.get(callId), call, at)
    return newest(own, 0)
  }
  const next = newest(table, state.age + 1)
  outdate(state, callId, before?.call, next)
  put(table, before, call, at)
  return next
}

/**
 * The same state, to be changed in place by a run that reads no earlier version. An old version that waits for its
 * collection keeps all that came after it: without this `classify --changes` of a million events takes a fifth more memory.
 */
export const inPlace = (state: State): State => ({ ...newest(copyOf(tableOf(state)), 0), inPlace: true })

/** Everything that is known, in the order of the CallIDs. */
export const allCalls = (state: State): ReadonlyArray<CallState> =>
  tableOf(state)
    .heap.map(({ call }) => call)
    .sort((a, b) => (callIdOf(a) < callIdOf(b) ? -1 : 1))
