import { describe, expect, test } from 'vitest'
import type { CallEvent, Config, Placed } from '../../src/index.js'
import { classified } from './classified.js'
import { at, CALL, CLIENT, DID, forward, incoming, MOBILE, outgoing, sub } from './story.js'

// what happens at the very same moment: each story is one microsecond away from another outcome
const config: Config = {
  directory: { '453*101': 'phone', '453*102': 'phone', '453*103': 'phone', '453*887': 'queue', '453*888': 'queue' }
}

const records = (events: ReadonlyArray<CallEvent>, placed: ReadonlyArray<Placed> = [], own: Config = config) =>
  classified(own, events, placed).ledger
const kinds = (events: ReadonlyArray<CallEvent>, own: Config = config) => records(events, [], own).map(({ kind }) => kind)

const phone = incoming(101)
const away = outgoing(102)
const queue = incoming(887)
const lost = queue.hangsUp(30, 'ANSWER', { bridged: 'no' })

describe('R-source', () => {
  const call = (answered: number, ended: number) => [
    phone.rings(0),
    phone.answers(answered),
    away.rings(10),
    phone.hangsUp(ended, 'ANSWER'),
    away.answers(20),
    away.hangsUp(40, 'ANSWER')
  ]
  test('a source began no later than the outgoing leg, and was answered: ties and some milliseconds of disorder happen', () => {
    for (const answered of [9, 10, 10.01]) expect(records(call(answered, 50)).map(({ extension }) => extension)).toEqual(['453*101'])
    const ringing = (began: number) => [phone.rings(began), phone.answers(12), away.rings(10), phone.hangsUp(50, 'ANSWER'), away.hangsUp(40, 'ANSWER')]
    expect(records(ringing(10)).map(({ extension }) => extension)).toEqual(['453*101'])
    expect(records(ringing(10.01)).map(({ extension }) => extension)).toEqual(['453*102', '453*101'])
  })
  test('and had not hung up before', () => {
    expect(records(call(5, 10)).length).toBe(1)
    expect(records(call(5, 9.99)).length).toBe(2)
  })
  test('of several sources the one that was answered last is named', () => {
    const second = incoming(103)
    const both = [phone.rings(0), second.rings(0), phone.answers(5), second.answers(6), away.rings(10), away.hangsUp(40, 'BUSY')]
    expect(records(both).find(({ kind }) => kind === 'unsuccessful')?.extension).toBe('453*103')
  })
})

describe('R-transfer, R-consult', () => {
  const passed = incoming(102, '453*101', { parties: { remoteNumber: CLIENT } })
  const from = (events: ReadonlyArray<CallEvent>) => records(events).flatMap((record) => (record.kind === 'transferred' ? [record.transfer?.from] : []))
  const ends = [phone.hangsUp(60, 'ANSWER'), passed.answers(50), passed.hangsUp(90, 'ANSWER')]

  test('the leg that it points back to was answered before it began', () => {
    expect(from([phone.rings(0), phone.answers(39), passed.rings(40), ...ends])).toEqual([{ extension: '453*101', subCallId: sub(101) }])
    expect(from([phone.rings(0), phone.answers(40), passed.rings(40), ...ends])).toEqual([{ extension: '453*101' }])
  })
  test('of two that were answered at the same time the one with the greater key', () => {
    const again = incoming(101, CLIENT, {}, 'b')
    expect(from([phone.answers(5), again.answers(5), again.hangsUp(70, 'ANSWER'), passed.rings(40), ...ends])).toEqual([
      { extension: '453*101', subCallId: sub(101, 'b') }
    ])
  })
  test('what began later never changes it: a source of an outgoing leg that begins after the transfer is no source to it', () => {
    const mobile = forward(101)
    const later = outgoing(103)
    const events = [phone.rings(0), phone.answers(5), mobile.rings(20), mobile.answers(25), mobile.hangsUp(30, 'ANSWER')]
    const pointer = (more: ReadonlyArray<CallEvent>) => from([...events, ...more])
    expect(pointer([later.rings(40), later.hangsUp(50, 'BUSY')])).toEqual([{ extension: '453*101', subCallId: sub(101) }])
    expect(pointer([later.rings(10), later.hangsUp(50, 'BUSY')])).toEqual([{ extension: '453*101' }])
  })
})

test('R-client: of a forward the client is known from legs that began before it', () => {
  const mobile = forward(887)
  const client = (began: number) =>
    records([queue.rings(began), mobile.rings(10), mobile.hangsUp(20, 'BUSY')]).flatMap((record) =>
      record.kind === 'unsuccessful' ? [record.transfer?.client] : []
    )
  expect(client(9)).toEqual([CLIENT])
  expect(client(10)).toEqual([undefined])
})

test('R-did: told before the hangup of the leg', () => {
  const did = (told: number) =>
    records([phone.rings(0), phone.answers(5), phone.hangsUp(60, 'ANSWER'), queue.rings(told, { parties: { did: DID } })]).map((record) => record.did)
  expect(did(59)).toEqual([DID])
  expect(did(60)).toEqual([undefined])
})

