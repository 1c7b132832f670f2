/**
 * Faults on purpose, for the crash tests: `BRIDGE_FAULT=state-written:3` has the process kill itself, with the
 * signal that nothing can catch, when it gets to that point for the third time.
 */

/** The points of an event's way, in order, and those of a tick. */
export const FAULT_POINTS = [
  'received',
  'begun',
  'event-written',
  'locked',
  'state-written',
  'records-written',
  'changes-written',
  'committed',
  'answered',
  'tick-begun',
  'tick-locked',
  'tick-state-written',
  'tick-records-written',
  'tick-changes-written',
  'tick-committed'
] as const

/** The points of the way of a call that the bridge placed itself; no webhook leads past them. */
export const PLACED_FAULT_POINTS = [
  'placed-begun',
  'placed-event-written',
  'placed-locked',
  'placed-state-written',
  'placed-records-written',
  'placed-changes-written',
  'placed-committed'
] as const

/** The points of a delivery to the CRM. */
export const CRM_FAULT_POINTS = ['crm-claimed', 'crm-remembered', 'crm-sent', 'crm-settled'] as const

export type FaultPoint = (typeof FAULT_POINTS)[number] | (typeof PLACED_FAULT_POINTS)[number] | (typeof CRM_FAULT_POINTS)[number]

const POINTS: ReadonlySet<string> = new Set([...FAULT_POINTS, ...PLACED_FAULT_POINTS, ...CRM_FAULT_POINTS])
const isPoint = (point: string | undefined): point is FaultPoint => point !== undefined && POINTS.has(point)

export interface Fault {
  readonly point: FaultPoint
  readonly time: number
}

/** Reads `point:n`; undefined if it is nothing of the kind. */
export const parseFault = (text: string): Fault | undefined => {
  const [point, time = '1'] = text.split(':')
  return isPoint(point) && /^[1-9]\d*$/.test(time) ? { point, time: Number(time) } : undefined
}

/** What is called wherever the process may be killed. */
export type Reach = (point: FaultPoint) => void

export const faultSwitch = (fault: Fault | undefined): Reach => {
  let left = fault?.time ?? 0
  return (point) => {
    if (point !== fault?.point) return
    left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
  }
}
