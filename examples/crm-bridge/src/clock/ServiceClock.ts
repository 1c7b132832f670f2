import type { EpochMicros, Micros } from 'call-legs'

/**
 * The clock by which the bridge stamps receipts and ticks: it follows the wall clock, but never jumps and never
 * goes back.
 *
 * It goes on with the monotonic clock and makes up for its difference from the wall clock at a tenth of the time
 * that passes, faster or slower. So an hour's jump of the wall clock, either way, changes how long five seconds are
 * to 4.5 or 5.6 and nothing else: forward it does not end every call at once, backward it does not stop the ticks.
 * An hour's difference is made up in ten hours; a restart begins at the wall clock again.
 *
 * What counts is the time in which the bridge could have received something, and a machine that slept could not.
 */
export type ServiceClock = () => EpochMicros

/** Where the time comes from: both in microseconds, `steady` from any beginning. */
export interface Clocks {
  readonly wall: () => EpochMicros
  readonly steady: () => Micros
}

/** Of the time that passes, how much may go into catching up with the wall clock. */
const SLEW = 0.1

export const serviceClock = ({ wall, steady }: Clocks): ServiceClock => {
  let told = wall()
  let then = steady()
  return () => {
    const now = steady()
    const passed = Math.max(0, now - then)
    then = now
    const behind = wall() - (told + passed)
    told += passed + Math.max(-passed * SLEW, Math.min(passed * SLEW, behind))
    return Math.floor(told)
  }
}
