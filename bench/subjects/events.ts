import { correlator, decode, type CallEvent, type Change, type Correlator, type State } from 'call-legs'
import { isRight } from 'fp-ts/lib/Either.js'
import { BEGINNING, HOUR } from '../pbx/days.js'
import { directory } from '../pbx/office.js'
import type { Line } from '../pbx/Line.js'
import { everydayStories } from '../pbx/stories.js'
import { BUSY, stream, type Stream } from '../pbx/stream.js'
import { mustBe, side, type Side } from '../Side.js'
import { sizeOf, type Subject } from '../Subject.js'
import { mustTell, registered } from './expectations.js'
import { received } from './received.js'

const everyday = (seed: number, startAt: number, events: number): Stream =>
  stream({ seed, stories: everydayStories, startAt, every: BUSY, events })

/** An event, and a tick at its time: what a live service does. */
const takeTicking = (calls: Correlator<State>, before: State, event: CallEvent, changes: Array<Change>): State => {
  const [stepped, byStep] = calls.step(before, event)
  const [ticked, byTick] = calls.tick(stepped, event.at)
  for (const change of byStep) changes.push(change)
  for (const change of byTick) changes.push(change)
  return ticked
}

const play = (calls: Correlator<State>, from: State, lines: ReadonlyArray<Line>): State =>
  lines.reduce((state, line) => takeTicking(calls, state, received(line), []), from)

/** The records of what is still held, too: those that the stream is to come to. */
const afterwards = (calls: Correlator<State>, state: State, changes: ReadonlyArray<Change>): ReadonlyArray<Change> => [
  ...changes,
  ...calls.drain(state)[1]
]

/**
 * The ways of one event, each beside the parsing of the same lines.
 *
 * The state at the start is that of a service that has run for more than a day: an equally busy time two hours before,
 * whose calls are let go while the measured ones come in, and one a day before that, whose CallIDs are forgotten.
 * So the ticks have all their work to do, call for call.
 */
export const events: Subject = (sizes) => {
  const size = sizeOf(sizes, 'events')
  const calls = correlator({ directory })
  const dayBefore = everyday(1, BEGINNING, size)
  const before = everyday(2, BEGINNING + 24 * HOUR, size)
  const { lines, expected, open, calls: number } = everyday(3, BEGINNING + 26 * HOUR, size)
  const texts = lines.map(({ text }) => text)
  const held = play(calls, play(calls, calls.initial, dayBefore.lines), before.lines)
  const earlier = registered(calls.drain(held)[1]).length
  const wanted = expected.length + earlier

  const mustBeAll = (changes: ReadonlyArray<Change>, state: State): void =>
    mustBe('records', registered(afterwards(calls, state, changes)).length, wanted)

  const fromTheStart = lines.reduce<{ state: State; changes: Array<Change> }>(
    ({ state, changes }, line) => ({ state: takeTicking(calls, state, received(line), changes), changes }),
    { state: calls.initial, changes: [] }
  )
  mustTell(expected, registered(afterwards(calls, fromTheStart.state, fromTheStart.changes)))

  const parsing = side(
    'JSON.parse',
    texts.length,
    () => texts,
    (given) => {
      let fields = 0
      for (const text of given) {
        const parsed: unknown = JSON.parse(text)
        if (typeof parsed === 'object' && parsed !== null && 'EventType' in parsed) fields += 1
      }
      return fields
    },
    (fields) => mustBe('objects', fields, texts.length)
  )

  const decoding = side(
    'decode',
    texts.length,
    () => texts.map((text): unknown => JSON.parse(text)),
    (parsed) => {
      let decodedWell = 0
      for (const raw of parsed) {
        const decoded = decode(raw)
        if (isRight(decoded) && decoded.right.kind !== 'ignored' && decoded.right.at > 0) decodedWell += 1
      }
      return decodedWell
    },
    (decodedWell) => mustBe('events', decodedWell, texts.length)
  )

  const stepping = side(
    'step',
    lines.length,
    () => lines.map(received),
    (given) => {
      const changes: Array<Change> = []
      let state = held
      for (const event of given) {
        const [next, told] = calls.step(state, event)
        state = next
        for (const change of told) changes.push(change)
      }
      return { state, changes }
    },
    ({ state, changes }) => mustBeAll(changes, state)
  )

  const ticking = side(
    'tick',
    lines.length,
    () => {
      // the states before each tick, as they come about; the calls that are due are let go all along
      let state = held
      return lines.map((line) => {
        const event = received(line)
        const stepped = calls.step(state, event)[0]
        state = calls.tick(stepped, event.at)[0]
        return { stepped, at: event.at }
      })
    },
    (given) => {
      let changes = 0
      for (const { stepped, at } of given) changes += calls.tick(stepped, at)[1].length
      return changes
    },
    (changes) => {
      if (changes < number / 20) throw new Error(`the ticks had nothing to do: ${changes} changes`)
    }
  )

  const whole = side(
    'line to record',
    texts.length,
    () => texts,
    (given) => {
      const changes: Array<Change> = []
      let state = held
      for (const text of given) {
        const decoded = decode(text)
        if (isRight(decoded) && decoded.right.kind !== 'ignored') state = takeTicking(calls, state, decoded.right, changes)
      }
      return { state, changes }
    },
    ({ state, changes }) => mustBeAll(changes, state)
  )

  const sides: ReadonlyArray<Side> = [parsing, decoding, stepping, ticking, whole]
  const bytes = texts.reduce((sum, text) => sum + text.length, 0)
  return { sides, facts: { events: lines.length, calls: number, open, bytesPerLine: bytes / lines.length } }
}
