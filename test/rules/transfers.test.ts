import { expect, test } from 'vitest'
import type { Config } from '../../src/config/Config.js'
import { classified } from './classified.js'
import { at, CALL, CLIENT, DID, forward, forwardOf, incoming, lasting, ledger, legOf, MOBILE, outgoing, sub } from './story.js'

const config: Config = { directory: { '453*101': 'phone', '453*102': 'phone', '453*103': 'phone', '453*800': 'ivr', '453*887': 'queue' } }

/** A talk of 101 with the client, from 0 to 60 s. */
const talk = incoming(101)
const talked = {
  ...legOf(101), kind: 'answered', direction: 'incoming', successful: true, remoteNumber: CLIENT,
  startedAt: at(0), answeredAt: at(5), endedAt: at(60), status: 'ANSWER', talkTime: lasting(55)
} as const

test('R-transfer: 101 passes the client to 102 (#1): two talks, the second points back', () => {
  const passed = incoming(102, '453*101', { parties: { remoteNumber: CLIENT, callerName: 'Reception' } })
  const told = [
    talk.rings(0, { parties: { did: DID } }), talk.answers(5), passed.rings(50), talk.hangsUp(60, 'ANSWER'), passed.answers(61),
    passed.hangsUp(90, 'ANSWER')
  ]
  expect(classified(config, told)).toStrictEqual({
    ledger: ledger({ ...talked, did: DID }, {
      ...legOf(102), kind: 'transferred', direction: 'incoming', successful: true, remoteNumber: CLIENT, did: DID,
      startedAt: at(50), answeredAt: at(61), endedAt: at(90), status: 'ANSWER', talkTime: lasting(29),
      transfer: { from: { extension: '453*101', subCallId: sub(101) } }
    }),
    anomalies: []
  })
})

test('R-transfer: a RemoteNumber that is the CallerIDNum, digit for digit, is no transfer', () => {
  const plain = incoming(101, CLIENT, { parties: { remoteNumber: '7 916 000-00-01' } })
  expect(classified(config, [plain.rings(0), plain.answers(5), plain.hangsUp(60, 'ANSWER')]).ledger).toStrictEqual(
    ledger({ ...talked, remoteNumber: '7 916 000-00-01' })
  )
})

test('R-consult: a colleague asked (*2) who hangs up before the talk goes on is no record', () => {
  const asked = incoming(102, '453*101', { parties: { remoteNumber: CLIENT } })
  const told = [
    talk.rings(0), talk.answers(5), asked.rings(20), asked.answers(25), asked.hangsUp(40, 'ANSWER'), talk.hangsUp(60, 'ANSWER')
  ]
  expect(classified(config, told)).toStrictEqual({ ledger: ledger(talked), anomalies: [] })
})

test('R-consult: a transfer leg whose earlier leg never hung up is recorded when the call is given up', () => {
  const asked = incoming(102, '453*101', { parties: { remoteNumber: CLIENT } })
  const told = [talk.rings(0), talk.answers(5), asked.rings(20), asked.answers(25), asked.hangsUp(40, 'ANSWER')]
  expect(classified(config, told).ledger.map(({ id, kind }) => [id, kind])).toStrictEqual([
    [`${CALL}/${sub(102)}`, 'transferred'],
    [`${CALL}/${sub(101)}`, 'incomplete']
  ])
})

test('R-consult: of two that hang up at the same time the second is a talk', () => {
  const asked = incoming(102, '453*101', { parties: { remoteNumber: CLIENT } })
  const told = [
    talk.rings(0), talk.answers(5), asked.rings(20), asked.answers(25), asked.hangsUp(60, 'ANSWER'), talk.hangsUp(60, 'ANSWER')
  ]
  expect(classified(config, told).ledger.map(({ kind }) => kind)).toStrictEqual(['answered', 'transferred'])
})

test('R-transfer: points back neither to a local leg, nor to one answered later, but to the latest answered before', () => {
  const passed = incoming(102, CLIENT, {
    parties: { callerNumber: undefined, callerExtension: '453*101@pbx.example', remoteNumber: CLIENT }
  })
  type Earlier = readonly [which: string, from: string, answered: number]
  const told = (legs: ReadonlyArray<Earlier>) => [
    ...legs.flatMap(([which, from, answered]) => {
      const leg = incoming(101, from, {}, which)
      return [leg.rings(0), leg.answers(answered), leg.hangsUp(60, 'ANSWER')]
    }),
    passed.rings(50), passed.answers(61), passed.hangsUp(90, 'ANSWER')
  ]
  const from = (...legs: ReadonlyArray<Earlier>) =>
    classified(config, told(legs)).ledger.flatMap((record) => ('transfer' in record ? [record.transfer] : []))
  expect(from(['a', CLIENT, 5], ['b', CLIENT, 6], ['c', '453*103', 7], ['d', CLIENT, 50])).toStrictEqual([
    { from: { extension: '453*101', subCallId: sub(101, 'b') } }
  ])
  expect(from(['d', CLIENT, 50])).toStrictEqual([{ from: { extension: '453*101' } }])
})

