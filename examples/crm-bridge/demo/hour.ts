import type { Micros } from 'call-legs'
import { asOtherCalls } from '../pbx/rounds.js'
import type { WireEvent } from '../pbx/recording.js'
import { timeOf } from '../pbx/times.js'

/** How busy it is. */
export interface Pace {
  /** A call begins so often. */
  readonly every: Micros
  /** Each call goes by so many times as fast as it happened. */
  readonly speed: number
}

/** The events of each call, those that tell when they happened, in the order in which the calls began. */
const callsOf = (events: ReadonlyArray<WireEvent>): ReadonlyArray<ReadonlyArray<WireEvent>> => {
  const calls = new Map<string, ReadonlyArray<WireEvent>>()
  for (const event of events) {
    const id = event['CallID']?.toLowerCase()
    if (id !== undefined && timeOf(event) !== undefined) calls.set(id, [...(calls.get(id) ?? []), event])
  }
  return [...calls.values()]
}

/** Each leg that began hangs up: any other call would stay on the screen for a day. */
const isWhole = (call: ReadonlyArray<WireEvent>): boolean => {
  const legs = (kind: string): ReadonlyArray<string> => call.filter((event) => event['EventType']?.toLowerCase().startsWith(kind)).map((event) => `${event['SubCallID'] ?? ''} ${event['Transfered'] ?? ''}`)
  const ended = new Set(legs('hangup'))
  return ended.size > 0 && [...legs('dial'), ...legs('answer')].every((leg) => ended.has(leg))
}

const first = (call: ReadonlyArray<WireEvent>): number => call.reduce((earliest, event) => Math.min(earliest, timeOf(event) ?? Infinity), Infinity)

/**
 * The calls of a recording one after the other, at a steady pace, and as other calls than in any other round. The
 * talks are as much shorter as the calls are faster, so that what the PBX says of them is true.
 */
export const busyHour = (recording: ReadonlyArray<WireEvent>, { every, speed }: Pace, round: number): ReadonlyArray<WireEvent> => {
  const begins = first(recording)
  return asOtherCalls(
    callsOf(recording)
      .filter(isWhole)
      .flatMap((call, i) =>
        call.map((event): WireEvent => {
          const at = begins + i * every + Math.round(((timeOf(event) ?? 0) - first(call)) / speed)
          const talked = event['Duration']
          return { ...event, EventTime: String(at), ...(talked === undefined ? {} : { Duration: String(Math.round(Number(talked) / speed)) }) }
        })
      )
      .sort((a, b) => Number(a['EventTime']) - Number(b['EventTime'])),
    round
  )
}
