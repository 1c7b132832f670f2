import { describe, expect, test } from 'vitest'
import { minutes, seconds, type CallRecord, type EpochMicros } from '../../src/index.js'
import { toCallBack, type ClientToCallBack } from '../../src/summary/index.js'
import { without } from '../ports/without.js'
import { answered, at, callback, CLIENT, forwarded, incomplete, missed, MOBILE, OTHER, transferred, tried } from './day.js'

const NIGHT = at('23:00')

const clients = (records: ReadonlyArray<CallRecord>, now: EpochMicros = NIGHT): ReadonlyArray<ClientToCallBack> => toCallBack(records, now).clients

const whom = (...records: ReadonlyArray<CallRecord>): ReadonlyArray<string> => clients(records).map(({ number }) => number)

test('a client who called three times in vain: how often, since when, where, and what he dialled', () => {
  const records = [
    missed(at('10:00')),
    missed(at('10:05'), { extension: '453*888', did: '74950000002', remoteName: 'Ромашка' }),
    missed(at('11:30'), { extension: '453*887', did: '74950000001' })
  ]
  expect(clients(records)).toEqual([
    {
      number: CLIENT, digits: '79160000001', name: 'Ромашка', misses: 3, first: at('10:00'), last: at('11:30'),
      extensions: ['453*888', '453*887'], dids: ['74950000002', '74950000001'], attempts: 0
    }
  ])
})

test('the one who has waited longest comes first', () => {
  expect(whom(missed(at('12:00')), missed(at('11:00'), { remoteNumber: OTHER }), missed(at('13:00'), { remoteNumber: OTHER }))).toEqual([OTHER, CLIENT])
})

describe('nobody is to be called with whom somebody has talked since', () => {
  const miss = missed(at('10:00'))
  test('the client called again, and was answered', () => expect(whom(miss, answered(at('10:10')))).toEqual([]))
  test('somebody called him', () => expect(whom(miss, answered(at('10:10'), { direction: 'outgoing' }))).toEqual([]))
  test('with click-to-call', () => expect(whom(miss, callback(at('10:10')))).toEqual([]))
  test('he was passed on to a colleague', () => expect(whom(miss, transferred(at('10:10'), 'c1'))).toEqual([]))
  test('his next call was sent on to a mobile', () => expect(whom(miss, forwarded(at('10:10'), 'c1', CLIENT))).toEqual([]))
  test('a colleague on another line talked with him all the while', () => {
    expect(whom(answered(at('09:59'), {}, 5, 300), miss)).toEqual([])
  })
  test('the end of a talk was lost, and it began after the miss', () => {
    expect(whom(miss, incomplete(at('10:10'), { answeredAt: at('10:11') }))).toEqual([])
  })
})

describe('somebody is to be called', () => {
  const miss = missed(at('10:00'))
  test('if the talk was before', () => expect(whom(answered(at('09:00')), miss)).toEqual([CLIENT]))
  test('if the talk ended at the very moment of the miss', () => {
    expect(whom(answered(at('09:00'), { endedAt: miss.endedAt }), miss)).toEqual([CLIENT])
  })
  test('if he was served, then passed on to a queue and lost there', () => {
    expect(whom(answered(at('09:58'), { callId: 'c1' }), missed(at('09:58'), { callId: 'c1' }, 120))).toEqual([CLIENT])
  })
  test('if the talk was with somebody else', () => expect(whom(miss, answered(at('10:10'), { remoteNumber: OTHER }))).toEqual([CLIENT]))
  test('if the PBX called him on behalf of an extension, whose user did not talk', () => {
    expect(whom(miss, callback(at('10:10'), { onBehalf: true }))).toEqual([CLIENT])
  })
  test('if his website callback reached nobody inside, though he picked up', () => {
    expect(whom(callback(at('10:00'), { callId: 'c1', onBehalf: true }), missed(at('10:00'), { callId: 'c1', callBackId: '77' }))).toEqual([CLIENT])
  })
  test('if the end of a talk was lost that began before the miss: nobody knows whether it lasted', () => {
    expect(whom(miss, incomplete(at('09:50'), { answeredAt: at('09:51') }))).toEqual([CLIENT])
  })
  test('if somebody else was sent on to that number', () => {
    expect(whom(missed(at('10:00'), { remoteNumber: MOBILE }), forwarded(at('10:10'), 'c1', OTHER))).toEqual([MOBILE])
  })
})

