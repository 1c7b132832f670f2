import { describe, expect, test } from 'vitest'
import { addEvent, addPlaced, emptyCall } from '../../src/call/addEvent.js'
import { settingsOf } from '../../src/config/Config.js'
import type { CallEvent } from '../../src/index.js'
import { at, CALL, DID, incoming, lasting, sub } from '../rules/story.js'

const settings = settingsOf({})
const phone = incoming(101)

/** The call when these events have come, and its leg of extension 453*101. */
const after = (...events: ReadonlyArray<CallEvent>) => {
  const call = events.reduce((known, event) => addEvent(settings, known, event).call, emptyCall(CALL))
  return { call, leg: call.legs.find(({ key }) => key === sub(101)) }
}

describe('a wire of the caller\'s own may hand in', () => {
  test('a talk time with a fraction, which is cut; one that is none counts as not given', () => {
    const talkTime = (time: number) => after(phone.hangsUp(60, 'ANSWER', { talkTime: time })).leg?.hangup?.talkTime
    expect([0, 4.5, Number.MAX_SAFE_INTEGER].map(talkTime)).toEqual([0, 4, Number.MAX_SAFE_INTEGER])
    for (const none of [-1, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1]) expect(talkTime(none)).toBeUndefined()
  })

  test('a moment with a fraction, which is cut; one that is none is the beginning of time', () => {
    expect(after({ ...phone.rings(0), at: at(0) + 0.5 }).leg?.dial?.at).toBe(at(0))
    expect(after({ ...phone.rings(0), at: 1_780_000_000_000.5 }).leg?.dial?.at).toBe(0)
    expect(after(phone.rings(0, { receivedAt: 1_780_000_000_000 })).leg?.dial?.receivedAt).toBeUndefined()
  })
})

describe('what is known of a call', () => {
  test('its legs are in the order of their keys, whichever came first', () => {
    const events = [103, 101, 105, 102, 104].map((n) => incoming(n).rings(0))
    expect(after(...events).call.legs.map(({ key }) => key)).toEqual([101, 102, 103, 104, 105].map((n) => sub(n)))
  })

  test('the last activity is the latest of all events, whenever they come', () => {
    expect(after(phone.hangsUp(60), phone.rings(0)).call.activity).toBe(at(60))
    expect(after(phone.rings(0, { receivedAt: at(70) }), phone.hangsUp(60)).call.activity).toBe(at(70))
    expect(after(phone.rings(10, { receivedAt: at(5) }), phone.rings(10)).call.activity).toBe(at(10))
    const again = after(phone.rings(0), phone.rings(0, { receivedAt: at(5) }), phone.rings(0))
    expect(again.call.activity).toBe(at(5))
  })

  test('an event that is known changes nothing, but the time at which it was last received', () => {
    const { call } = after(phone.rings(0), phone.hangsUp(60))
    expect(addEvent(settings, call, phone.rings(0)).call).toBe(call)
    const outdone = after(phone.rings(0), phone.rings(1), phone.hangsUp(60))
    expect(addEvent(settings, outdone.call, phone.rings(1)).call).toBe(outdone.call)
  })

  test('it counts the legs that have hung up, each once', () => {
    expect(after(phone.rings(0), incoming(102).rings(0)).call.ended).toBe(0)
    expect(after(phone.rings(0), phone.hangsUp(60), phone.hangsUp(61), incoming(102).hangsUp(9)).call.ended).toBe(2)
  })

  test('the earliest event with a DID, or with a CallBackID, speaks for it; of two at the same time the dial', () => {
    const [early, late] = [phone.answers(5, { parties: { did: DID }, callBackId: '77' }), phone.rings(6, { parties: { did: '74950000002' }, callBackId: '78' })]
    for (const { call } of [after(early, late), after(late, early)]) expect([call.entry?.parties.did, call.callBack?.callBackId]).toEqual([DID, '77'])
    const tie = { ...late, at: early.at }
    for (const { call } of [after(early, tie), after(tie, early)]) expect([call.entry?.parties.did, call.callBack?.callBackId]).toEqual(['74950000002', '78'])
  })

  test('who is on the line is put together from dial, answer and hangup, in this order', () => {
    const first = { ...phone.rings(0), parties: { callerName: 'Reception', callApiId: 'a-1' } }
    const next = { ...phone.answers(5), parties: { callerName: 'Sales', did: DID, callerExtensionId: '1' } }
    const final = phone.hangsUp(60, 'ANSWER', { talkTime: lasting(55) })
    const whole = { ...final.parties, callerName: 'Reception', callApiId: 'a-1', did: DID, callerExtensionId: '1' }
    for (const events of [[first, next, final], [final, next, first], [next, first, final]]) expect(after(...events).leg?.parties).toEqual(whole)
  })
})

test('of several words of the application about one call the earliest counts, of two at the same time the greater by its text', () => {
  const [early, late] = [{ callId: CALL, at: at(0), context: 'a' }, { callId: CALL, at: at(1), context: 'b' }]
  const tie = { ...early, context: 'b' }
  const placed = (...words: ReadonlyArray<typeof early>) => words.reduce(addPlaced, emptyCall(CALL)).placed
  expect([placed(early, late), placed(late, early)]).toEqual([early, early])
  expect([placed(early, tie), placed(tie, early)]).toEqual([tie, tie])
  expect(addPlaced(emptyCall(CALL), late).activity).toBe(at(1))
})
