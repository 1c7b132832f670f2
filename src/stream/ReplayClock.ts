import { hours, type EpochMicros } from '../event/time.js'

/** The time of one event, and whose it is. */
export interface Sighting {
  readonly callId: string
  readonly at: EpochMicros
}

/**
 * The clock of a replay: the largest `EventTime` seen. But an event more than an hour ahead of it is
 * only remembered, until an event of another call is there too: a single wrong clock must not end every
 * call. The clock then goes to the earlier of the two, for that is what both calls vouch for; the later
 * one is weighed again from there.
 *
 * The very first event is such a one as well, there being no clock yet: it may be the wrong one. So the
 * clock starts with the second call, which costs nothing, for a call's own events never make it due.
 */
export interface ReplayClock {
  /** Absent: not started. */
  readonly now?: EpochMicros
  /** The latest event of the one call that is more than an hour ahead. */
  readonly ahead?: Sighting
}

export const stoppedClock: ReplayClock = {}

/** So far ahead of the clock an event is believed at once. */
const BELIEVED = hours(1)

const arrive = (now: EpochMicros, ahead: Sighting | undefined): ReplayClock => {
  if (ahead === undefined) return { now }
  return ahead.at > now + BELIEVED ? { now, ahead } : { now: Math.max(now, ahead.at) }
}

/** The clock once an event was seen. */
export const see = (clock: ReplayClock, seen: Sighting): ReplayClock => {
  const { now, ahead } = clock
  if (now !== undefined && seen.at <= now) return clock
  if (now !== undefined && seen.at <= now + BELIEVED) return arrive(seen.at, ahead)
  if (ahead === undefined) return { ...clock, ahead: seen }
  if (ahead.callId === seen.callId) return ahead.at < seen.at ? { ...clock, ahead: seen } : clock
  return ahead.at < seen.at ? arrive(ahead.at, seen) : arrive(seen.at, ahead)
}
