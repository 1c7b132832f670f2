import { isRight } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { emptyLedger } from '../../src/cli/Ledger.js'
import { decode, minutes, seconds, type Change } from '../../src/index.js'
import { streamRun, type StreamRun } from '../../src/stream/StreamRun.js'
import { answeredCall, missedCall, type WireEvent } from '../cli/wire.js'

const QUEUE = { ExtType: 'queue' }

const play = (calls: StreamRun, events: ReadonlyArray<WireEvent>): ReadonlyArray<Change> =>
  events.flatMap((event) => {
    const decoded = decode(event)
    return isRight(decoded) && decoded.right.kind !== 'ignored' ? calls.take(decoded.right) : []
  })

/** `registered ab12/missed` */
const words = (changes: ReadonlyArray<Change>): ReadonlyArray<string> =>
  changes.map((change) => {
    switch (change.change) {
      case 'registered':
      case 'revised':
        return `${change.change} ${change.record.id}`
      case 'retracted':
        return `retracted ${change.previous.id}`
      case 'anomaly':
        return `anomaly ${change.anomaly.kind}`
      case 'rejected':
        return 'rejected'
    }
  })

test('without lateness time stands still: a miss settles at the end of input, whatever came after it', () => {
  const calls = streamRun({ ticking: 'none' })
  expect(words(play(calls, [...missedCall('m1', 0, QUEUE), ...answeredCall('c2', 3 * 86_400)]))).toEqual(['registered c2/85218-c2'])
  expect(words(calls.end())).toEqual(['registered m1/missed'])
  expect(calls.end()).toEqual([])
})

test('with no lateness at all a miss settles with the first event that is 5 s later', () => {
  const calls = streamRun({ ticking: 'replay' })
  expect(words(play(calls, missedCall('m1', 0, QUEUE)))).toEqual([])
  const [dial, answer, hangup] = answeredCall('c2', 34)
  expect(words(play(calls, dial === undefined ? [] : [dial]))).toEqual([])
  expect(words(play(calls, answer === undefined ? [] : [answer]))).toEqual(['registered m1/missed'])
  expect(words(play(calls, hangup === undefined ? [] : [hangup]))).toEqual(['registered c2/85218-c2'])
  expect(calls.end()).toEqual([])
})

test('lateness holds it back by as much', () => {
  const calls = streamRun({ ticking: 'replay', lateness: minutes(1) })
  expect(words(play(calls, [...missedCall('m1', 0, QUEUE), ...answeredCall('c2', 34)]))).toEqual(['registered c2/85218-c2', 'registered m1/missed'])
})

test('a single wrong clock ends no call', () => {
  const calls = streamRun({ ticking: 'replay', config: { closedRetention: seconds(60) } })
  const wrong = answeredCall('w', 0).map((event) => ({ ...event, EventTime: '9007199254740991' }))
  const told = words(play(calls, [...answeredCall('c1', 0), ...answeredCall('c2', 10), ...wrong, ...answeredCall('c3', 20)]))
  expect(told.filter((word) => word.startsWith('anomaly'))).toEqual([])
})

test('the ledger is what the changes add up to', () => {
  const ledger = emptyLedger()
  const calls = streamRun({ ticking: 'replay' })
  play(calls, [...missedCall('m1', 0, QUEUE), ...answeredCall('c2', 100)]).forEach(ledger.apply)
  expect(ledger.records().map(({ id }) => id)).toEqual(['m1/missed', 'c2/85218-c2'])
  // somebody answered after all: the event came late
  const late = answeredCall('m1', 10).map((event) => ({ ...event, ...(event.EventType === 'hangup' ? { EventTime: '1780466440000000' } : {}) }))
  play(calls, late).forEach(ledger.apply)
  calls.end().forEach(ledger.apply)
  expect(ledger.records().map(({ id }) => id)).toEqual(['m1/85218-m1', 'c2/85218-c2'])
})
