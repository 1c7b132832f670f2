import fc from 'fast-check'
import type { Placed } from '../../src/call/Placed.js'
import type { EpochMicros } from '../../src/event/time.js'
import { callArb } from './calls.js'
import type { PlayedCall } from './Script.js'
import { at, timeOf, type WireEvent } from './wire.js'

/** Several calls at once. */
export interface PlayedStream {
  /** The calls, with the times that they have in this stream. */
  readonly calls: ReadonlyArray<PlayedCall>
  /** All their events, in the order in which they happened. */
  readonly events: ReadonlyArray<WireEvent>
  readonly placed: ReadonlyArray<Placed>
}

/** The same call at another time: its first event happens then. */
export const movedTo = (call: PlayedCall, start: EpochMicros): PlayedCall => {
  const first = call.events.map(timeOf).find((time) => time !== undefined)
  const by = first === undefined ? 0 : start - first
  return {
    ...call,
    events: call.events.map((event) => {
      const time = timeOf(event)
      return time === undefined ? event : at(event, time + by)
    }),
    ...(call.placed === undefined ? {} : { placed: { ...call.placed, at: call.placed.at + by } })
  }
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

export interface StreamConstraints {
  /** How many calls at most; default 6. */
  readonly calls?: number
  /** Default: any flow, undamaged. */
  readonly call?: fc.Arbitrary<PlayedCall>
  /** Leave equal times equal, which damaged calls have on purpose. Default: all times differ. */
  readonly keepTimes?: boolean
}

/** Several calls with CallIDs of their own, interleaved. They begin within half an hour, and none lasts an hour. */
export const streamArb = ({ calls = 6, call = callArb, keepTimes = false }: StreamConstraints = {}): fc.Arbitrary<PlayedStream> =>
  fc
    .uniqueArray(call, { minLength: 1, maxLength: calls, selector: ({ callId }) => callId })
    .map((some) => interleave(some, keepTimes))

/** The same events in any order, some of them more than once. Shrinks towards the order given and no repeats. */
export const disorderedArb = (events: ReadonlyArray<WireEvent>): fc.Arbitrary<ReadonlyArray<WireEvent>> => {
  if (events.length === 0) return fc.constant([])
  const key = fc.nat({ max: 0xffff })
  return fc
    .record({
      keys: fc.array(key, { minLength: events.length, maxLength: events.length }),
      repeats: fc.array(fc.record({ index: fc.nat({ max: events.length - 1 }), key }), { maxLength: Math.min(events.length, 12) })
    })
    .map(({ keys, repeats }) =>
      [...keys.map((key, index) => ({ index, key })), ...repeats]
        .sort((a, b) => a.key - b.key)
        .flatMap(({ index }) => events.slice(index, index + 1)))
}
