import { callReducer } from 'call-legs'
import { expect, test } from 'vitest'
import type { StoredCall } from '../../src/call/StoredCall.js'
import { writesOf } from '../../src/call/Writes.js'
import type { Word } from '../../src/call/Word.js'
import { at, delivered, directory, lasting, lost, phone, talk, type Fields } from '../story.js'

const reducer = callReducer({ directory })
const apply = writesOf(reducer)
const nobody: StoredCall = { call: reducer.initial, offsets: {} }

const came = (fields: Fields): Word => ({ kind: 'event', event: delivered(fields).event })
const tick = (second: number): Word => ({ kind: 'tick', now: at(second) })

/** The writes of each word, one after the other. */
const told = (words: ReadonlyArray<Word>, from: StoredCall = nobody) => {
  let stored = from
  return words.map((word) => {
    const writes = apply(stored, word)
    stored = writes.next
    return writes
  })
}

test('a talk: its state is written at each event, its record with the hangup', () => {
  const writes = told(talk('a1').map(came))
  expect(writes.map(({ records }) => records.map(({ revision, record }) => [revision, record.kind]))).toEqual([[], [], [[1, 'answered']]])
  expect(writes.map(({ state }) => state?.open)).toEqual([true, true, false])
  expect(writes.map(({ state }) => state?.due)).toEqual([at(0) + lasting(86_400), at(5) + lasting(86_400), at(35) + lasting(7_200)])
})

test('a lost call: it is due when its miss settles, and the tick writes it', () => {
  const writes = told([...lost('b2').map(came), tick(25)])
  expect(writes[1]?.state?.due).toBe(at(25))
  expect(writes[2]?.changes.map(({ change, revision }) => [change, revision])).toEqual([['registered', 1]])
})

test('somebody talks after all: the miss, revised when his phone rang, is written as retracted, with what it was', () => {
  const { rings, answers } = phone('b2')
  const writes = told([...lost('b2').map(came), tick(25), came(rings(18)), came(answers(19))])
  const [write] = writes.at(-1)?.records ?? []
  expect(write).toMatchObject({ revision: 3, retracted: true, record: { kind: 'missed', id: 'b2/missed' } })
})

test('a call that is let go stays as its CallID, and then nothing of it is kept', () => {
  const writes = told([...talk('a1').map(came), tick(7_300), tick(7_300 + 86_400)])
  expect(JSON.parse(writes[3]?.state?.state ?? '{}')).toMatchObject({ gone: { callId: 'a1' } })
  expect(writes[4]?.state).toBeUndefined()
})

test('the revisions in the database may be ahead of the library\'s', () => {
  const [write] = told(talk('a1').map(came), { call: reducer.initial, offsets: { 'a1/85101-a1': 4 } }).at(-1)?.changes ?? []
  expect(write?.revision).toBe(5)
})
