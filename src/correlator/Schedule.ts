import type { EpochMicros } from '../event/time.js'

/**
 * When to look at which call next: a leftist heap, whose first is at hand, and which makes its next version along one
 * path of at most log n steps. An appointment that was overtaken by another of the same call is not struck out:
 * whoever looks finds that there is nothing to do.
 */
export type Schedule = Appointment | undefined

/** When to look at a call. */
export interface Appointment {
  readonly at: EpochMicros
  readonly callId: string
  /** The length of the way down on the right: never longer than on the left. */
  readonly rank: number
  readonly left: Schedule
  readonly right: Schedule
}

const node = ({ at, callId }: Appointment, one: Schedule, other: Schedule): Appointment => {
  const [ones, others] = [one?.rank ?? 0, other?.rank ?? 0]
  return ones >= others ? { at, callId, rank: others + 1, left: one, right: other } : { at, callId, rank: ones + 1, left: other, right: one }
}

const merged = (one: Schedule, other: Schedule): Schedule => {
  if (one === undefined || other === undefined) return one ?? other
  return one.at <= other.at ? node(one, one.left, merged(one.right, other)) : node(other, other.left, merged(one, other.right))
}

/** The schedule with one more appointment. */
export const appoint = (schedule: Schedule, callId: string, at: EpochMicros): Schedule =>
  merged({ at, callId, rank: 1, left: undefined, right: undefined }, schedule)

/** The appointments that have come, the earliest first, and the schedule without them. */
export const takeDue = (schedule: Schedule, now: EpochMicros): readonly [due: ReadonlyArray<Appointment>, rest: Schedule] => {
  const due: Array<Appointment> = []
  let rest = schedule
  while (rest !== undefined && rest.at <= now) {
    due.push(rest)
    rest = merged(rest.left, rest.right)
  }
  return [due, rest]
}
