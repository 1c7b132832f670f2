import { callReducer, type CallRecord } from 'call-legs'
import { expect, test } from 'vitest'
import { rebuild, type CallHistory } from '../../src/call/rebuild.js'
import { recordOf, writesOf, type LedgerChange, type RecordWrite } from '../../src/call/Writes.js'
import type { StoredCall } from '../../src/call/StoredCall.js'
import type { Word } from '../../src/call/Word.js'
import { at, delivered, directory, lost, phone, talk, type Fields } from '../story.js'

const reducer = callReducer({ directory })
const again = rebuild(reducer)
const came = (fields: Fields): Word => ({ kind: 'event', event: delivered(fields).event })
const tick = (second: number): Word => ({ kind: 'tick', now: at(second) })

/** What the tables hold after these words. */
const lived = (words: ReadonlyArray<Word>): CallHistory => {
  let stored: StoredCall = { call: reducer.initial, offsets: {} }
  const records = new Map<string, RecordWrite>()
  for (const word of words) {
    const writes = writesOf(reducer)(stored, word)
    for (const write of writes.records) records.set(write.record.id, write)
    stored = writes.next
  }
  return { words: words.filter(({ kind }) => kind !== 'tick'), records: [...records.values()] }
}

const said = (changes: ReadonlyArray<LedgerChange>): ReadonlyArray<unknown> => changes.map((change) => [change.change, change.revision, recordOf(change).kind])

test('nothing was wrong with the records: nothing is written but the state', () => {
  const { writes, stored } = again(lived([...talk('a1').map(came)]), at(40))
  expect(writes.changes).toEqual([])
  expect(reducer.records(stored.call).map(({ kind }) => kind)).toEqual(['answered'])
  expect(stored.offsets).toEqual({ 'a1/85101-a1': 0 })
})

test('a miss that had settled is still registered, and is not told a second time', () => {
  const { writes, stored } = again(lived([...lost('b2').map(came), tick(25)]), at(30))
  expect(writes.changes).toEqual([])
  expect(reducer.records(stored.call).map(({ kind }) => kind)).toEqual(['missed'])
})

test('a miss that was told and taken back goes on with the revision after that', () => {
  const { rings, answers, hangsUp } = phone('b2')
  const history = lived([...lost('b2').map(came), tick(25), came(rings(18)), came(answers(19))])
  const { stored, writes } = again(history, at(30))
  expect(writes.changes).toEqual([])
  expect(stored.offsets['b2/missed']).toBe(3)
  // the phone's hangup says that nobody talked: the miss holds again
  const later = writesOf(reducer)(writesOf(reducer)(stored, came(hangsUp(19, 'NOANSWER'))).next, tick(60))
  expect(said(later.changes)).toEqual([['registered', 4, 'missed']])
})

test('a record that does not follow from the events is put right, one that is missing is made', () => {
  const history = lived([...talk('a1').map(came), came(phone('a1', 102).rings(50)), came(phone('a1', 102).answers(55)), came(phone('a1', 102).hangsUp(70))])
  const spoilt = history.records
    .filter(({ record }) => record.id !== 'a1/85102-a1')
    .map((write) => ({ ...write, revision: 3, record: { ...write.record, remoteNumber: '+79160000099' } satisfies CallRecord }))
  const { writes, stored } = again({ ...history, records: spoilt }, at(80))
  expect(said(writes.changes)).toEqual([
    ['revised', 4, 'answered'],
    ['registered', 1, 'answered']
  ])
  expect(stored.offsets).toEqual({ 'a1/85101-a1': 3, 'a1/85102-a1': 0 })
})

test('a record whose leg the events do not have is taken back', () => {
  const history = lived(talk('a1').map(came))
  expect(said(again({ ...history, words: [] }, at(80)).writes.changes)).toEqual([['retracted', 2, 'answered']])
})
