import type { EpochMicros } from 'call-legs'
import type { WireEvent } from './recording.js'

/** When the event happened, if it says so as the vendor does: microseconds, 16 digits. */
export const timeOf = (event: WireEvent): EpochMicros | undefined => {
  const text = event['EventTime']
  return text !== undefined && /^\d{16}$/.test(text) ? Number(text) : undefined
}

/**
 * The recording's times as they would be today. What happened before `from` keeps its distances, what comes after
 * goes by `speed` times as fast; `from` itself is now. So a recording can be played so that each event happens at the
 * very moment at which it is sent. Equal times stay equal, or a repeat would be another event, and different ones in
 * their order; `Duration` is left alone: the talks are as long as they were.
 */
export const movedTo = (
  events: ReadonlyArray<WireEvent>,
  { now, from, speed }: { readonly now: EpochMicros; readonly from: EpochMicros; readonly speed: number }
): ReadonlyArray<WireEvent> => {
  const times = [...new Set(events.flatMap((event) => timeOf(event) ?? []))].sort((a, b) => a - b)
  const moved = new Map<EpochMicros, EpochMicros>()
  let last = 0
  for (const time of times) {
    const after = time - from
    last = Math.max(now + Math.round(after > 0 ? after / speed : after), last + 1)
    moved.set(time, last)
  }
  return events.map((event) => {
    const to = moved.get(timeOf(event) ?? -1)
    return to === undefined ? event : { ...event, EventTime: String(to) }
  })
}

/** The first and the last moment of a recording; without any, `undefined`. */
export const spanOf = (events: ReadonlyArray<WireEvent>): { readonly first: EpochMicros; readonly last: EpochMicros } | undefined => {
  let span: { readonly first: EpochMicros; readonly last: EpochMicros } | undefined
  for (const event of events) {
    const time = timeOf(event)
    if (time === undefined) continue
    span = { first: Math.min(span?.first ?? time, time), last: Math.max(span?.last ?? time, time) }
  }
  return span
}
