import { describe, expect, test } from 'vitest'
import type { CallEvent, Config } from '../../src/index.js'
import { classified } from './classified.js'
import { at, CLIENT, forward, incoming, lasting, MOBILE, outgoing } from './story.js'

// rules that lost or invented a talk, each as the report told it that taught it

const directory = { '453*101': 'phone', '453*102': 'phone', '453*103': 'phone', '453*887': 'queue', '453*888': 'queue' } as const
const config: Config = { directory }

const ledgerOf = (events: ReadonlyArray<CallEvent>, given: Config = config) =>
  classified(given, events).ledger.map((record) => [record.kind, record.extension, record.remoteNumber])
const anomaliesOf = (events: ReadonlyArray<CallEvent>, given: Config = config) => classified(given, events).anomalies.map(({ kind, leg }) => [kind, leg])

const talk = (leg: ReturnType<typeof incoming>, from = 0, to = 60) => [leg.rings(from), leg.answers(from + 5), leg.hangsUp(to, 'ANSWER')]

describe('R-own', () => {
  const dialled = (number: string, given: Config = config) => ledgerOf(talk(outgoing(102, number)), given)

  test('a prefix before a number is no part of it; another code is a service code', () => {
    for (const prefix of ['*31#', '#31#', '*67']) expect(dialled(`${prefix}+79160000077`)).toEqual([['answered', '453*102', '+79160000077']])
    for (const code of ['*31#', '*8', '**101', '*72+79160000077', '#31#101']) expect(dialled(code)).toEqual([])
  })

  test('a number with a foreign host is somebody else, whether the directory knows its name or not', () => {
    expect(dialled('101@partner.example')).toEqual([['answered', '453*102', '101@partner.example']])
    expect(dialled('453*101@partner.example')).toEqual([['answered', '453*102', '453*101@partner.example']])
    expect(dialled('101@pbx.example')).toEqual([])
    expect(dialled('101')).toEqual([])
  })

  test('a number with a star that has not our prefix is no extension', () => {
    expect(dialled('84950000002*102')).toEqual([['answered', '453*102', '84950000002*102']])
    expect(dialled('453*109')).toEqual([])
  })
})

describe('R-facts', () => {
  const phone = incoming(101)
  test('a second end does not undo a talk, nor lose its Duration and RecID', () => {
    const first = phone.hangsUp(65, 'ANSWER', { talkTime: lasting(60), recordingId: 'rec-1' })
    const begin = [phone.rings(0), phone.answers(5), first]
    for (const second of [phone.hangsUp(65.4, 'CANCEL'), phone.hangsUp(65.4, 'ANSWER'), phone.hangsUp(60, 'BUSY'), phone.hangsUp(70)]) {
      expect(classified(config, [...begin, second]).ledger).toMatchObject([{ kind: 'answered', talkTime: lasting(60), recordingId: 'rec-1' }])
    }
  })
})

describe('R-consult', () => {
  const consulted = (ended: number) => [
    ...talk(incoming(101), 0, 100),
    ...talk(incoming(102, '453*101', { parties: { remoteNumber: CLIENT } }), 20, ended)
  ]
  test('what ends with the talk that it came from, give or take the settle window, is a talk of three', () => {
    expect(ledgerOf(consulted(99.9)).map(([kind]) => kind)).toEqual(['transferred', 'answered'])
    expect(ledgerOf(consulted(95)).map(([kind]) => kind)).toEqual(['transferred', 'answered'])
    expect(ledgerOf(consulted(94.9)).map(([kind]) => kind)).toEqual(['answered'])
  })
})

describe('R-answered and R-deciding', () => {
  const queue = incoming(887)
  const rungBy = (n: number, by: number) => incoming(n, CLIENT, { parties: { callerExtension: `453*${by}@pbx.example` } })
  test('a phone that the queue rang and that answers after its `no` took a dead call', () => {
    const lost = (by: number) => {
      const phone = rungBy(101, by)
      return [queue.rings(0), phone.rings(1), queue.hangsUp(20, 'CANCEL', { bridged: 'no' }), phone.answers(20.3), phone.hangsUp(24, 'ANSWER')]
    }
    expect(ledgerOf(lost(887))).toEqual([['missed', '453*887', CLIENT]])
    expect(classified(config, lost(887)).anomalies).toMatchObject([{ kind: 'took-dead-call', leg: '85101-a', at: [at(20), at(20.3)] }])
    // a phone to which somebody else passed the client took it
    expect(ledgerOf(lost(888))).toEqual([['answered', '453*101', CLIENT]])
  })

  test('the queue that the caller entered last is where he was lost, though the first one ends a moment later', () => {
    const inner = rungBy(888, 887)
    const events = [queue.rings(0), inner.rings(30), inner.hangsUp(60, 'CANCEL', { bridged: 'no' }), queue.hangsUp(60.1, 'CANCEL', { bridged: 'no' })]
    expect(ledgerOf(events)).toEqual([['missed', '453*888', CLIENT]])
    const served = [queue.rings(0), inner.rings(30), inner.hangsUp(60, 'CANCEL', { bridged: 'no' }), queue.hangsUp(60.1, 'ANSWER', { bridged: 'yes' })]
    expect(ledgerOf(served, { ...config, missedRule: 'last-hangup' })).toEqual([['missed', '453*888', CLIENT]])
  })
})

