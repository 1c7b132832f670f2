import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { decode, RingMeEvent, type CallEvent } from '../../src/index.js'

/** An event in which every field of the wire has a value of its own. */
const ALL = {
  EventType: 'hangup', EventTime: '1780000750238219', CallID: 'ab12', SubCallID: '85219-ab12', CallAPIID: 'api-1', CallFlow: 'out', CallStatus: 'ANSWER',
  CallerIDNum: '453*102', CallerIDName: 'Reception', CalledNumber: '+79160000001', CalledDID: '74950000001',
  CallerExtension: '453*102@pbx.example', CallerExtensionID: '85219', CalledExtension: '453*103@pbx.example', CalledExtensionID: '85220',
  Duration: '11420018', RecID: 'Rec-1', Bridged: 'yes', Transfered: 'yes', RemoteNumber: '+79160000002', CallBackID: '77', ExtType: 'phone'
}

const decoded = (fields: object): CallEvent => {
  const read = decode(fields)
  if (isRight(read) && read.right.kind !== 'ignored') return read.right
  throw new Error(JSON.stringify(read))
}

describe('an event is encoded into the vendor\'s fields', () => {
  test('all of them', () => expect(RingMeEvent.encode(decoded(ALL))).toEqual(ALL))

  test('a dial tells its direction by its kind, what is not known is no field', () => {
    const dialled = { ...ALL, EventType: 'dial-out' }
    expect(RingMeEvent.encode(decoded(dialled))).toEqual(dialled)
    const rung = { EventType: 'dial-in', EventTime: ALL.EventTime, CallID: 'ab12', SubCallID: 'x', CallFlow: 'in' }
    expect(RingMeEvent.encode(decoded(rung))).toEqual(rung)
    const bare = { EventType: 'answer', EventTime: ALL.EventTime, CallID: 'ab12', SubCallID: 'x' }
    expect(RingMeEvent.encode(decoded(bare))).toEqual(bare)
    expect(RingMeEvent.encode({ ...decoded(bare), kind: 'dial', at: 5 })).toMatchObject({ EventType: 'dial-in', EventTime: '0000000000000005' })
  })

  test('one that is none of ours keeps what the wire called it', () => {
    expect(RingMeEvent.encode({ kind: 'ignored', eventType: 'voicemail' })).toEqual({ EventType: 'voicemail' })
  })
})

describe('the codec tells an event from what is none', () => {
  test('by its kind, its ids, its time and who is on the line', () => {
    const event = decoded(ALL)
    for (const kind of ['dial', 'answer', 'hangup']) expect(RingMeEvent.is({ ...event, kind })).toBe(true)
    expect(RingMeEvent.is({ kind: 'ignored', eventType: 'voicemail' })).toBe(true)
    for (const none of [null, undefined, 'dial', {}, { ...event, kind: 'ring' }, { kind: 'ignored' }, { kind: 'ignored', eventType: 7 }]) expect(RingMeEvent.is(none)).toBe(false)
    for (const missing of ['callId', 'subCallId', 'at', 'parties'] as const) {
      const { [missing]: _, ...rest } = event
      expect(RingMeEvent.is(rest)).toBe(false)
    }
  })

  test('and its errors name the field', () => {
    const refused = RingMeEvent.decode({ ...ALL, Bridged: 'maybe' })
    expect(isLeft(refused) && refused.left.map(({ message, context }) => [message, context.map(({ key }) => key)])).toEqual([['Bridged "maybe" is neither yes nor no', ['', 'Bridged']]])
    const unread = RingMeEvent.decode(7)
    expect(isLeft(unread) && unread.left.map(({ context }) => context.length)).toEqual([1])
    expect(RingMeEvent.decode(ALL)).toEqual({ _tag: 'Right', right: decoded(ALL) })
  })
})

describe('a field that means nothing is absent, and told by its own name', () => {
  const lenient = Object.keys(ALL).filter((field) => !['EventType', 'EventTime', 'CallID', 'Bridged'].includes(field))
  const odd = (field: string, value: unknown) => decoded({ ...ALL, [field]: value }).invalid

  test.each(lenient)('%s', (field) => {
    expect(odd(field, 'x'.repeat(257))).toEqual([{ field, value: 'x'.repeat(256) }])
    expect(odd(field, { a: 1 })).toEqual([{ field, value: 'an object' }])
    for (const absent of ['', ' ', null, undefined, 'null', '"undefined"']) expect(odd(field, absent)).toBeUndefined()
  })

  test('a word that is none of the field\'s', () => {
    for (const field of ['CallFlow', 'Duration', 'Transfered', 'ExtType']) expect(odd(field, 'maybe')).toEqual([{ field, value: 'maybe' }])
    for (const [field, words] of Object.entries({ CallFlow: ['in', 'Out', 'OUT', 'IN', 'In'], Transfered: ['no', 'No', 'YES'], ExtType: ['phone', 'IVR', 'Queue', 'fax'] })) {
      for (const word of words) expect(odd(field, word)).toBeUndefined()
    }
    expect(['no', 'YES', 'No'].map((word) => decoded({ ...ALL, Transfered: word }).transferred)).toEqual([undefined, true, undefined])
    expect(['phone', 'IVR', 'Queue', 'FAX'].map((word) => decoded({ ...ALL, ExtType: word }).extensionType)).toEqual(['phone', 'ivr', 'queue', 'fax'])
    expect(['IN', 'Out'].map((word) => decoded({ ...ALL, CallFlow: word }).direction)).toEqual(['incoming', 'outgoing'])
  })
})
