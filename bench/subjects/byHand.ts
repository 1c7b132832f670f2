import { correlator, type CallEvent, type CallRecord, type Change, type State } from 'call-legs'
import { deepStrictEqual } from 'node:assert'
import { fpTsLoop, noCalls as noFpTsCalls } from '../byHand/fpTs.js'
import { byHand as asByHand, type HandRecord } from '../byHand/HandRecord.js'
import { immerLoop, noCalls as noImmerCalls } from '../byHand/immer.js'
import { mutableLoop } from '../byHand/mutable.js'
import { BEGINNING } from '../pbx/days.js'
import { directory } from '../pbx/office.js'
import { plainStories } from '../pbx/stories.js'
import { BUSY, stream } from '../pbx/stream.js'
import { side, type Side } from '../Side.js'
import { sizeOf, type Subject } from '../Subject.js'
import { mustTell, registered } from './expectations.js'
import { received } from './received.js'

const calls = correlator({ directory })

interface Reached {
  readonly state: State
  readonly changes: ReadonlyArray<Change>
}

const sorted = (records: ReadonlyArray<HandRecord>): ReadonlyArray<HandRecord> => [...records].sort((a, b) => (a.id < b.id ? -1 : 1))

type Loop = (events: ReadonlyArray<CallEvent>) => ReadonlyArray<HandRecord>

const withMutable: Loop = (events) => {
  const records: Array<HandRecord> = []
  const write = (record: HandRecord): void => {
    records.push(record)
  }
  const loop = mutableLoop()
  for (const event of events) loop.event(event, write)
  if (loop.open() > 0) throw new Error('the loop left calls open')
  return records
}

/** The loops that make a new state of each event. */
const withStates =
  <S>(initial: S, step: (state: S, event: CallEvent, write: (record: HandRecord) => void) => S): Loop =>
  (events) => {
    const records: Array<HandRecord> = []
    const write = (record: HandRecord): void => {
      records.push(record)
    }
    let state = initial
    for (const event of events) state = step(state, event, write)
    return records
  }

/** The library's step, from nothing, as the loops. */
const withStep = (events: ReadonlyArray<CallEvent>): Reached => {
  const changes: Array<Change> = []
  let state = calls.initial
  for (const event of events) {
    const [next, told] = calls.step(state, event)
    state = next
    for (const change of told) changes.push(change)
  }
  return { state, changes }
}

/** The step beside what somebody would write instead, on calls that are answered, missed or transferred. */
export const byHand: Subject = (sizes) => {
  const { lines, expected, open, calls: number } = stream({
    seed: 4,
    stories: plainStories,
    startAt: BEGINNING,
    every: BUSY,
    events: sizeOf(sizes, 'events')
  })
  const count = lines.length
  const input = (): ReadonlyArray<CallEvent> => lines.map(received)
  const recordsOf = ({ state, changes }: Reached): ReadonlyArray<CallRecord> => registered([...changes, ...calls.drain(state)[1]])

  const loop = (run: Loop) => (): Side => {
    const wanted = sorted(recordsOf(withStep(input())).flatMap((record) => asByHand(record) ?? []))
    return side(count, input, run, (found) => deepStrictEqual(sorted(found), wanted, 'a loop by hand tells other records'))
  }
  return {
    sides: {
      step: () => side(count, input, withStep, (reached) => mustTell(expected, recordsOf(reached))),
      'mutable Map': loop(withMutable),
      immer: loop(withStates(noImmerCalls, immerLoop)),
      'fp-ts ReadonlyMap': loop(withStates(noFpTsCalls, fpTsLoop))
    },
    facts: { events: count, calls: number, open }
  }
}