test('R-leg: an incoming event with Transfered=yes stays with its leg', () => {
  expect(classified(config, [talk.rings(0), talk.answers(5, { transferred: true }), talk.hangsUp(60, 'ANSWER')])).toStrictEqual({
    ledger: ledger(talked),
    anomalies: []
  })
})

test('R-client: the client of a forward is known only from legs that began, by their dial, before it', () => {
  const queue = incoming(887, MOBILE)
  const out = forward(101, '+79160000003')
  const told = (dial: number) => [
    talk.rings(dial), talk.answers(-1), talk.hangsUp(60, 'ANSWER'), queue.rings(1), queue.hangsUp(60, 'ANSWER', { bridged: 'yes' }),
    out.rings(2), out.hangsUp(20, 'BUSY')
  ]
  const clients = (dial: number) =>
    classified(config, told(dial)).ledger.slice(0, 1).map((record) => 'transfer' in record && record.transfer)
  const from = { extension: '453*101', subCallId: sub(101) }
  expect([0, 1.5, 2].map(clients)).toStrictEqual([
    [{ from, client: CLIENT }],
    [{ from, client: MOBILE }],
    [{ from, client: MOBILE }]
  ])
  expect(classified(config, [talk.rings(2), out.rings(2), out.hangsUp(20, 'BUSY')]).ledger).toStrictEqual(
    ledger({
      ...forwardOf(101), kind: 'unsuccessful', successful: false, cause: 'busy', remoteNumber: '+79160000003', startedAt: at(2),
      endedAt: at(20), status: 'BUSY', transfer: { from: { extension: '453*101' } }
    })
  )
})

test('R-leg, R-transfer: outgoing, then transferred: a second set of the same SubCallID is a leg of its own', () => {
  const first = outgoing(101)
  const second = forward(101)
  const told = [
    first.rings(0), first.answers(5), second.rings(50), second.answers(55), first.hangsUp(60, 'ANSWER'), second.hangsUp(90, 'ANSWER')
  ]
  expect(classified(config, told).ledger).toStrictEqual(
    ledger(
      {
        ...legOf(101), kind: 'answered', direction: 'outgoing', successful: true, remoteNumber: CLIENT,
        startedAt: at(0), answeredAt: at(5), endedAt: at(60), status: 'ANSWER', talkTime: lasting(55)
      },
      {
        ...forwardOf(101), kind: 'transferred', successful: true, remoteNumber: MOBILE,
        startedAt: at(50), answeredAt: at(55), endedAt: at(90), status: 'ANSWER', talkTime: lasting(35),
        transfer: { from: { extension: '453*101', subCallId: sub(101) }, client: CLIENT }
      }
    )
  )
})

test('R-out, R-client: a queue forwards the client outside by rule', () => {
  const queue = incoming(887)
  const out = forward(887)
  const told = [queue.rings(0), queue.hangsUp(10, 'ANSWER', { bridged: 'no' }), out.rings(10), out.answers(15), out.hangsUp(40, 'ANSWER')]
  expect(classified(config, told)).toStrictEqual({
    ledger: ledger({
      ...forwardOf(887), kind: 'transferred', successful: true, remoteNumber: MOBILE,
      startedAt: at(10), answeredAt: at(15), endedAt: at(40), status: 'ANSWER', talkTime: lasting(25),
      transfer: { from: { extension: '453*887' }, client: CLIENT }
    }),
    anomalies: []
  })
})

test('R-did: an incoming leg takes the DID of the call only if it was told before its own hangup', () => {
  const entered = (second: number) => incoming(887).hangsUp(second, 'ANSWER', { bridged: 'yes', parties: { did: DID } })
  const told = [talk.rings(0), talk.answers(5), talk.hangsUp(60, 'ANSWER')]
  expect(classified(config, [...told, entered(59)]).ledger).toStrictEqual(ledger({ ...talked, did: DID }))
  expect(classified(config, [...told, entered(60)]).ledger).toStrictEqual(ledger(talked))
})
