import type { EpochMicros } from '../event/time.js'

/**
 * Calls in a row, the first in to be the first out, each with a time. Nobody can see a version of it change: versions
 * share two lists that are only ever added to, and each sees its own stretch of them.
 */
export interface Queue {
  readonly callIds: Array<string>
  readonly times: Array<EpochMicros>
  /** The first place that counts. */
  readonly from: number
  /** The first that does not count any more. */
  readonly to: number
}

export const emptyQueue: Queue = { callIds: [], times: [], from: 0, to: 0 }

export const lengthOf = ({ from, to }: Queue): number => to - from

export const firstTime = ({ times, from, to }: Queue): EpochMicros => (from < to ? times[from] ?? Infinity : Infinity)

/** The time of the last: before all others, if there is none. */
export const lastTime = ({ times, from, to }: Queue): EpochMicros => (from < to ? times[to - 1] ?? -Infinity : -Infinity)

/** A version with lists of its own, without what does not count in it. */
const apart = ({ callIds, times, from, to }: Queue): Queue => ({ callIds: callIds.slice(from, to), times: times.slice(from, to), from: 0, to: to - from })

/** The lists are renewed once half of them counts no more. */
const renewed = (queue: Queue): Queue => (queue.from > 1_000 && queue.from > queue.to - queue.from ? apart(queue) : queue)

/** With one more behind all others. */
export const enqueued = (queue: Queue, callId: string, at: EpochMicros): Queue => {
  // another version has gone on from here, or nothing is in it, as in the queue where every run begins
  const own = queue.to < queue.times.length || queue.from === queue.to ? apart(queue) : queue
  own.callIds.push(callId)
  own.times.push(at)
  return { callIds: own.callIds, times: own.times, from: own.from, to: own.to + 1 }
}

/** The first of them; of none, none. */
export const firstCallId = ({ callIds, from, to }: Queue): string | undefined => (from < to ? callIds[from] : undefined)

/** Without the first. */
export const withoutFirst = ({ callIds, times, from, to }: Queue): Queue => renewed({ callIds, times, from: Math.min(from + 1, to), to })

/** Without those at its beginning whose time has come; each of them is told. */
export const withoutDue = (queue: Queue, now: EpochMicros, tell: (callId: string, at: EpochMicros) => void): Queue => {
  const { callIds, times, to } = queue
  let { from } = queue
  for (let at = times[from]; from < to && at !== undefined && at <= now; at = times[from]) {
    tell(callIds[from] ?? '', at)
    from += 1
  }
  return from === queue.from ? queue : renewed({ callIds, times, from, to })
}
