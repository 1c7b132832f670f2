import { callReducer } from 'call-legs'
import { describe, expect, test } from 'vitest'
import { english } from '../../src/page/en.js'
import { russian } from '../../src/page/ru.js'
import { storyOf } from '../../src/page/story.js'
import type { Words } from '../../src/page/words.js'
import { at, delivered, directory, phone, queue, type Fields } from '../story.js'

const reducer = callReducer({ directory: { ...directory, '453*103': 'phone' } })

const story = (words: Words, ...events: ReadonlyArray<Fields>): ReadonlyArray<string> => {
  const call = events.reduce((before, fields) => reducer.step(before, delivered(fields).event)[0], reducer.initial)
  const explanation = reducer.explain(reducer.tick(call, at(7_000))[0], at(7_000))
  return explanation === undefined ? [] : storyOf(explanation, { '453*101': 'Reception' }, words)
}

const [held, first, third] = [queue('a1'), phone('a1', 101), phone('a1', 103)]

/** A phone that rings because another one passed the call on. */
const passedOn = (fields: Fields): Fields => ({ ...fields, CallerIDNum: '453*101', CallerExtension: '453*101@pbx.example', RemoteNumber: '+79160000001' })

describe('how a call went, as a colleague tells it', () => {
  const missed = [held.rings(0), first.rings(1), third.rings(1.2), first.hangsUp(34, 'NOANSWER'), third.hangsUp(34.5, 'NOANSWER'), held.hangsUp(35, 'ANSWER', { Bridged: 'no' })]

  test('a queue in which nobody answers', () => {
    expect(story(english, ...missed)).toEqual([
      '+7 916 000-00-01 called the line +7 495 000-00-01.',
      'The queue 887 held the call for 35 s.',
      '101 Reception and 103 rang, nobody answered within 34 s.',
      'Nobody talked to the caller: a missed call, at 887.'
    ])
    expect(story(russian, ...missed)).toEqual([
      'Звонок от +7 916 000-00-01 на линию +7 495 000-00-01.',
      'Звонок был в очереди 887 35 с.',
      'Звонили на 101 Reception и 103, за 34 с никто не ответил.',
      'С клиентом никто не поговорил: пропущенный звонок, 887.'
    ])
  })

  test('one rings in vain, then another answers', () => {
    expect(story(english, held.rings(0), first.rings(1), first.hangsUp(21, 'NOANSWER'), third.rings(22), third.answers(30), third.hangsUp(160), held.hangsUp(160, 'ANSWER', { Bridged: 'yes' })).slice(2)).toEqual([
      '101 Reception rang, and did not answer within 20 s.',
      '103 answered after 8 s and talked for 2:10 min.'
    ])
  })

  test('a call is passed on', () => {
    expect(story(english, first.rings(0), first.answers(6), passedOn(third.rings(50)), passedOn(third.answers(55)), first.hangsUp(62), passedOn(third.hangsUp(140))).slice(1)).toEqual([
      '101 Reception answered after 6 s and talked for 56 s.',
      '101 Reception passed the call on to 103, who answered and talked for 85 s.'
    ])
  })

  test('a client whom somebody answered is passed on to a queue, and lost there', () => {
    const passed = (fields: Fields): Fields => passedOn({ ...fields, CallerIDNum: '453*101' })
    expect(story(english, first.rings(0), first.answers(6), passed(held.rings(20)), first.hangsUp(26), passed(held.hangsUp(60, 'ANSWER', { Bridged: 'no' }))).at(-1)).toBe('Then nobody took the call, and the caller was lost at 887.')
  })

  test('what is not over', () => {
    expect(story(english, first.rings(0)).slice(1)).toEqual(['101 Reception rings; no end was told yet.'])
    expect(story(english, first.rings(0), first.answers(5)).slice(1)).toEqual(['101 Reception answered after 5 s.', 'The PBX has not told the end of the talk of 101 Reception.'])
  })

  test('we call: busy, and answered', () => {
    const out: Fields = { CallID: 'b2', SubCallID: '85101-b2', CallFlow: 'out', CallerIDNum: '453*101', CallerExtension: '453*101@pbx.example', CallerExtensionID: '85101', CalledNumber: '+79160000002' }
    const dial = { ...out, EventType: 'dial-out', EventTime: String(at(0)), CallStatus: 'CALLING' }
    expect(story(english, dial, { ...out, EventType: 'hangup', EventTime: String(at(4)), CallStatus: 'BUSY' })).toEqual(['101 Reception called +7 916 000-00-02: busy.'])
    expect(story(english, dial, { ...out, EventType: 'answer', EventTime: String(at(7)), CallStatus: 'ANSWER' }, { ...out, EventType: 'hangup', EventTime: String(at(67)), CallStatus: 'ANSWER' })).toEqual([
      '101 Reception called +7 916 000-00-02, who answered after 7 s; they talked for 60 s.'
    ])
  })
})
