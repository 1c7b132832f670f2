import { correlator, type CallEvent, type CallRecord, type Change } from 'call-legs'
import { deepStrictEqual } from 'node:assert'
import { fpTsLoop, noCalls as noFpTsCalls } from '../byHand/fpTs.js'
import { byHand as asByHand, type HandRecord } from '../byHand/HandRecord.js'
import { immerLoop, noCalls as noImmerCalls } from '../byHand/immer.js'
import { mutableLoop } from '../byHand/mutable.js'
import { BEGINNING, directory } from '../pbx/days.js'
import { plainStories } from '../pbx/everyday.js'
import { BUSY, stream } from '../pbx/stream.js'
import { mustBe, type Side } from '../Side.js'
import { sizeOf, type Subject } from '../Subject.js'
import { mustTell, registered } from './expectations.js'
import { inGoes } from './inGoes.js'
import { received } from './received.js'

const calls = correlator({ directory })

const sorted = (records: ReadonlyArray<HandRecord>): ReadonlyArray<HandRecord> => [...records].sort((a, b) => (a.id < b.id ? -1 : 1))

/** A loop at work, and what it has written. */
type Loop = () => { readonly take: (events: ReadonlyArray<CallEvent>) => void; readonly records: ReadonlyArray<HandRecord>; readonly open: () => number }

const withMutable: Loop = () => {
  const records: Array<HandRecord> = []
  const write = (record: HandRecord): void => {
    records.push(record)
  }
  const loop = mutableLoop()
  return {
    take: (events) => {
      for (const event of events) loop.event(event, write)
    },
    records,
    open: loop.open
  }
}

/** The loops that make a new state of each event. */
const withStates =
  <S extends ReadonlyMap<string, unknown>>(initial: S, step: (state: S, event: CallEvent, write: (record: HandRecord) => void) => S): Loop =>
  () => {
    const records: Array<HandRecord> = []
    const write = (record: HandRecord): void => {
      records.push(record)
    }
    let state = initial
    return {
      take: (events) => {
        for (const event of events) state = step(state, event, write)
      },
      records,
      open: () => state.size
    }
  }

/** The library's step, from nothing, as the loops. */
const withStep = () => {
  const changes: Array<Change> = []
  let state = calls.initial
  return {
    take: (events: ReadonlyArray<CallEvent>): void => {
      for (const event of events) {
        const [next, told] = calls.step(state, event)
        state = next
        for (const change of told) changes.push(change)
      }
    },
    records: (): ReadonlyArray<CallRecord> => registered([...changes, ...calls.drain(state)[1]])
  }
}

/** The step beside what somebody would write instead, on calls that are answered, missed or transferred. */
export const byHand: Subject = (sizes) => {
  const played = stream({
    seed: 4,
    stories: plainStories,
    startAt: BEGINNING,
    every: BUSY,
    events: sizeOf(sizes, 'events')
  })
  const { lines, expected, calls: number } = played
  const count = lines.length

  const stepping = (): Side =>
    inGoes(played, received, () => {
      const { take, records } = withStep()
      return { take, end: () => mustTell(expected, records()) }
    })

  const loop = (begin: Loop) => (): Side => {
    const library = withStep()
    library.take(lines.map(received))
    const wanted = sorted(library.records().flatMap((record) => asByHand(record) ?? []))
    return inGoes(played, received, () => {
      const { take, records, open } = begin()
      return {
        take,
        end: () => {
          deepStrictEqual(sorted(records), wanted, 'a loop by hand tells other records')
          mustBe('calls that a loop left open', open(), 0)
        }
      }
    })
  }
  return {
    sides: {
      step: stepping,
      'mutable Map': loop(withMutable),
      immer: loop(withStates(noImmerCalls, immerLoop)),
      'fp-ts ReadonlyMap': loop(withStates(noFpTsCalls, fpTsLoop))
    },
    facts: { events: count, calls: number, open: played.open }
  }
}
