import type { EpochMicros } from '../event/time.js'
import { added, emptyHeap, type Heap, withoutFirst } from './Heap.js'
import { emptyQueue, enqueued, firstTime, lastTime, type Queue, withoutDue } from './Queue.js'

/** When to look at which call next. */
export interface Appointment {
  readonly at: EpochMicros
  readonly callId: string
}

/** For what a call waits, if nothing more of it comes: each has a delay of its own, so that nearly all appointments of a kind are made in the order of their times. */
export type Waiting = 'held' | 'resting' | 'gone'

/**
 * The appointments. Those that are made in the order of their times stand in a queue, the others in a heap: what
 * settles soon, and what comes late. An appointment that was overtaken by an earlier one of the same call is not
 * struck out: whoever looks finds that there is nothing to do.
 */
export interface Schedule {
  readonly queues: Readonly<Record<Waiting, Queue>>
  readonly others: Heap
}

/** By time, then by CallID. */
export const byAppointment = (a: Appointment, b: Appointment): number =>
  a.at - b.at || (a.callId === b.callId ? 0 : a.callId < b.callId ? -1 : 1)

export const emptySchedule: Schedule = { queues: { held: emptyQueue, resting: emptyQueue, gone: emptyQueue }, others: emptyHeap }

/** The schedule with one more appointment. */
export const appoint = ({ queues, others }: Schedule, waiting: Waiting, callId: string, at: EpochMicros): Schedule => {
  if (at < lastTime(queues[waiting])) return { queues, others: added(others, callId, at) }
  const { held, resting, gone } = queues
  switch (waiting) {
    case 'held':
      return { queues: { held: enqueued(held, callId, at), resting, gone }, others }
    case 'resting':
      return { queues: { held, resting: enqueued(resting, callId, at), gone }, others }
    case 'gone':
      return { queues: { held, resting, gone: enqueued(gone, callId, at) }, others }
  }
}

/** The first moment at which somebody is to be looked at: never, if there is no appointment. */
export const firstOf = ({ queues: { held, resting, gone }, others }: Schedule): EpochMicros =>
  Math.min(firstTime(held), firstTime(resting), firstTime(gone), others?.at ?? Infinity)

/** The appointments that have come, and the schedule without them. */
export const takeDue = (schedule: Schedule, now: EpochMicros): readonly [due: ReadonlyArray<Appointment>, rest: Schedule] => {
  const due: Array<Appointment> = []
  const keep = (callId: string, at: EpochMicros): void => {
    due.push({ at, callId })
  }
  const { held, resting, gone } = schedule.queues
  let { others } = schedule
  while (others !== undefined && others.at <= now) {
    keep(others.callId, others.at)
    others = withoutFirst(others)
  }
  return [due, { queues: { held: withoutDue(held, now, keep), resting: withoutDue(resting, now, keep), gone: withoutDue(gone, now, keep) }, others }]
}
