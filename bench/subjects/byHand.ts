import { correlator, type CallEvent, type CallRecord, type Change } from 'call-legs'
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

/** The step beside what somebody would write instead, on calls that are answered, missed or transferred. */
export const byHand: Subject = (sizes) => {
  const { lines, expected, open, calls: number } = stream({
    seed: 4,
    stories: plainStories,
    startAt: BEGINNING,
    every: BUSY,
    events: sizeOf(sizes, 'events')
  })
  const calls = correlator({ directory })
  const input = (): ReadonlyArray<CallEvent> => lines.map(received)
  const records = (state: typeof calls.initial, changes: ReadonlyArray<Change>): ReadonlyArray<CallRecord> =>
    registered([...changes, ...calls.drain(state)[1]])

  const stepping = side(
    'step',
    lines.length,
    input,
    (events) => {
      const changes: Array<Change> = []
      let state = calls.initial
      for (const event of events) {
        const [next, told] = calls.step(state, event)
        state = next
        for (const change of told) changes.push(change)
      }
      return { state, changes }
    },
    ({ state, changes }) => mustTell(expected, records(state, changes))
  )

  let last = calls.initial
  const all: Array<Change> = []
  for (const event of input()) {
    const [next, told] = calls.step(last, event)
    last = next
    all.push(...told)
  }
  const wanted = sorted(records(last, all).flatMap((record) => asByHand(record) ?? []))
  const loop = (name: string, run: Loop): Side =>
    side(name, lines.length, input, run, (found) => deepStrictEqual(sorted(found), wanted, `${name} tells other records`))

  return {
    sides: [
      stepping,
      loop('mutable Map', withMutable),
      loop('immer', withStates(noImmerCalls, immerLoop)),
      loop('fp-ts ReadonlyMap', withStates(noFpTsCalls, fpTsLoop))
    ],
    facts: { events: lines.length, calls: number, open }
  }
}
