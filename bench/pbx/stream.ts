import { minutes, type EpochMicros, type Micros } from 'call-legs'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { inOrder, type Begun, type Sent } from '../../src/testing/inOrder.js'
import type { Expected } from '../../src/testing/Script.js'
import { seededCalls } from '../../src/testing/seededCalls.js'
import type { Story } from '../../src/testing/Story.js'
import { LIVE, timeOf } from '../../src/testing/wire.js'
import { company } from './days.js'

/** One event as a receiver logs it: a JSON object in a line. */
export interface Line {
  readonly at: EpochMicros
  readonly text: string
}

export const lineOf = ({ at, event }: Sent): Line => ({ at, text: JSON.stringify(event) })

/** A stream to be generated: the same for the same draft. */
export interface StreamDraft {
  readonly seed: number
  readonly stories: ReadonlyNonEmptyArray<Story>
  readonly startAt: EpochMicros
  /** Calls begin so far apart on average. */
  readonly every: Micros
  /** The stream ends with the call that brings it to so many events, or beyond. */
  readonly events: number
}

/** About three calls a second: some six hundred open at a time. */
export const BUSY: Micros = 300_000

/** Hardly a call is longer. */
const UNDER_WAY = minutes(5)

export interface Stream {
  readonly lines: ReadonlyArray<Line>
  /** The records that must come of it, in no order. */
  readonly expected: ReadonlyArray<Expected>
  readonly calls: number
  /** The greatest number of calls that were between their first and their last event at a time. */
  readonly open: number
  /** As many calls end as begin from this line on, and up to that one: the first of them are long under way, the last have not begun. */
  readonly busy: { readonly from: number; readonly to: number }
}

/** Told of each call as it begins. */
export interface Tally {
  readonly call: (expected: ReadonlyArray<Expected>, startAt: EpochMicros, endAt: EpochMicros) => void
}

function* begun({ events, startAt: from, ...draft }: StreamDraft, tally: Tally): Generator<Begun> {
  let sent = 0
  for (const one of seededCalls({ ...draft, startAt: (elapsed) => from + elapsed, company, dialect: LIVE })) {
    const { call, startAt } = one
    if (call.expected === undefined) throw new Error(`${call.flow} does not say what comes of it`)
    tally.call(call.expected, startAt, call.events.reduce((last, event) => Math.max(last, timeOf(event) ?? 0), startAt))
    yield one
    sent += call.events.length
    if (sent >= events) return
  }
}

/** The lines one by one, in the order of time, no two at the same time: for streams too long to be kept. */
export function* linesOf(draft: StreamDraft, tally: Tally): Generator<Line> {
  for (const sent of inOrder(begun(draft, tally))) yield lineOf(sent)
}

/** The whole stream at once. */
export const stream = (draft: StreamDraft): Stream => {
  const expected: Array<Expected> = []
  const turns: Array<{ readonly at: EpochMicros; readonly by: 1 | -1 }> = []
  let calls = 0
  let last = draft.startAt
  const lines = [
    ...linesOf(draft, {
      call: (records, startAt, endAt) => {
        calls += 1
        last = startAt
        expected.push(...records)
        turns.push({ at: startAt, by: 1 }, { at: endAt, by: -1 })
      }
    })
  ]
  let now = 0
  let open = 0
  for (const { by } of turns.sort((a, b) => a.at - b.at)) {
    now += by
    open = Math.max(open, now)
  }
  const placeOf = (at: EpochMicros): number => lines.reduce((place, line) => (line.at < at ? place + 1 : place), 0)
  return { lines, expected, calls, open, busy: { from: placeOf(draft.startAt + UNDER_WAY), to: placeOf(last) } }
}
