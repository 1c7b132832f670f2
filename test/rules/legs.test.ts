import { describe, expect, test } from 'vitest'
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

describe('a leg of its own', () => {
  test('R-in: a phone rings, answers and hangs up: one talk', () => {
    const facts = { parties: { did: DID, callerName: 'Client' } }
    const told = [
      talk.rings(0, facts),
      talk.answers(5, facts),
      talk.hangsUp(60, 'ANSWER', { ...facts, recordingId: '85101-Rec', talkTime: lasting(54) })
    ]
    expect(classified(config, told)).toStrictEqual({
      ledger: ledger({ ...talked, remoteName: 'Client', did: DID, talkTime: lasting(54), recordingId: '85101-Rec' }),
      anomalies: []
    })
  })

  test('R-in: of two phones that ring together only the one that answered is recorded', () => {
    const other = incoming(102)
    const told = [talk.rings(0), other.rings(0), talk.answers(5), other.hangsUp(5, 'CANCEL'), talk.hangsUp(60, 'ANSWER')]
    expect(classified(config, told)).toStrictEqual({ ledger: ledger(talked), anomalies: [] })
  })

  test('R-in, R-success: an answered call that ends in CANCEL is no success', () => {
    expect(classified(config, [talk.rings(0), talk.answers(5), talk.hangsUp(60, 'CANCEL')]).ledger).toStrictEqual(
      ledger({
        ...legOf(101), kind: 'unsuccessful', direction: 'incoming', successful: false, cause: 'cancelled', remoteNumber: CLIENT,
        startedAt: at(0), answeredAt: at(5), endedAt: at(60), status: 'CANCEL'
      })
    )
  })

  test.each([
    ['BUSY', 'busy'], ['CANCEL', 'cancelled'], ['NOANSWER', 'no-answer'], ['CONGESTION', 'congestion'], ['CHANUNAVAIL', 'unavailable'],
    ['answer', 'other']
  ] as const)('R-out, R-success: an outgoing call that ends in %s is recorded as %s', (status, cause) => {
    const call = outgoing(101)
    expect(classified(config, [call.rings(0), call.hangsUp(20, status)]).ledger).toStrictEqual(
      ledger({
        ...legOf(101), kind: 'unsuccessful', direction: 'outgoing', successful: false, cause, remoteNumber: CLIENT,
        startedAt: at(0), endedAt: at(20), status
      })
    )
  })

  test('R-talk: without Duration it is hangup less answer; a hangup before the answer gives none', () => {
    const told = [talk.rings(0), talk.answers(61), talk.hangsUp(60, 'ANSWER')]
    const { talkTime: _, ...withoutTalkTime } = talked
    expect(classified(config, told).ledger).toStrictEqual(ledger({ ...withoutTalkTime, answeredAt: at(61) }))
  })

  test('R-facts: earliest dial, earliest answer, latest hangup; at the same time the one that says more', () => {
    const told = [
      talk.rings(0), talk.rings(1), talk.answers(9), talk.answers(5), talk.hangsUp(60, 'ANSWER'), talk.hangsUp(30, 'BUSY'), talk.hangsUp(60)
    ]
    expect(classified(config, told)).toStrictEqual({
      ledger: ledger(talked),
      anomalies: [
        { kind: 'conflicting-events', callId: CALL, leg: sub(101), field: 'answer', at: [at(5), at(9)] },
        { kind: 'conflicting-events', callId: CALL, leg: sub(101), field: 'dial', at: [at(0), at(1)] },
        { kind: 'conflicting-events', callId: CALL, leg: sub(101), field: 'hangup', at: [at(30), at(60)] }
      ]
    })
  })

  test('L-order, L-repeat: order, repeats and times of receipt change nothing', () => {
    const told = [talk.rings(0), talk.answers(5), talk.hangsUp(60, 'ANSWER')]
    const again = told.map((event) => ({ ...event, receivedAt: at(99) })).reverse()
    expect(classified(config, [...again, ...told])).toStrictEqual(classified(config, told))
  })

  test('R-direction: a leg with neither dial nor CallFlow gives no record and an anomaly', () => {
    const untold = { direction: undefined }
    expect(classified(config, [talk.answers(5, untold), talk.hangsUp(60, 'ANSWER', untold)])).toStrictEqual({
      ledger: [],
      anomalies: [{ kind: 'dial-not-seen', callId: CALL, leg: sub(101), at: [at(5)] }]
    })
  })

  test('R-expiry: an answered incoming leg and an external outgoing one that never hung up are incomplete, a ringing one is not', () => {
    const dialled = outgoing(102, MOBILE)
    const ringing = incoming(103)
    expect(classified(config, [talk.rings(0), talk.answers(5), dialled.rings(7), ringing.rings(8)])).toStrictEqual({
      ledger: ledger(
        {
          ...legOf(101), kind: 'incomplete', direction: 'incoming', successful: false, remoteNumber: CLIENT,
          startedAt: at(0), answeredAt: at(5)
        },
        { ...legOf(102), kind: 'incomplete', direction: 'outgoing', successful: false, remoteNumber: MOBILE, startedAt: at(7) }
      ),
      anomalies: [
        { kind: 'never-closed', callId: CALL, leg: sub(101), at: [at(0)] },
        { kind: 'never-closed', callId: CALL, leg: sub(102), at: [at(7)] },
        { kind: 'never-closed', callId: CALL, leg: sub(103), at: [at(8)] }
      ]
    })
  })

  test('normaliseNumber is applied to remoteNumber, did and transfer.client', () => {
    const digits: Config = { ...config, normaliseNumber: (number) => number.replace('+', '00') }
    const sent = forward(101)
    const told = [
      talk.rings(0, { parties: { did: '+7' } }), talk.answers(5), sent.rings(20), sent.hangsUp(30, 'BUSY'), talk.hangsUp(60, 'ANSWER')
    ]
    expect(classified(digits, told).ledger).toStrictEqual(
      ledger(
        {
          ...forwardOf(101), kind: 'unsuccessful', successful: false, cause: 'busy', remoteNumber: '0079160000009', did: '007',
          startedAt: at(20), endedAt: at(30), status: 'BUSY',
          transfer: { from: { extension: '453*101', subCallId: sub(101) }, client: '0079160000001' }
        },
        { ...talked, remoteNumber: '0079160000001', did: '007' }
      )
    )
  })
})

