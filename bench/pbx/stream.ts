import { minutes, type EpochMicros, type Micros } from 'call-legs'
import { callPlayer } from './CallPlayer.js'
import { lineOf, type Expected, type Line, type Sent } from './Line.js'
import { random, type Random } from './Random.js'
import type { Story } from './stories.js'

/** A stream to be generated: the same for the same draft. */
export interface StreamDraft {
  readonly seed: number
  readonly stories: ReadonlyArray<Story>
  readonly startAt: EpochMicros
  /** Calls begin so far apart on average. */
  readonly every: Micros
  /** The stream ends with the call that brings it to so many events, or beyond. */
  readonly events: number
}

/** About three calls a second, of two minutes each: some three hundred open at a time. */
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

/** A binary heap: the earliest of what was sent and not yet written. */
const earliestFirst = () => {
  const heap: Array<Sent> = []
  const at = (i: number): number => heap[i]?.at ?? Infinity
  const swap = (i: number, j: number): void => {
    const [a, b] = [heap[i], heap[j]]
    if (a === undefined || b === undefined) return
    heap[i] = b
    heap[j] = a
  }
  return {
    put: (sent: Sent): void => {
      let i = heap.push(sent) - 1
      for (let up = (i - 1) >> 1; i > 0 && at(i) < at(up); i = up, up = (i - 1) >> 1) swap(i, up)
    },
    next: (): EpochMicros => at(0),
    take: (): Sent | undefined => {
      swap(0, heap.length - 1)
      const first = heap.pop()
      for (let i = 0; ; ) {
        const left = 2 * i + 1
        const least = at(left + 1) < at(left) ? left + 1 : left
        if (!(at(least) < at(i))) return first
        swap(i, least)
        i = least
      }
    }
  }
}

const drawStory = (dice: Random, stories: ReadonlyArray<Story>, weights: number): Story => {
  let left = dice.next() * weights
  for (const story of stories) {
    left -= story.weight
    if (left < 0) return story
  }
  throw new Error('no story to tell')
}

/** Told of each call as it begins. */
export interface Tally {
  readonly call: (expected: ReadonlyArray<Expected>, startAt: EpochMicros, endAt: EpochMicros) => void
}

/** The lines one by one, in the order of time, no two at the same time: for streams too long to be kept. */
export function* linesOf({ seed, stories, startAt, every, events }: StreamDraft, tally: Tally): Generator<Line> {
  const dice = random(seed)
  const weights = stories.reduce((sum, { weight }) => sum + weight, 0)
  const waiting = earliestFirst()
  let last = 0
  let begins = startAt
  const write = function* (before: EpochMicros): Generator<Line> {
    while (waiting.next() < before) {
      const sent = waiting.take()
      if (sent === undefined) return
      last = Math.max(sent.at, last + 1)
      yield lineOf(sent, last)
    }
  }
  for (let sent = 0; sent < events; ) {
    begins += Math.round(dice.gap(every))
    yield* write(begins)
    const call = callPlayer(dice, begins)
    drawStory(dice, stories, weights).play(call)
    const played = call.end()
    played.events.forEach(waiting.put)
    sent += played.events.length
    tally.call(played.expected, begins, played.events.at(-1)?.at ?? begins)
  }
  yield* write(Infinity)
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
