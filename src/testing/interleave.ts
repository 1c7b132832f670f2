import type { Placed } from '../call/Placed.js'
import type { EpochMicros } from '../event/time.js'
import type { PlayedCall } from './Script.js'
import { at, timeOf, type WireEvent } from './wire.js'

/**
 * Several calls at once.
 *
 * @since 0.1.0
 * @category testing
 */
export interface PlayedStream {
  /** The calls, with the times that they have in this stream. */
  readonly calls: ReadonlyArray<PlayedCall>
  /** All their events, in the order in which they happened. */
  readonly events: ReadonlyArray<WireEvent>
  /** The application's word of the calls that it placed. */
  readonly placed: ReadonlyArray<Placed>
}

interface Timed {
  readonly call: number
  readonly event: WireEvent
  readonly time: EpochMicros
}

/** An event without a time of its own stays behind the one before it. */
const timed = ({ events }: PlayedCall, call: number): ReadonlyArray<Timed> => {
  let last = 0
  return events.map((event) => {
    last = timeOf(event) ?? last
    return { call, event, time: last }
  })
}

/**
 * The calls' events by time. No two events of the stream have the same `EventTime`, unless `keepTimes`: where two
 * would, the later ones move on by some microseconds, which is no more than their order says.
 */
export const interleave = (calls: ReadonlyArray<PlayedCall>, keepTimes = false): PlayedStream => {
  let last = 0
  const merged = calls
    .flatMap(timed)
    .sort((a, b) => a.time - b.time)
    .map((entry) => {
      if (keepTimes || timeOf(entry.event) === undefined) return entry
      last = Math.max(entry.time, last + 1)
      return { ...entry, event: at(entry.event, last) }
    })
  return {
    calls: calls.map((call, index) => ({ ...call, events: merged.filter((entry) => entry.call === index).map(({ event }) => event) })),
    events: merged.map(({ event }) => event),
    placed: calls.flatMap(({ placed }) => (placed === undefined ? [] : [placed]))
  }
}
