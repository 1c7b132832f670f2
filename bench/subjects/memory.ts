import { correlator, hours, type Correlator, type State } from 'call-legs'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { BEGINNING, HOUR, directory } from '../pbx/days.js'
import { everydayStories } from '../pbx/everyday.js'
import { closedStory, openStory } from '../pbx/openCalls.js'
import { linesOf } from '../pbx/stream.js'
import type { Story } from '../../src/testing/Story.js'
import { mustBe } from '../Side.js'
import { sizeOf, type Subject } from '../Subject.js'
import { received } from './received.js'

/** Bytes on the heap and beside it, once nothing but the living is left. */
const used = (): number => {
  for (let i = 0; i < 3; i++) globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

interface Kept {
  readonly bytes: number
  readonly state: State
  readonly calls: number
}

/** What the heap grows by while a stream is taken in; of the stream itself nothing is kept. */
const keep = (calls: Correlator<State>, stories: ReadonlyNonEmptyArray<Story>, events: number): Kept => {
  const before = used()
  let number = 0
  let state = calls.initial
  const count = { call: () => (number += 1) }
  for (const line of linesOf({ seed: 31, stories, startAt: BEGINNING, every: HOUR / events, events }, count)) {
    state = calls.step(state, received(line))[0]
  }
  return { bytes: used() - before, state, calls: number }
}

/** A function of its own, so that nothing on the stack keeps the state before. */
const letGo = (calls: Correlator<State>, events: number): State => calls.tick(keep(calls, [closedStory], events).state, BEGINNING + hours(4))[0]

const encodedBytes = (calls: Correlator<State>, state: State): number => Buffer.byteLength(JSON.stringify(calls.encode(state)))

/** What calls cost that are only held. */
export const memory: Subject = (sizes) => {
  const size = sizeOf(sizes, 'calls')
  const calls = correlator({ directory })
  const per = ({ bytes, calls: number }: Kept): number => bytes / number

  // the first run compiles and fills what is filled only once
  for (const story of [openStory, closedStory]) keep(calls, [story], 3_000)
  keep(calls, everydayStories, 3_000)

  const held = keep(calls, [openStory], 3 * size)
  mustBe('legs of the open calls', calls.openLegs(held.state).length, 2 * held.calls)
  const over = keep(calls, [closedStory], 5 * size)
  mustBe('records of the closed calls', calls.records(over.state).length, over.calls)
  const mixed = keep(calls, everydayStories, 5 * size)

  const before = used()
  const forgotten = letGo(calls, 5 * size)
  const gone = used() - before

  return {
    sides: {},
    facts: {
      calls: held.calls,
      open: per(held),
      closed: per(over),
      everyday: per(mixed),
      gone: gone / over.calls,
      openEncoded: encodedBytes(calls, held.state) / held.calls,
      closedEncoded: encodedBytes(calls, over.state) / over.calls,
      goneEncoded: encodedBytes(calls, forgotten) / over.calls
    }
  }
}
