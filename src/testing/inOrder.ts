import type { EpochMicros } from '../event/time.js'
import type { PlayedCall } from './Script.js'
import { at, timeOf, type WireEvent } from './wire.js'

/** A call, and when it begins: none of its events is before that. */
export interface Begun {
  readonly startAt: EpochMicros
  readonly call: PlayedCall
}

/** An event, and when it is sent. */
export interface Sent {
  readonly at: EpochMicros
  readonly event: WireEvent
}

interface Waiting extends Sent {
  /** Of two at the same time the one that was put first is sent first. */
  readonly turn: number
}

/** A binary heap: the earliest of what was played and not yet sent. */
const earliestFirst = () => {
  const heap: Array<Waiting> = []
  const before = (i: number, j: number): boolean => {
    const [a, b] = [heap[i], heap[j]]
    return a !== undefined && (b === undefined || a.at < b.at || (a.at === b.at && a.turn < b.turn))
  }
  const swap = (i: number, j: number): void => {
    const [a, b] = [heap[i], heap[j]]
    if (a === undefined || b === undefined) return
    heap[i] = b
    heap[j] = a
  }
  return {
    put: (sent: Waiting): void => {
      let i = heap.push(sent) - 1
      for (let up = (i - 1) >> 1; i > 0 && before(i, up); i = up, up = (i - 1) >> 1) swap(i, up)
    },
    next: (): EpochMicros => heap[0]?.at ?? Infinity,
    take: (): Waiting | undefined => {
      swap(0, heap.length - 1)
      const first = heap.pop()
      for (let i = 0; ; ) {
        const left = 2 * i + 1
        const least = before(left + 1, left) ? left + 1 : left
        if (!before(least, i)) return first
        swap(i, least)
        i = least
      }
    }
  }
}

/**
 * The events of calls that begin one after the other, in the order of time, no two at the same time: where two would be,
 * the later one moves on by a microsecond. Only what is under way is held, so that there may be any number of calls.
 */
export function* inOrder(calls: Iterable<Begun>): Generator<Sent> {
  const waiting = earliestFirst()
  let turn = 0
  let last = 0
  const send = function* (before: EpochMicros): Generator<Sent> {
    while (waiting.next() < before) {
      const sent = waiting.take()
      if (sent === undefined) return
      // what has no time of its own is sent when its turn comes
      if (timeOf(sent.event) === undefined) {
        yield sent
        continue
      }
      last = Math.max(sent.at, last + 1)
      yield last === sent.at ? sent : { at: last, event: at(sent.event, last) }
    }
  }
  for (const { startAt, call } of calls) {
    yield* send(startAt)
    let now = startAt
    for (const event of call.events) {
      now = timeOf(event) ?? now
      waiting.put({ at: now, event, turn: turn++ })
    }
  }
  yield* send(Infinity)
}
