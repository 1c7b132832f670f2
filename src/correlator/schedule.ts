import type { EpochMicros } from '../event/time.js'
import { emptyMap, type PersistentMap } from './PersistentMap.js'

/** When to look at which call next. */
export interface Appointment {
  readonly at: EpochMicros
  readonly callId: string
}

/** The appointments in the order of time. */
export type Schedule = PersistentMap<Appointment, true>

/** By time, then by CallID. */
export const byAppointment = (a: Appointment, b: Appointment): number =>
  a.at - b.at || (a.callId < b.callId ? -1 : a.callId > b.callId ? 1 : 0)

export const emptySchedule: Schedule = emptyMap(byAppointment)

export const appoint = (schedule: Schedule, at: EpochMicros, callId: string): Schedule => schedule.with({ at, callId }, true, true)

export const cancel = (schedule: Schedule, at: EpochMicros, callId: string): Schedule => schedule.without({ at, callId })

/** The appointments that have come, in their order. */
export const dueBy = (schedule: Schedule, now: EpochMicros): ReadonlyArray<Appointment> => {
  const due: Array<Appointment> = []
  for (const [appointment] of schedule.entries()) {
    if (appointment.at > now) break
    due.push(appointment)
  }
  return due
}
