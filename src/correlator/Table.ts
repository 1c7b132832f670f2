import type { EpochMicros } from '../event/time.js'
import { callIdOf, type CallState } from '../reducer/CallState.js'

/** The calls by CallID, and as a binary heap by when to look at them. It changes in place: only `State` has one. */
export interface Table {
  readonly entries: Map<string, Entry>
  readonly heap: Array<Entry>
  /** How many calls are held: the others were let go. */
  held: number
}

/** What is known of a call. */
export interface Entry {
  call: CallState
  /** When to look at it: never later than a tick changes something of it. */
  lookAt: EpochMicros
  /** Where it stands in the heap. */
  place: number
}

export const emptyTable = (): Table => ({ entries: new Map(), heap: [], held: 0 })

export const copyOf = ({ heap, held }: Table): Table => {
  const copy = heap.map((entry) => ({ ...entry }))
  return { entries: new Map(copy.map((entry) => [callIdOf(entry.call), entry])), heap: copy, held }
}

const stand = (heap: Array<Entry>, entry: Entry, place: number): void => {
  heap[place] = entry
  entry.place = place
}

/** Moves an entry up or down to where it belongs: none above it is looked at later, none below it earlier. */
const settleIn = (heap: Array<Entry>, entry: Entry): void => {
  for (;;) {
    const { lookAt, place } = entry
    const above = place === 0 ? undefined : heap[(place - 1) >> 1]
    const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]]
    const below = left === undefined || (right !== undefined && right.lookAt < left.lookAt) ? right : left
    const other = above !== undefined && lookAt < above.lookAt ? above : below !== undefined && below.lookAt < lookAt ? below : undefined
    if (other === undefined) return
    stand(heap, entry, other.place)
    stand(heap, other, place)
  }
}

/** Has the call looked at then. */
export const lookAgain = ({ heap }: Table, entry: Entry, at: EpochMicros): void => {
  entry.lookAt = at
  settleIn(heap, entry)
}

const remove = ({ entries, heap }: Table, { call, place }: Entry): void => {
  entries.delete(callIdOf(call))
  const last = heap.pop()
  if (last === undefined || last.place === place) return
  stand(heap, last, place)
  settleIn(heap, last)
}

const heldIn = (call: CallState | undefined): number => (call?.tag === 'held' ? 1 : 0)

/** Puts in what is known of a call now, if anything, to be looked at then. */
export const put = (table: Table, entry: Entry | undefined, call: CallState | undefined, at: EpochMicros): void => {
  table.held += heldIn(call) - heldIn(entry?.call)
  if (entry !== undefined) {
    if (call === undefined) return remove(table, entry)
    entry.call = call
    return entry.lookAt === at ? undefined : lookAgain(table, entry, at)
  }
  if (call === undefined) return
  const added = { call, lookAt: at, place: table.heap.length }
  table.entries.set(callIdOf(call), added)
  table.heap.push(added)
  settleIn(table.heap, added)
}

const NOTHING: ReadonlyArray<Entry> = []

/** The entries whose time has come: they stand together at the top of the heap. */
export const comeBy = ({ heap }: Table, now: EpochMicros): ReadonlyArray<Entry> => {
  const [first] = heap
  if (first === undefined || first.lookAt > now) return NOTHING
  const come = [first]
  for (const { place } of come) {
    for (const below of [heap[2 * place + 1], heap[2 * place + 2]]) if (below !== undefined && below.lookAt <= now) come.push(below)
  }
  return come
}