describe('R-answered', () => {
  test('a phone that hung up at the deciding moment does not count', () => {
    const talk = [queue.rings(0), phone.rings(1), phone.answers(5), lost]
    expect(kinds([...talk, phone.hangsUp(30, 'ANSWER')])).toEqual(['answered', 'missed'])
    expect(kinds([...talk, phone.hangsUp(31, 'ANSWER')])).toEqual(['answered'])
  })
  test('an outgoing leg was answered by then, and had not hung up by then', () => {
    const held = outgoing(101, MOBILE)
    const missed = (answered: number, ended: number) =>
      kinds([held.rings(0), queue.rings(10), held.answers(answered), lost, held.hangsUp(ended, 'ANSWER')]).includes('missed')
    expect(missed(30, 60)).toBe(false)
    expect(missed(31, 60)).toBe(true)
    expect(missed(5, 31)).toBe(false)
    expect(missed(5, 30)).toBe(true)
  })
  test('a forward outside counts whenever it was answered, if it did not end badly', () => {
    const mobile = forward(887)
    expect(kinds([queue.rings(0), mobile.rings(20), lost, mobile.answers(31), mobile.hangsUp(60, 'ANSWER')])).toEqual(['transferred'])
    expect(kinds([queue.rings(0), mobile.rings(20), lost, mobile.answers(31), mobile.hangsUp(60, 'BUSY')])).toEqual(['missed', 'unsuccessful'])
  })
})

describe('R-deciding', () => {
  test('of two queues that hang up at the same time the one with the greater key speaks', () => {
    const second = incoming(888)
    expect(records([queue.rings(0), second.rings(1), lost, second.hangsUp(30, 'ANSWER', { bridged: 'no' })]).map(({ extension }) => extension)).toEqual([
      '453*888'
    ])
  })
  test('under last-hangup a yes speaks too', () => {
    const second = incoming(888)
    const events = [queue.rings(0), lost, second.rings(31), second.hangsUp(60, 'ANSWER', { bridged: 'yes' })]
    expect(kinds(events, { ...config, missedRule: 'last-hangup' })).toEqual([])
    const reversed = [queue.rings(0), queue.hangsUp(30, 'ANSWER', { bridged: 'yes' }), second.rings(31), second.hangsUp(60, 'ANSWER', { bridged: 'no' })]
    expect(kinds(reversed, { ...config, missedRule: 'last-hangup' })).toEqual(['missed'])
    expect(kinds(reversed)).toEqual([])
  })
})

test('R-missed-number: the client is known from legs that began before the deciding hangup', () => {
  const anonymous = incoming(887, CLIENT, { parties: { callerNumber: undefined } })
  const number = (began: number) =>
    records([anonymous.rings(0), anonymous.hangsUp(30, 'ANSWER', { bridged: 'no' }), away.rings(began), away.hangsUp(90, 'BUSY')]).flatMap((record) =>
      record.kind === 'missed' ? [record.remoteNumber] : []
    )
  expect(number(29)).toEqual([CLIENT])
  expect(number(30)).toEqual([undefined])
})

test('R-client: a forward outside has somebody else\'s number, which is never the client\'s', () => {
  const anonymous = incoming(887, CLIENT, { parties: { callerNumber: undefined } })
  const mobile = forward(887)
  const events = [anonymous.rings(0), mobile.rings(10), mobile.hangsUp(20, 'BUSY'), anonymous.hangsUp(30, 'ANSWER', { bridged: 'no' })]
  expect(records(events).map((record) => [record.kind, record.remoteNumber])).toEqual([
    ['unsuccessful', MOBILE],
    ['missed', undefined]
  ])
})

test('R-callback: an id that a later leg brings is on the records of all legs', () => {
  const second = incoming(102)
  const events = [phone.rings(0), phone.answers(5), phone.hangsUp(60, 'ANSWER'), second.rings(70, { callBackId: '77' }), second.hangsUp(80, 'CANCEL')]
  expect(records(events)).toMatchObject([{ kind: 'callback', callBackId: '77' }])
})

test('R-facts: a leg that changes its direction late lets the other legs of the call follow', () => {
  const turned = { direction: 'outgoing' as const, parties: { calledNumber: CLIENT } }
  const second = incoming(102)
  const events = [
    phone.rings(0),
    phone.answers(5),
    second.answers(7, turned),
    phone.hangsUp(60, 'ANSWER'),
    second.hangsUp(61, 'ANSWER', turned),
    second.rings(6)
  ]
  expect(records(events).map(({ id }) => id)).toEqual([`${CALL}/${sub(101)}`, `${CALL}/${sub(102)}`])
})

test('R-type: ExtType of the earliest event that has one; an own number cut at @ that leaves nothing is none', () => {
  const told = [phone.rings(0, { extensionType: 'fax' }), phone.answers(5, { extensionType: 'phone' }), phone.hangsUp(9, 'ANSWER')]
  expect(records(told)).toEqual([])
  const odd = outgoing(101, CLIENT, { parties: { calledExtension: '@pbx.example' } })
  expect(kinds([odd.rings(0), odd.hangsUp(9, 'BUSY')])).toEqual(['unsuccessful'])
})

test('R-talk: a hangup at the moment of the answer is a talk of no time', () => {
  expect(records([phone.rings(0), phone.answers(5), phone.hangsUp(5, 'ANSWER')])).toMatchObject([{ kind: 'answered', talkTime: 0, endedAt: at(5) }])
})