describe('calls that the application started', () => {
  const source = incoming(101)
  const dialled = outgoing(102, '8 (916) 000-00-01', { parties: { calledNumber: '79160000001' } })
  const callBack = {
    kind: 'callback', direction: 'outgoing', successful: true, remoteNumber: '79160000001',
    startedAt: at(6), answeredAt: at(15), endedAt: at(60), status: 'ANSWER', talkTime: lasting(45), callBackId: 'CB-1'
  } as const

  test('R-source: click-to-call: the phone that rang first gives no record, the outgoing leg names it', () => {
    const told = [
      source.rings(0), source.answers(5), dialled.rings(6, { callBackId: 'CB-1' }), dialled.answers(15), source.hangsUp(60, 'ANSWER'),
      dialled.hangsUp(60, 'ANSWER')
    ]
    expect(classified(config, told)).toStrictEqual({ ledger: ledger({ ...legOf(102), ...callBack, extension: '453*101' }), anomalies: [] })
  })

  test('R-source: a phone that hung up before the first event of the outgoing leg is no source', () => {
    const told = [source.rings(0), source.answers(5), source.hangsUp(5.9, 'ANSWER'), dialled.rings(6), dialled.hangsUp(20, 'BUSY')]
    expect(classified(config, told).ledger.map(({ id, kind }) => [id, kind])).toStrictEqual([
      [`${CALL}/${sub(101)}`, 'answered'],
      [`${CALL}/${sub(102)}`, 'unsuccessful']
    ])
  })

  test('R-callback: an outgoing leg with CallBackID and no source was placed on behalf of its extension', () => {
    const told = [
      dialled.rings(6), dialled.answers(15, { callBackId: 'CB-2' }), dialled.hangsUp(60, 'ANSWER', { callBackId: 'CB-1' }),
      dialled.rings(7, { callBackId: 'CB-1' })
    ]
    expect(classified(config, told).ledger).toStrictEqual(ledger({ ...legOf(102), ...callBack, onBehalf: true }))
  })

  test('R-callback: a placed call without CallBackID carries its callId, and the context of the earliest placed', () => {
    const told = [dialled.rings(6), dialled.answers(15), dialled.hangsUp(60, 'ANSWER')]
    const placed = [
      { callId: CALL, at: at(2), context: 'second' },
      { callId: CALL.toUpperCase(), at: at(1), context: { deal: 7 } },
      { callId: 'another', at: at(0), context: 'another' }
    ]
    expect(classified(config, told, placed).ledger).toStrictEqual(
      ledger({ ...legOf(102), ...callBack, callBackId: CALL, context: { deal: 7 } })
    )
  })

  test('R-source: without an outgoing leg, the one that rings as if the destination called gives no record', () => {
    const told = [source.rings(0), source.answers(5), source.hangsUp(60, 'ANSWER')]
    const placed = [{ callId: CALL, at: at(0), destination: '79160000001' }]
    const { ledger: none, anomalies } = classified(config, told, placed)
    expect(none).toStrictEqual([])
    expect(anomalies.map(({ kind }) => kind)).toStrictEqual(['callback-reached-nobody'])
    expect(classified(config, [...told, outgoing(102, MOBILE).rings(70)], placed).ledger.map(({ kind }) => kind)).toStrictEqual([
      'callback',
      'incomplete'
    ])
  })
})
