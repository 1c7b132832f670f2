import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../laws/run.js'
import { decode, decodeErrorMessage, mergeFields, parseForm, RingMeEvent, type CallEvent } from '../../src/index.js'
import { callArb, toForm, toJson, wildCallArb } from '../pbx/index.js'

const fields = {
  EventType: 'dial-in',
  EventTime: '1780000686478202',
  CallID: '262077EF325f4868aa49bf22309229f7',
  SubCallID: '85219-E6bd7bb2622b424392a012e28473f91a',
  CallFlow: 'in',
  CallStatus: 'CALLING',
  CalledDID: '74950000001',
  CalledNumber: '453*102',
  CalledExtension: '453*102@pbx.example',
  CalledExtensionID: '85219',
  CallerIDName: '+79160000001',
  CallerIDNum: '+79160000001'
}

const known = (raw: unknown, receivedAt?: number): Partial<CallEvent> => {
  const read = decode(raw, receivedAt)
  if (isRight(read) && read.right.kind !== 'ignored') return JSON.parse(JSON.stringify(read.right))
  throw new Error(JSON.stringify(read))
}

const refused = (raw: unknown): string => {
  const read = decode(raw)
  return isLeft(read) ? decodeErrorMessage(read.left) : 'taken'
}

describe('an event', () => {
  test('has ids in lower case, microseconds, and who is on the line', () => {
    expect(known(fields)).toEqual({
      kind: 'dial',
      callId: '262077ef325f4868aa49bf22309229f7',
      subCallId: '85219-e6bd7bb2622b424392a012e28473f91a',
      at: 1_780_000_686_478_202,
      direction: 'incoming',
      status: 'CALLING',
      parties: {
        callerNumber: '+79160000001',
        callerName: '+79160000001',
        calledNumber: '453*102',
        did: '74950000001',
        calledExtension: '453*102@pbx.example',
        calledExtensionId: '85219'
      }
    })
  })

  test('is the same from an object, from JSON and from a form, numbers instead of texts included', () => {
    expect(known(toJson(fields))).toEqual(known(fields))
    expect(known(` \t${toJson(fields)}\r`)).toEqual(known(fields))
    expect(known(toForm(fields))).toEqual(known(fields))
    expect(known({ ...fields, EventTime: 1_780_000_686_478_202, CalledExtensionID: 85219 })).toEqual(known(fields))
  })

  test('times and durations are exact to the last microsecond, up to 2^53 - 1', () => {
    const digits = fc.oneof(
      fc.bigInt({ min: 9_007_199_254_740_900n, max: 9_007_199_254_741_100n }),
      fc.bigInt({ min: 1_000_000_000_000_000n, max: 9_999_999_999_999_999n })
    )
    fc.assert(
      fc.property(digits, fc.nat(3), (n, zeros) => {
        const exact = n < 2n ** 53n
        const duration = '0'.repeat(zeros) + String(n)
        expect(isRight(decode({ ...fields, EventTime: String(n) }))).toBe(exact)
        if (exact) expect(known({ ...fields, EventTime: String(n) }).at).toBe(Number(n))
        const hangup = known({ ...fields, EventType: 'hangup', Duration: duration })
        if (exact) expect(hangup.talkTime).toBe(Number(n))
        else expect(hangup.invalid).toEqual([{ field: 'Duration', value: duration }])
      })
    )
  })

  test('dial-in is in and dial-out is out, whatever CallFlow says', () => {
    expect(known({ ...fields, CallFlow: 'out' }).direction).toBe('incoming')
    expect(known({ ...fields, EventType: 'dial-out', CallFlow: 'in' }).direction).toBe('outgoing')
    expect(known({ ...fields, EventType: 'answer', CallFlow: 'OUT' }).direction).toBe('outgoing')
  })

  test('takes the time of its receipt if it has none of its own', () => {
    const { EventTime: _, ...untimed } = fields
    expect(known(untimed, 1_780_000_000_000_000.25)).toMatchObject({ at: 1_780_000_000_000_000, receivedAt: 1_780_000_000_000_000 })
    expect(refused(untimed)).toBe('EventTime is missing')
    expect(isLeft(decode(untimed, Number.NaN))).toBe(true)
  })

  test('an empty value is an absent one, an unknown field is tolerated', () => {
    expect(known({ ...fields, CallBackID: '', Novelty: { deep: ['x'] } })).toEqual(known(fields))
  })
})

