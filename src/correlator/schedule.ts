import type { EpochMicros } from '../event/time.js'
import { added, emptyHeap, type Heap, withoutFirst } from './Heap.js'
import { emptyQueue, enqueued, firstTime, lastTime, type Queue, withoutDue } from './Queue.js'

/** For what a call waits, if nothing more of it comes: each has a delay of its own, so that nearly all appointments of a kind are made in the order of their times. */
export type Waiting = 'open' | 'quiet' | 'gone'

/** When to look at which call next. */
export interface Appointment {
  readonly at: EpochMicros
  readonly callId: string
  /** For what it waits; of one that was not made in the order of the times nobody knows. */
  readonly waiting: Waiting | undefined
}

/**
 * The appointments. Those that are made in the order of their times stand in a queue, the others in a heap: what
 * settles soon, and what comes late. An appointment that was overtaken by an earlier one of the same call is not
 * struck out: whoever looks finds that there is nothing to do.
 */
export interface Schedule extends Readonly<Record<Waiting, Queue>> {
  readonly others: Heap
  /** The first moment at which somebody is to be looked at: never, if there is no appointment. */
  readonly first: EpochMicros
}

type AtAndWho = Pick<Appointment, 'at' | 'callId'>

/** By time, then by CallID. */
export const byAppointment = (a: AtAndWho, b: AtAndWho): number =>
  a.at - b.at || (a.callId === b.callId ? 0 : a.callId < b.callId ? -1 : 1)

export const emptySchedule: Schedule = { open: emptyQueue, quiet: emptyQueue, gone: emptyQueue, others: emptyHeap, first: Infinity }

/** The schedule with one more appointment. */
export const appoint = ({ open, quiet, gone, others, first: before }: Schedule, waiting: Waiting, callId: string, at: EpochMicros): Schedule => {
  const first = at < before ? at : before
  const queue = waiting === 'open' ? open : waiting === 'quiet' ? quiet : gone
  if (at < lastTime(queue)) return { open, quiet, gone, others: added(others, callId, at), first }
  const longer = enqueued(queue, callId, at)
  switch (waiting) {
    case 'open':
      return { open: longer, quiet, gone, others, first }
    case 'quiet':
      return { open, quiet: longer, gone, others, first }
    case 'gone':
      return { open, quiet, gone: longer, others, first }
  }
}

/** The appointments that have come, and the schedule without them. */
export const takeDue = (schedule: Schedule, now: EpochMicros): readonly [due: ReadonlyArray<Appointment>, rest: Schedule] => {
  const due: Array<Appointment> = []
  const told = (waiting: Waiting) => (callId: string, at: EpochMicros): void => {
    due.push({ at, callId, waiting })
  }
  let { others } = schedule
  while (others !== undefined && others.at <= now) {
    due.push({ at: others.at, callId: others.callId, waiting: undefined })
    others = withoutFirst(others)
  }
  const open = withoutDue(schedule.open, now, told('open'))
  const quiet = withoutDue(schedule.quiet, now, told('quiet'))
  const gone = withoutDue(schedule.gone, now, told('gone'))
  const first = Math.min(firstTime(open), firstTime(quiet), firstTime(gone), others?.at ?? Infinity)
  return [due, { open, quiet, gone, others, first }]
}
