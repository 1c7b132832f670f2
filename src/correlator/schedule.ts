import type { EpochMicros } from '../event/time.js'
import { emptyMap, type NextVersion, type PersistentMap } from './PersistentMap.js'

/** When to look at which call next. */
export interface Appointment {
  readonly at: EpochMicros
  readonly callId: string
}

/** The appointments in the order of time; a set, so that no values are kept. */
export type Schedule = PersistentMap<Appointment, undefined>

/** By time, then by CallID. */
export const byAppointment = (a: Appointment, b: Appointment): number =>
  a.at - b.at || (a.callId === b.callId ? 0 : a.callId < b.callId ? -1 : 1)

export const emptySchedule: Schedule = emptyMap(byAppointment)

/** Puts a call's appointment off, brings it forward, makes its first or strikes its last. */
export const appoint = (
  next: NextVersion<Appointment, undefined>,
  callId: string,
  from: EpochMicros | undefined,
  to: EpochMicros | undefined
): void => {
  if (from !== undefined) next.delete({ at: from, callId })
  if (to !== undefined) next.set({ at: to, callId }, undefined)
}

/** The calls whose appointments have come. */
export const dueBy = (schedule: Schedule, now: EpochMicros): ReadonlyArray<string> => {
  const due: Array<string> = []
  let next = schedule.minKey()
  while (next !== undefined && next.at <= now) {
    due.push(next.callId)
    next = schedule.nextHigherKey(next)
  }
  return due
}
