import { callReducer } from 'call-legs'
import { expect, test } from 'vitest'
import { onTheLine } from '../../src/call/onTheLine.js'
import { at, delivered, directory, phone, queue, type Fields } from '../story.js'

const reducer = callReducer({ directory })

/** Who rings, talks and waits after these events, in a word each. */
const now = (...events: ReadonlyArray<Fields>): ReadonlyArray<string> => nowAt(100, ...events)

const nowAt = (second: number, ...events: ReadonlyArray<Fields>): ReadonlyArray<string> => {
  const call = events.reduce((before, fields) => reducer.step(before, delivered(fields).event)[0], reducer.initial)
  return onTheLine(reducer.openLegs(call), reducer.explain(call, at(second)), at(second)).map(({ state, extension }) => `${extension ?? ''} ${state}`)
}

const [held, first] = [queue('a1'), phone('a1', 101)]

test('a client in a queue waits until a phone answers, whoever rings meanwhile', () => {
  expect(now(held.rings(0))).toEqual(['453*887 waiting'])
  expect(now(held.rings(0), first.rings(3))).toEqual(['453*887 waiting', '453*101 ringing'])
  expect(now(held.rings(0), first.rings(3), first.hangsUp(20, 'NOANSWER'))).toEqual(['453*887 waiting'])
})

test('who is being talked to does not wait, though the queue holds its leg', () => {
  expect(now(held.rings(0), first.rings(3), first.answers(6))).toEqual(['453*101 talking'])
})

test('who was talked to does not wait: the word that the queue ended is lost', () => {
  expect(now(held.rings(0), first.rings(3), first.answers(6), first.hangsUp(60))).toEqual([])
})

test('who is passed on to another queue after a talk waits again', () => {
  const other = { ...queue('a1').rings(70), SubCallID: '96858-a1', CalledNumber: '453*888', CalledExtension: '453*888@pbx.example', CalledExtensionID: '96858', ExtType: 'queue' }
  expect(now(first.rings(0), first.answers(6), other)).toEqual(['453*101 talking', '453*888 waiting'])
})

test('no phone rings for ever: the word that it stopped is lost', () => {
  expect(nowAt(500, held.rings(0), first.rings(3))).toEqual(['453*887 waiting', '453*101 ringing'])
  expect(nowAt(700, held.rings(0), first.rings(3))).toEqual(['453*887 waiting'])
  expect(nowAt(7_000, first.rings(0), first.answers(6))).toEqual(['453*101 talking'])
})
