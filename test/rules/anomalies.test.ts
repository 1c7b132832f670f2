import { expect, test } from 'vitest'
import type { Config } from '../../src/config/Config.js'
import { classified } from './classified.js'
import { at, CALL, CLIENT, forward, incoming, invalid, ledger, legOf, outgoing, sub } from './story.js'

const config: Config = { directory: { '453*101': 'phone', '453*887': 'queue' } }
const phone = incoming(101)
const queue = incoming(887)

test('answer-not-seen: R-success: outgoing it is a success, incoming it is no record', () => {
  const dialled = outgoing(101)
  const anomalies = [{ kind: 'answer-not-seen', callId: CALL, leg: sub(101), at: [at(30)] }]
  expect(classified(config, [dialled.rings(0), dialled.hangsUp(30, 'ANSWER')])).toStrictEqual({
    ledger: ledger({
      ...legOf(101), kind: 'answered', direction: 'outgoing', successful: true, remoteNumber: CLIENT,
      startedAt: at(0), endedAt: at(30), status: 'ANSWER'
    }),
    anomalies
  })
  expect(classified(config, [phone.rings(0), phone.hangsUp(30, 'ANSWER')])).toStrictEqual({ ledger: [], anomalies })
})

test('answer-not-seen: of a forward outside by a queue too', () => {
  const out = forward(887)
  expect(classified(config, [out.rings(0), out.hangsUp(30, 'ANSWER')]).anomalies).toStrictEqual([
    { kind: 'answer-not-seen', callId: CALL, leg: `${sub(887)}/transferred`, at: [at(30)] }
  ])
})

test('dial-not-seen: of a phone, and of a leg without direction, not of a queue', () => {
  const told = [phone.answers(1), phone.hangsUp(9, 'ANSWER'), queue.hangsUp(9, 'ANSWER', { bridged: 'yes' })]
  expect(classified(config, told).anomalies).toStrictEqual([
    { kind: 'dial-not-seen', callId: CALL, leg: sub(101), at: [at(1)] }
  ])
  const untold = { direction: undefined, extensionType: 'queue' } as const
  expect(classified(config, [queue.hangsUp(9, 'ANSWER', untold)])).toStrictEqual({
    ledger: [],
    anomalies: [{ kind: 'dial-not-seen', callId: CALL, leg: sub(887), at: [at(9)] }]
  })
})

test('bridged-contradiction: the queue says no after a phone had answered', () => {
  const told = [
    queue.rings(0), phone.rings(1), phone.answers(5), queue.hangsUp(30, 'ANSWER', { bridged: 'no' }), phone.hangsUp(40, 'ANSWER')
  ]
  expect(classified(config, told).anomalies).toStrictEqual([
    { kind: 'bridged-contradiction', callId: CALL, leg: sub(887), at: [at(5), at(30)] }
  ])
})

test('bridged-yes-without-leg: the queue says yes, and nobody is known to have answered', () => {
  const told = [queue.rings(0), queue.hangsUp(30, 'ANSWER', { bridged: 'no' }), queue.hangsUp(29, 'ANSWER', { bridged: 'yes' })]
  expect(classified(config, told)).toStrictEqual({
    ledger: [],
    anomalies: [
      { kind: 'bridged-yes-without-leg', callId: CALL, leg: sub(887), at: [at(29)] },
      { kind: 'conflicting-events', callId: CALL, leg: sub(887), field: 'hangup', at: [at(29), at(30)] }
    ]
  })
})

test('bridged-on-phone: ignored on a known phone: the call is unresolved, not missed', () => {
  expect(classified(config, [phone.rings(0), phone.hangsUp(30, 'NOANSWER', { bridged: 'no' })])).toStrictEqual({
    ledger: [],
    anomalies: [
      { kind: 'bridged-on-phone', callId: CALL, leg: sub(101), at: [at(30)] },
      { kind: 'unresolved-incoming', callId: CALL, leg: sub(101), at: [at(30)] }
    ]
  })
})

test('unknown-status and invalid-field: what was sent is told', () => {
  const wrong = invalid('Duration', 'long')
  expect(classified(config, [queue.rings(0, wrong), queue.hangsUp(30, 'X-UNLISTED', wrong)]).anomalies).toStrictEqual([
    { kind: 'invalid-field', callId: CALL, leg: sub(887), field: 'Duration', value: 'long', at: [at(0), at(30)] },
    { kind: 'unknown-status', callId: CALL, leg: sub(887), field: 'CallStatus', value: 'X-UNLISTED', at: [at(30)] }
  ])
})