test('misses before a talk are no longer counted', () => {
  const [client] = clients([missed(at('09:00')), answered(at('09:30')), missed(at('10:00')), missed(at('11:00'))])
  expect(client).toMatchObject({ misses: 2, first: at('10:00'), last: at('11:00') })
})

describe('attempts to reach a client', () => {
  test('are told: how many, and when the last one was', () => {
    const [client] = clients([missed(at('10:00')), tried(at('10:10')), tried(at('12:00'), { cause: 'busy' }), missed(at('11:00'))])
    expect(client).toMatchObject({ misses: 2, attempts: 2, lastAttempt: at('12:00') })
  })
  test('also those whose end was lost, and those in which he picked up and nobody was there', () => {
    expect(clients([missed(at('10:00')), incomplete(at('10:10')), callback(at('10:20'), { onBehalf: true })])[0]).toMatchObject({ attempts: 2, lastAttempt: at('10:20') })
  })
  test('not a call of his that was answered and broke off', () => {
    expect(clients([missed(at('10:00')), tried(at('10:10'), { direction: 'incoming' })])[0]).toMatchObject({ attempts: 0 })
  })
  test('not those before he called', () => expect(clients([tried(at('09:00')), missed(at('10:00'))])[0]).toMatchObject({ attempts: 0 }))
  test('also one that crossed with his call', () => {
    expect(clients([tried(at('10:00:15'), { endedAt: at('10:00:35') }), missed(at('10:00'))])[0]).toMatchObject({ attempts: 1 })
  })
  test('not the leg of the missed callback itself, nor a colleague who was to take his call', () => {
    const [client] = clients([
      missed(at('10:00'), { callId: 'c1', callBackId: '77' }),
      callback(at('10:00'), { callId: 'c1', onBehalf: true }),
      tried(at('10:40'), { transfer: { client: CLIENT }, remoteNumber: MOBILE }),
      tried(at('10:50'), { transfer: { client: OTHER }, remoteNumber: CLIENT })
    ])
    expect(client).toMatchObject({ attempts: 0 })
    expect(client).not.toHaveProperty('lastAttempt')
  })
})

describe('numbers', () => {
  test('are compared by their digits, without a host', () => {
    const records = [missed(at('10:00'), { remoteNumber: '+7 (916) 000-00-01' }), missed(at('10:05'), { remoteNumber: '79160000001@10.0.0.7' })]
    expect(clients(records)).toMatchObject([{ number: '79160000001@10.0.0.7', digits: '79160000001', misses: 2 }])
    expect(whom(...records, answered(at('10:10')))).toEqual([])
  })
  test('of another spelling are other numbers: normaliseNumber is for that', () => {
    expect(whom(missed(at('10:00')), answered(at('10:10'), { remoteNumber: '89160000001' }))).toEqual([CLIENT])
  })
})

test('whoever hid his number cannot be called: his misses are counted', () => {
  const hidden = without(missed(at('10:00')), 'remoteNumber')
  const talk = without(answered(at('10:10')), 'remoteNumber')
  const word = missed(at('10:05'), { remoteNumber: 'anonymous@anonymous.invalid' })
  expect(toCallBack([hidden, word, talk], NIGHT)).toEqual({ clients: [], anonymous: 2 })
})

test('a colleague who called in vain is no client', () => {
  expect(toCallBack([missed(at('10:00'), { remoteNumber: '453*102', because: ['R-local'] })], NIGHT)).toEqual({ clients: [], anonymous: 0 })
})

describe('as it was at that time', () => {
  const records = [missed(at('10:00')), answered(at('10:10')), missed(at('12:00'), { remoteNumber: OTHER })]
  const numbersAt = (now: EpochMicros): ReadonlyArray<string> => clients(records, now).map(({ number }) => number)
  test('what ended later is left out', () => {
    expect(numbersAt(at('10:00'))).toEqual([])
    expect(numbersAt(at('10:00:30'))).toEqual([CLIENT])
    expect(numbersAt(at('10:12'))).toEqual([])
    expect(numbersAt(at('12:01'))).toEqual([OTHER])
  })
  test('a clock that counts milliseconds hides nobody', () => expect(numbersAt(at('10:05') / 1000)).toEqual([OTHER]))
})

test('of one id that comes several times the last record counts', () => {
  const miss = missed(at('10:00'), { callId: 'c1' })
  expect(clients([miss, miss, { ...miss, remoteNumber: OTHER, endedAt: miss.endedAt + minutes(1) }, missed(at('09:00') + seconds(1))]).map(({ number, misses }) => [number, misses])).toEqual([
    [CLIENT, 1],
    [OTHER, 1]
  ])
})
