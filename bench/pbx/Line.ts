import type { EpochMicros } from 'call-legs'
import type { WireEvent } from '../../test/pbx/wire.js'

/** One event, before it is written as a line. */
export interface Sent {
  readonly at: EpochMicros
  readonly event: WireEvent
}

/** One event as a receiver logs it: a JSON object in a line. */
export interface Line {
  readonly at: EpochMicros
  readonly text: string
}

/** A record that a call must come to, whoever adds it up. */
export interface Expected {
  readonly id: string
  readonly kind: 'answered' | 'transferred' | 'callback' | 'unsuccessful' | 'missed'
  readonly talkTime?: number
}

/** A call that was played. */
export interface PlayedCall {
  readonly callId: string
  readonly events: ReadonlyArray<Sent>
  readonly expected: ReadonlyArray<Expected>
}

export const lineOf = ({ event }: Sent, at: EpochMicros): Line => ({ at, text: JSON.stringify({ ...event, EventTime: String(at) }) })
