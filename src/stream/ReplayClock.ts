import { hours, type EpochMicros } from '../event/time.js'

/** The time of one event, and whose it is. */
export interface Sighting {
  readonly callId: string
  readonly at: EpochMicros
}

/**
 * The clock of a replay: the largest `EventTime` seen. But an event more than an hour ahead of it is only remembered,
 * until events of three calls are there: two calls from one machine with a wrong clock must not end every open call. The
 * clock then goes to the earliest of the three, for that is what all of them vouch for; the others are weighed again
 * from there.
 *
 * The clock starts once events of two calls are there that are within an hour of each other, or of three.
 */
export interface ReplayClock {
  /** Absent: not started. */
  readonly now?: EpochMicros
  /** Of each call that is more than an hour ahead its latest event, the earliest first. */
  readonly ahead?: ReadonlyArray<Sighting>
}

export const stoppedClock: ReplayClock = {}

/** So far ahead of the clock an event is believed at once. */
const BELIEVED = hours(1)

/** So many calls are believed whatever they say. */
const ENOUGH = 3

const byTime = (a: Sighting, b: Sighting): number => a.at - b.at

/** The clock goes to a time, and on to what is within an hour of it. */
const arrive = (to: EpochMicros, ahead: ReadonlyArray<Sighting>): ReplayClock => {
  let now = to
  const left = ahead.filter(({ at }) => {
    if (at > now + BELIEVED) return true
    now = Math.max(now, at)
    return false
  })
  return left.length === 0 ? { now } : { now, ahead: left }
}

const NOBODY: ReadonlyArray<Sighting> = []

/** The clock once an event was seen. */
export const see = (clock: ReplayClock, seen: Sighting): ReplayClock => {
  const { now, ahead = NOBODY } = clock
  if (now !== undefined && seen.at <= now) return clock
  if (now !== undefined && seen.at <= now + BELIEVED) return arrive(seen.at, ahead)
  const known = ahead.find(({ callId }) => callId === seen.callId)
  if (known !== undefined && known.at >= seen.at) return clock
  const all = [...ahead.filter((one) => one !== known), seen].sort(byTime)
  const agree = now === undefined ? all.findIndex(({ at }, i) => (all[i + 1]?.at ?? Infinity) <= at + BELIEVED) : -1
  const from = agree < 0 && all.length >= ENOUGH ? 0 : agree
  const first = all[from]
  return first === undefined ? { ...clock, ahead: all } : arrive(first.at, all.slice(from + 1))
}
