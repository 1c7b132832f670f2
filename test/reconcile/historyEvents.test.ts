import { describe, expect, test } from 'vitest'
import { ledger, seconds, type CallHistory, type HistoryLeg } from '../../src/index.js'
import { differenceMessage, historyEvents, reconcile } from '../../src/reconcile/index.js'

const START = 1_780_000_686_000_000

const talk: HistoryLeg = {
  extensionId: '85219', extension: '453*102', extensionType: 'phone', direction: 'incoming', result: 'answered',
  startedAt: START, answeredAt: START + seconds(5), endedAt: START + seconds(60), duration: seconds(55), recordingId: '85219-Rec'
}

const call = (legs: ReadonlyArray<HistoryLeg>, more: Partial<CallHistory> = {}): CallHistory => ({
  callId: 'ab12', direction: 'incoming', from: '+79160000001', did: '74950000001', result: 'bridged', startedAt: START, legs, ...more
})

const queue: HistoryLeg = { extensionId: '96857', extension: '453*887', extensionType: 'queue', direction: 'incoming', result: 'answered', startedAt: START - seconds(1), endedAt: START + seconds(30) }

const recordsOf = (history: CallHistory) => ledger()(historyEvents(history).events).records

describe('the events of a call, as its history tells them', () => {
  test('make the record of a talk, under the id that the PBX gives the first leg', () => {
    expect(recordsOf(call([talk]))).toMatchObject([
      { id: 'ab12/85219-ab12', kind: 'answered', extension: '453*102', remoteNumber: '+79160000001', did: '74950000001', talkTime: seconds(55), recordingId: '85219-Rec' }
    ])
    expect(recordsOf(call([talk]))[0]?.because).toContain('R-history')
  })

  test('a later leg, and a first one behind a hole, is named by when it began', () => {
    expect(recordsOf(call([talk], { startedAt: START - seconds(20) }))).toMatchObject([{ id: `ab12/85219-history-${START}` }])
  })

  test('a call that reached nobody is a miss', () => {
    expect(recordsOf(call([queue], { result: 'answered' }))).toMatchObject([{ id: 'ab12/missed', extension: '453*887', remoteNumber: '+79160000001' }])
  })

  test('a client who was passed on: a transfer', () => {
    expect(recordsOf(call([{ ...talk, transferred: true, from: '453*101', to: '102' }]))).toMatchObject([
      { kind: 'transferred', remoteNumber: '+79160000001', transfer: { from: { extension: '453*101' } } }
    ])
  })

  test('a forward outside', () => {
    expect(recordsOf(call([{ ...talk, transferred: true, from: '453*102', to: '+79160000901' }]))).toMatchObject([
      { id: 'ab12/85219-ab12/transferred', kind: 'transferred', direction: 'outgoing', remoteNumber: '+79160000901' }
    ])
  })

  test('the caller who gave up is not one whom nobody answered', () => {
    const dialled: HistoryLeg = { extensionId: '85219', extension: '453*102', direction: 'outgoing', to: '+79160000001', result: 'not answered', hangup: 'caller_cancel', startedAt: START, endedAt: START + seconds(9) }
    expect(recordsOf(call([dialled], { direction: 'outgoing' }))).toMatchObject([{ kind: 'unsuccessful', cause: 'cancelled', status: 'CANCEL' }])
  })

  test.each<readonly [string, HistoryLeg, string]>([
    ['an extension that no longer exists goes by its id', { ...talk, extension: undefined, extensionType: undefined } as never, ''],
    ['a leg without extension', { direction: 'incoming', result: 'answered', startedAt: START }, 'the leg of an extension that is not named is left out: its extension or its times are missing'],
    ['a leg without times', { ...talk, startedAt: undefined, answeredAt: undefined, endedAt: undefined } as never, 'the leg of 453*102 is left out: its extension or its times are missing'],
    ['a leg without direction', { ...talk, direction: undefined } as never, 'the leg of 453*102 is left out: its direction is missing'],
    ['a leg without an end', { ...talk, endedAt: undefined } as never, 'the leg of 453*102 has no end'],
    ['a leg without a result', { ...talk, result: undefined } as never, 'the leg of 453*102 has no result'],
    ['an unknown result', { ...talk, result: 'teleported' }, 'the result "teleported" of 453*102 is not known: it counts as one without a talk']
  ])('%s: a sentence, and the rest goes on', (_, odd, reason) => {
    const other = { ...talk, extensionId: '85218', extension: '453*101', startedAt: START + seconds(2) }
    const { problems } = historyEvents(call([odd, other]))
    expect(problems).toEqual(reason === '' ? [] : [{ callId: 'ab12', reason }])
    expect(recordsOf(call([odd, other]))).toContainEqual(expect.objectContaining({ extension: '453*101', kind: 'answered' }))
  })
})

describe('what differs', () => {
  const { events } = historyEvents(call([queue, talk]))
  // webhooks of the same call
  const webhooks = events.map((event) => ({ ...event, toldBy: undefined }))
  const kindsOf = (known: typeof webhooks, history = call([queue, talk])) => reconcile()(() => known, [history]).differences.map(({ kind }) => kind)

  test('nothing, where all is known', () => {
    expect(kindsOf(webhooks)).toEqual([])
  })

  test('a call, a talk, an end, a recording', () => {
    expect(kindsOf([])).toEqual(['unknown-call'])
    expect(kindsOf(webhooks.filter(({ subCallId, kind }) => !(subCallId.startsWith('85219') && kind === 'hangup')))).toEqual(['no-end'])
    expect(kindsOf(webhooks.map((event) => ({ ...event, recordingId: undefined })))).toEqual(['no-recording'])
  })

  test('a miss that was none: the answer was lost', () => {
    const lost = webhooks.filter(({ kind }) => kind !== 'answer').map((event) => (event.bridged === undefined ? event : { ...event, bridged: 'no' as const }))
    expect(kindsOf(lost)).toEqual(['unknown-talk', 'false-miss'])
    expect(differenceMessage('false-miss')).toBe('it was no miss')
  })
})