describe('numbers are compared as normalised', () => {
  const normaliseNumber = (number: string): string | undefined => {
    const digits = number.replace(/\D/g, '')
    return digits.length < 5 ? undefined : `+${digits.replace(/^8/, '7')}`
  }
  const normal: Config = { ...config, normaliseNumber }
  test('R-source: two ways to write one number are one click', () => {
    const source = incoming(101, '89160000077')
    const away = outgoing(101, '+79160000077', {}, 'out')
    expect(ledgerOf([...talk(source, 0, 60), ...talk(away, 6, 60)], normal)).toEqual([['answered', '453*101', '+79160000077']])
  })
  test('R-transfer: a RemoteNumber that is the caller is no transfer', () => {
    expect(ledgerOf(talk(incoming(101, '89160000077', { parties: { remoteNumber: '+79160000077' } })), normal)).toEqual([['answered', '453*101', '+79160000077']])
  })
  test('R-remote: what it says to be no number is none, and a name all the same', () => {
    const [record] = classified(normal, talk(incoming(101, '1234'))).ledger
    expect(record).toMatchObject({ kind: 'answered', remoteName: '1234' })
    expect(record).not.toHaveProperty('remoteNumber')
  })
})

describe('R-remote: a client without a number is a client', () => {
  test('he is recorded, with his word for a name; transferred, he is not local', () => {
    const [first, second] = classified(config, [
      ...talk(incoming(101, 'anonymous@anonymous.invalid'), 0, 30),
      ...talk(incoming(102, '453*101', { parties: { remoteNumber: 'anonymous@anonymous.invalid' } }), 20, 60)
    ]).ledger
    expect(first).toMatchObject({ kind: 'answered', remoteName: 'anonymous' })
    expect(second).toMatchObject({ kind: 'transferred', extension: '453*102', remoteName: 'anonymous' })
  })
  test('a name that is the number is none', () => {
    const named = (callerName: string) => classified(config, talk(incoming(101, CLIENT, { parties: { callerName } }))).ledger[0]
    for (const name of [CLIENT, '79160000001', '+7 (916) 000-00-01']) expect(named(name)).not.toHaveProperty('remoteName')
    expect(named('Reception')).toMatchObject({ remoteName: 'Reception' })
  })
})

test('R-missed-at-phone: a click that the employee does not take is no missed client', () => {
  const phone = incoming(101)
  const rang = (callBackId?: string) => [phone.rings(0, callBackId === undefined ? {} : { callBackId }), phone.hangsUp(20, 'NOANSWER')]
  const missedAtPhone: Config = { ...config, missedAtPhone: true }
  expect(ledgerOf(rang(), missedAtPhone)).toEqual([['missed', '453*101', CLIENT]])
  expect(ledgerOf(rang('CB-1'), missedAtPhone)).toEqual([])
})

describe('what is no record is told', () => {
  test('client-out-of-sight: parked, and retrieved by a code', () => {
    expect(anomaliesOf([...talk(incoming(101), 0, 30), ...talk(outgoing(103, '*5901'), 50, 90)])).toEqual([['client-out-of-sight', '85103-a']])
    expect(anomaliesOf([...talk(incoming(101), 0, 100), ...talk(outgoing(103, '453*102'), 50, 90)])).toEqual([])
  })
  test('bridged-yes-without-leg: picked up by a code', () => {
    const queue = incoming(887)
    const picked = [queue.rings(0), incoming(101).rings(1), ...talk(outgoing(103, '*8'), 5, 60), incoming(101).hangsUp(11, 'CANCEL'), queue.hangsUp(60, 'ANSWER', { bridged: 'yes' })]
    expect(anomaliesOf(picked).map(([kind]) => kind).sort()).toEqual(['bridged-yes-without-leg', 'client-out-of-sight'])
  })
  test('lost-after-transfer: a blind transfer that nobody takes', () => {
    const blind = incoming(102, '453*101', { parties: { remoteNumber: CLIENT } })
    expect(anomaliesOf([...talk(incoming(101), 0, 30), blind.rings(29), blind.hangsUp(60, 'NOANSWER')])).toEqual([['lost-after-transfer', '85102-a']])
    expect(anomaliesOf([...talk(incoming(101), 0, 30), blind.rings(20), blind.hangsUp(25, 'NOANSWER')])).toEqual([])
    const outside = forward(101, MOBILE, {}, 'f')
    expect(anomaliesOf([...talk(incoming(101), 0, 30), outside.rings(29), outside.hangsUp(60, 'NOANSWER')])).toEqual([['lost-after-transfer', '85101-f/transferred']])
  })
  test('duration-contradiction: the Duration does not agree with answer and hangup, or with the status', () => {
    const phone = incoming(101)
    const ended = (talkTime: number, status = 'ANSWER') => [phone.rings(0), phone.answers(5), phone.hangsUp(305, status, { talkTime })]
    expect(classified(config, ended(0)).anomalies).toMatchObject([{ kind: 'duration-contradiction', at: [at(5), at(305)], field: 'Duration', value: '0' }])
    expect(anomaliesOf(ended(lasting(298)))).toEqual([])
    expect(anomaliesOf(ended(lasting(297.9)))).toHaveLength(1)
    expect(anomaliesOf(ended(lasting(300), 'CANCEL'))).toHaveLength(1)
    expect(anomaliesOf(ended(0, 'CANCEL')).map(([kind]) => kind)).toEqual(['duration-contradiction'])
  })
  test('callback-reached-nobody: the source talked, and nothing was dialled', () => {
    const source = incoming(101, CLIENT, { callBackId: 'CB-1' })
    expect(anomaliesOf(talk(source))).toEqual([['callback-reached-nobody', '85101-a']])
    expect(anomaliesOf([...talk(source), ...talk(outgoing(101, MOBILE, {}, 'o'), 6, 60)])).toEqual([])
  })
})
