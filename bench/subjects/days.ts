import type { CallEvent, Change, Correlator, State } from 'call-legs'
import { BEGINNING, HOUR } from '../pbx/days.js'
import type { Line } from '../pbx/stream.js'
import { everydayStories } from '../pbx/everyday.js'
import { BUSY, stream, type Stream } from '../pbx/stream.js'
import { mustTell, registered } from './expectations.js'
import { received } from './received.js'

/** An event, and a tick at its time: what a live service does. */
export const takeTicking = (calls: Correlator<State>, before: State, event: CallEvent, changes: Array<Change>): State => {
  const [stepped, byStep] = calls.step(before, event)
  const [ticked, byTick] = calls.tick(stepped, event.at)
  for (const change of byStep) changes.push(change)
  for (const change of byTick) changes.push(change)
  return ticked
}

const play = (calls: Correlator<State>, from: State, lines: ReadonlyArray<Line>, changes: Array<Change> = []): State =>
  lines.reduce((state, line) => takeTicking(calls, state, received(line), changes), from)

const everyday = (seed: number, startAt: number, events: number): Stream =>
  stream({ seed, stories: everydayStories, startAt, every: BUSY, events })

/** The time that is measured. */
export const today = (events: number): Stream => everyday(3, BEGINNING + 26 * HOUR, events)

/** What a service has seen before the time that is measured. */
export interface Past {
  readonly dayBefore: ReadonlyArray<Line>
  readonly hoursBefore: ReadonlyArray<Line>
}

/**
 * A service that has run for more than a day: an equally busy time two hours before, whose calls are let go while the
 * measured ones come in, and one a day before that, whose CallIDs are forgotten meanwhile. So the ticks have all their
 * work to do, call for call.
 */
export const past = (events: number): Past => ({
  dayBefore: everyday(1, BEGINNING, events).lines,
  hoursBefore: everyday(2, BEGINNING + 24 * HOUR, events).lines
})

/** The state of such a service. */
export const atWork = (calls: Correlator<State>, { dayBefore, hoursBefore }: Past): State => {
  // they are let go two hours later, one after the other
  const forgotten = dayBefore.reduce((state, { at }) => calls.tick(state, at + 2 * HOUR)[0], play(calls, calls.initial, dayBefore))
  return play(calls, forgotten, hoursBefore)
}

/** So many records come of the measured time, or are still to come of what is held before it, when all is drained. */
export const recordsAtWork = (calls: Correlator<State>, measured: Stream, before: Past): number => {
  const changes: Array<Change> = []
  const alone = play(calls, calls.initial, measured.lines, changes)
  mustTell(measured.expected, registered([...changes, ...calls.drain(alone)[1]]))
  return measured.expected.length + registered(calls.drain(atWork(calls, before))[1]).length
}
