import type { EpochMicros } from '../event/time.js'

/** When to look at which call next. */
export interface Appointment {
  readonly at: EpochMicros
  readonly callId: string
}

/**
 * The appointments: a leftist heap, whose first is at hand, and which makes its next version along one path of at
 * most log n steps. An appointment that was overtaken by an earlier one of the same call is not struck out: whoever
 * looks finds that there is nothing to do.
 */
export type Schedule = Heap | undefined

interface Heap {
  readonly first: Appointment
  /** The length of the way down on the right: never longer than on the left. */
  readonly rank: number
  readonly left: Schedule
  readonly right: Schedule
}

/** By time, then by CallID. */
export const byAppointment = (a: Appointment, b: Appointment): number =>
  a.at - b.at || (a.callId === b.callId ? 0 : a.callId < b.callId ? -1 : 1)

export const emptySchedule: Schedule = undefined

const heap = (first: Appointment, one: Schedule, other: Schedule): Heap => {
  const [ones, others] = [one?.rank ?? 0, other?.rank ?? 0]
  return ones >= others ? { first, rank: others + 1, left: one, right: other } : { first, rank: ones + 1, left: other, right: one }
}

const merged = (one: Schedule, other: Schedule): Schedule => {
  if (one === undefined || other === undefined) return one ?? other
  return one.first.at <= other.first.at ? heap(one.first, one.left, merged(one.right, other)) : heap(other.first, other.left, merged(one, other.right))
}

/** The schedule with one more appointment. */
export const appoint = (schedule: Schedule, callId: string, at: EpochMicros): Schedule =>
  merged({ first: { at, callId }, rank: 1, left: undefined, right: undefined }, schedule)

/** The first moment at which somebody is to be looked at: never, if there is no appointment. */
export const firstOf = (schedule: Schedule): EpochMicros => schedule?.first.at ?? Infinity

/** The appointments that have come, in the order of time, and the schedule without them. */
export const takeDue = (schedule: Schedule, now: EpochMicros): readonly [due: ReadonlyArray<Appointment>, rest: Schedule] => {
  const due: Array<Appointment> = []
  let rest = schedule
  while (rest !== undefined && rest.first.at <= now) {
    due.push(rest.first)
    rest = merged(rest.left, rest.right)
  }
  return [due, rest]
}