describe('what spoils an event', () => {
  const cases: ReadonlyArray<readonly [string, unknown, string]> = [
    ['no kind', { ...fields, EventType: '' }, 'EventType is missing'],
    ['an unknown kind', { ...fields, EventType: 'dial' }, 'EventType "dial" is no kind of event that is known'],
    ['no CallID', { ...fields, CallID: undefined }, 'CallID is missing'],
    ['a CallID with a slash', { ...fields, CallID: 'a/b' }, 'CallID "a/b" has a / in it'],
    ['a CallID that is no text', { ...fields, CallID: [] }, 'CallID "an array" is not a text'],
    ['a huge CallID', { ...fields, CallID: 'x'.repeat(257) }, `CallID "${'x'.repeat(256)}" is longer than 256 characters`],
    ['a negative time', { ...fields, EventTime: '-5' }, 'EventTime "-5" is not 16 digits of microseconds, at most 9007199254740991'],
    ['a time of 30 digits', { ...fields, EventTime: '9'.repeat(30) }, `EventTime "${'9'.repeat(30)}" is not 16 digits of microseconds, at most 9007199254740991`],
    ['a time beyond 2^53', { ...fields, EventTime: '9007199254740992' }, 'EventTime "9007199254740992" is not 16 digits of microseconds, at most 9007199254740991'],
    ['a time that is no text', { ...fields, EventTime: [1] }, 'EventTime "an array" is not a text'],
    ['Bridged that is neither', { ...fields, Bridged: 'maybe' }, 'Bridged "maybe" is neither yes nor no'],
    ['Bridged that is no text', { ...fields, Bridged: true }, 'Bridged "true" is not a text'],
    ['no leg', { EventType: 'hangup', EventTime: fields.EventTime, CallID: 'c' }, 'SubCallID is missing, and no extension stands in for it'],
    ['JSON cut short', '{"EventType":"hang', 'the input "{\\"EventType\\":\\"hang" is not valid JSON'],
    ['JSON that is no object', '[1]', 'EventType is missing'],
    ['garbage', 'GET /favicon.ico', 'EventType is missing'],
    ['null', null, 'the input "null" is neither a text nor an object'],
    ['an array', [fields], 'the input "an array" is neither a text, nor fields, nor pairs of their names and values']
  ]
  for (const [name, raw, message] of cases) test(name, () => expect(refused(raw)).toBe(message))
})

describe('what does not', () => {
  test('CallFlow, Transfered, ExtType, Duration that mean nothing count as absent and are kept as invalid', () => {
    const odd = known({ ...fields, EventType: 'hangup', CallFlow: 'up', Transfered: 'perhaps', ExtType: 'door', Duration: '-1' })
    expect(odd.invalid).toEqual([
      { field: 'CallFlow', value: 'up' },
      { field: 'Duration', value: '-1' },
      { field: 'Transfered', value: 'perhaps' },
      { field: 'ExtType', value: 'door' }
    ])
    expect(odd).not.toHaveProperty('direction')
  })

  test('a field of more than 256 characters is a wrong value, and no more than that of it is kept', () => {
    const huge = known({ ...fields, CallerIDName: 'x'.repeat(1_000_000) })
    expect(huge.invalid).toEqual([{ field: 'CallerIDName', value: 'x'.repeat(256) }])
    expect(known({ ...fields, CallerIDName: 'x'.repeat(256) }).invalid).toBeUndefined()
  })

  test('Transfered=no is absent, fax is a type', () => {
    expect(known({ ...fields, Transfered: 'no', ExtType: 'FAX' })).toEqual({ ...known(fields), extensionType: 'fax' })
  })

  test('a SubCallID that names no leg: the own extension stands in for it', () => {
    const { SubCallID: _, ...without } = fields
    for (const SubCallID of [undefined, '', 'missed', 'MISSED', 'a/b', 'x'.repeat(300)]) {
      expect(known({ ...without, SubCallID }).subCallId).toBe('453*102')
    }
    expect(refused({ ...without, SubCallID: 'a/b', CalledNumber: 'c/d' })).toBe('SubCallID "a/b" names no leg, and no extension stands in for it')
  })

  test('events that are none of ours', () => {
    for (const EventType of ['message-in', 'message-out', 'voicemail', 'call_interactive']) {
      expect(decode({ EventType })).toEqual({ _tag: 'Right', right: { kind: 'ignored', eventType: EventType } })
    }
    expect(decode({ event_type: 'call-status-change' })).toMatchObject({ _tag: 'Right', right: { kind: 'ignored' } })
  })
})

