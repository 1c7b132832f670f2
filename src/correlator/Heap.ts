import type { EpochMicros } from '../event/time.js'

/**
 * Appointments in any order: a leftist heap, whose first is at hand, and which makes its next version along one path
 * of at most log n steps.
 */
export type Heap = Node | undefined

interface Node {
  readonly at: EpochMicros
  readonly callId: string
  /** The length of the way down on the right: never longer than on the left. */
  readonly rank: number
  readonly left: Heap
  readonly right: Heap
}

export const emptyHeap: Heap = undefined

const node = ({ at, callId }: Node, one: Heap, other: Heap): Node => {
  const [ones, others] = [one?.rank ?? 0, other?.rank ?? 0]
  return ones >= others ? { at, callId, rank: others + 1, left: one, right: other } : { at, callId, rank: ones + 1, left: other, right: one }
}

const merged = (one: Heap, other: Heap): Heap => {
  if (one === undefined || other === undefined) return one ?? other
  return one.at <= other.at ? node(one, one.left, merged(one.right, other)) : node(other, other.left, merged(one, other.right))
}

export const added = (heap: Heap, callId: string, at: EpochMicros): Heap => merged({ at, callId, rank: 1, left: undefined, right: undefined }, heap)

export const withoutFirst = (heap: Heap): Heap => merged(heap?.left, heap?.right)
