import fc from 'fast-check'
import { seconds, type EpochMicros } from 'call-legs'
import { interleave } from '../../../../src/testing/interleave.js'
import { healthyCallArb, timeOf, wildCallArb, type PlayedCall } from '../../../../test/pbx/index.js'
import type { WireEvent } from '../../pbx/recording.js'
import { movedTo, spanOf } from '../../pbx/times.js'

/** What a stream is made of. */
export interface StreamDraft {
  readonly seed: number
  /** At least so many events. */
  readonly events: number
  /**
   * `healthy`: as the vendor documents them. `wild`: half of the calls are damaged besides: events lost,
   * contradictions, ids in upper case, texts that cannot be decoded.
   */
  readonly calls: 'healthy' | 'wild'
  /** Over how long the calls begin; default: an hour. */
  readonly over?: number
}

const drawn = <A>(arbitrary: fc.Arbitrary<A>, seed: number, count: number): ReadonlyArray<A> =>
  fc.sample(fc.noBias(arbitrary), { seed, numRuns: count })

/** The same call at another time: its first event happens then. */
const callMovedTo = (call: PlayedCall, start: EpochMicros): PlayedCall => {
  const first = call.events.map(timeOf).find((time) => time !== undefined)
  const by = first === undefined ? 0 : start - first
  return {
    ...call,
    events: call.events.map((event) => {
      const time = timeOf(event)
      return time === undefined ? event : { ...event, EventTime: String(time + by) }
    }),
    ...(call.placed === undefined ? {} : { placed: { ...call.placed, at: call.placed.at + by } })
  }
}

/** The shortest beginning of the calls, with a CallID each, that has so many events. */
const enough = (calls: ReadonlyArray<PlayedCall>, events: number): ReadonlyArray<PlayedCall> => {
  const taken = new Map<string, PlayedCall>()
  let count = 0
  for (const call of calls) {
    if (count >= events) break
    if (taken.has(call.callId)) continue
    taken.set(call.callId, call)
    count += call.events.length
  }
  return [...taken.values()]
}

/**
 * Calls of the library's own generator, interleaved as a PBX does, in the order in which they happened. None is
 * without an `EventTime`: the bridge would take the time of receipt instead, which `classify` cannot know.
 */
export const callsOf = ({ seed, events, calls, over = 3_600 }: StreamDraft): ReadonlyArray<PlayedCall> => {
  const some: fc.Arbitrary<PlayedCall> = calls === 'healthy' ? healthyCallArb : fc.oneof(healthyCallArb, wildCallArb)
  const chosen = enough(drawn(some, seed, Math.ceil(events / 3)), events)
  const starts = drawn(fc.integer({ min: 0, max: seconds(over) }), seed + 1, chosen.length)
  const moved = chosen.map((call, i) => callMovedTo(call, 1_780_000_000_000_000 + (starts[i] ?? 0)))
  return interleave(moved, calls === 'wild').calls.map((call) => ({
    ...call,
    events: call.events.filter((event) => event['EventTime'] !== undefined)
  }))
}

/** The stream of these calls, as if its last event happened now. */
export const streamOf = (draft: StreamDraft, now: EpochMicros = Date.now() * 1_000): ReadonlyArray<WireEvent> => {
  const events = interleave(callsOf(draft), true).events
  return movedTo(events, { now, from: spanOf(events)?.last ?? now, speed: 1 })
}

export { timeOf }