test('a form: of a repeated key the first non-empty value counts, the query wins over the body', () => {
  expect(parseForm('a=&a=1&a=2&__proto__=x&constructor=y')).toEqual(Object.fromEntries([['a', '1'], ['__proto__', 'x'], ['constructor', 'y']]))
  expect(mergeFields(parseForm('ExtType=queue&b='), parseForm('ExtType=phone&b=2'))).toEqual({ ExtType: 'queue', b: '2' })
})

test('the codec and decode agree on every input, and an event goes over the wire and back', () => {
  const raws = fc.oneof(callArb, wildCallArb).chain(({ events }) => fc.constantFrom(...events, { EventType: 'hangup' }))
  fc.assert(
    fc.property(fc.oneof(raws, fc.anything()), (raw) => {
      const plain = decode(raw)
      const coded = RingMeEvent.decode(raw)
      if (isLeft(plain)) expect(isLeft(coded) && coded.left.map(({ message }) => message)).toEqual([decodeErrorMessage(plain.left)])
      else {
        expect(coded).toEqual(plain)
        if (plain.right.kind === 'ignored') return
        const again = decode(RingMeEvent.encode(plain.right))
        // the wire has no word for a direction that a dial contradicts, and none for what was invalid
        expect(again).toEqual({ _tag: 'Right', right: { ...plain.right, invalid: undefined } })
      }
    }),
    runs(2000)
  )
})

describe('what is no event is refused with the field and the reason', () => {
  const ok = { EventType: 'answer', EventTime: '1780000690000000', CallID: 'AB12', SubCallID: 'x' }
  const text = new URLSearchParams(ok).toString()

  test('whatever is neither a text, nor fields, nor pairs', () => {
    for (const none of [7, undefined, () => 1, Symbol('x'), [], [['EventType']].map(() => 7), new Set(['EventType']), [[7, 'x']]]) expect(refused(none)).toMatch(/^the input .*(is neither|not)|is missing/)
    expect(refused(7)).toBe('the input "7" is neither a text nor an object')
    expect(refused(null)).toBe('the input "null" is neither a text nor an object')
    expect(refused('{"a":')).toBe('the input "{\\"a\\":" is not valid JSON')
    expect(refused(new Proxy({ EventType: 'answer' }, { get: () => { throw new Error('none') } }))).toBe('the input cannot be read')
  })

  test('a time that a spreadsheet has shortened says so', () => {
    const lost = 'has lost its last digits: it must be 16 digits of microseconds'
    for (const time of ['1.78E+15', '1,78e15', '178E13', '1e+15']) expect(refused({ ...ok, EventTime: time })).toBe(`EventTime ${JSON.stringify(time)} ${lost}`)
    for (const time of ['x1.78E+15', '1.78E+15x', '1.78', 'e15']) expect(refused({ ...ok, EventTime: time })).not.toContain(lost)
  })

  test('pairs and bytes are read as fields, of a repeated name the first value that is not empty; a thousand pairs, and no more', () => {
    expect(known(new TextEncoder().encode(text))).toEqual(known(ok))
    expect(known(new TextEncoder().encode(text).buffer)).toEqual(known(ok))
    expect(known([['CallID', ''], ...Object.entries(ok), ['CallID', 'other']])).toEqual(known(ok))
    const more = (n: number) => [...Object.entries(ok), ...Array.from({ length: n - 4 }, (_, i) => [`x${i}`, ''])]
    expect(known(more(1000))).toEqual(known(ok))
    expect(refused(more(1001))).toContain('nor pairs of their names and values')
  })

  test('a leg that is called by its extension has its name in lower case; "missed" and a / name none', () => {
    expect(known({ ...ok, SubCallID: 'missed', CallFlow: 'in', CalledNumber: 'Reception' }).subCallId).toBe('reception')
    for (const name of ['missed', 'a/b']) expect(refused({ ...ok, SubCallID: '', CallFlow: 'in', CalledNumber: name })).toBe('SubCallID is missing, and no extension stands in for it')
  })
})
