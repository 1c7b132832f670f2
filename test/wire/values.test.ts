import { isRight, left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { CallEvent } from '../../src/event/CallEvent.js'
import { decode } from '../../src/wire/ringme/decode.js'

const SENT = { EventType: 'hangup', EventTime: '1780000686478202', CallID: 'ab12', SubCallID: '85219-ab12', CallFlow: 'in' }

/** The event with this field. */
const withField = (field: string, value: unknown): CallEvent => {
  const decoded = decode({ ...SENT, [field]: value })
  if (!isRight(decoded) || decoded.right.kind === 'ignored') throw new Error(`${field}=${String(value)} is no event`)
  return decoded.right
}

const invalid = (event: CallEvent): ReadonlyArray<string> => (event.invalid ?? []).map(({ field }) => field)

/** A text that was encoded so many times too often. */
const encoded = (text: string, times: number): string => (times === 0 ? text : encodeURIComponent(encoded(text, times - 1)))

describe('a number, as it suffers on its way', () => {
  test.each([
    ['as it is', '+79160000001', '+79160000001'],
    ['without a plus', '79160000001', '79160000001'],
    ['of an extension', '453*102', '453*102'],
    ['a service code', '*31#+79160000001', '*31#+79160000001'],
    ['as a number of JSON', 79160000001, '79160000001'],
    ['a plus that was sent raw', ' 79160000001', '+79160000001'],
    ['white space behind', '79160000001 ', '79160000001'],
    ['a space before more than digits', ' 7916-0000001', '7916-0000001'],
    ['in quotes', '"+79160000001"', '+79160000001'],
    ['in quotes, with space within', '" 79160000001 "', '79160000001'],
    ['a quote alone', '"', '"'],
    ['a quote before', '"7916', '"7916'],
    ['a quote behind', '7916"', '7916"'],
    ['a quote within quotes', '"79"16"', '"79"16"'],
    ["a spreadsheet's apostrophe", "'+79160000001", '+79160000001'],
    ['an apostrophe before a word', "'x'", "'x'"],
    ['an apostrophe within', "x'7'", "x'7'"],
    ['encoded once', encoded('+79160000001', 1), '+79160000001'],
    ['encoded twice', encoded('+79160000001', 2), '+79160000001'],
    ['encoded three times', encoded('+79160000001', 3), '+79160000001'],
    ['encoded more often than anybody does', encoded('+79160000001', 4), encoded('+79160000001', 1)],
    ['a star that was encoded', '453%2A102', '453*102'],
    ['nothing that was encoded', '79%1', '79%1'],
    ['half of a code', '7916%2', '7916%2'],
    ['a percentage', '100% 7', '100% 7'],
    ['bytes that are no text', '7916%FF', '7916%FF'],
    ['an address', 'sip:+79160000001@pbx.example', '+79160000001'],
    ['a safe address', 'sips:+79160000001@pbx.example:5061', '+79160000001'],
    ['an address in brackets, with a name', 'Anna <sip:+79160000001@pbx.example>', '+79160000001'],
    ['an address with parameters', 'tel:+79160000001;phone-context=x', '+79160000001'],
    ['a short number keeps its host', 'sip:123456@pbx.example', '123456@pbx.example'],
    ['seven digits are no short number', 'sip:1234567@pbx.example', '1234567'],
    ['an extension keeps its host', 'sip:453*1020000@pbx.example', '453*1020000@pbx.example'],
    ['an address without digits', 'sip:anonymous@pbx.example', 'sip:anonymous@pbx.example'],
    ['no address', 'xsip:+79160000001@pbx.example', 'xsip:+79160000001@pbx.example'],
    ['no address in brackets', '<xsip:79160000001@pbx.example>', '<xsip:79160000001@pbx.example>'],
    ['an address that was encoded', encoded('sip:+79160000001@pbx.example', 1), '+79160000001']
  ])('%s', (_, sent, number) => {
    const event = withField('CallerIDNum', sent)
    expect([event.parties.callerNumber, invalid(event)]).toEqual([number, []])
  })

  test.each([[''], [' '], [null], [undefined], ['null'], ['NULL'], ['undefined'], [' undefined '], ['\u200B\u0000'], ['""']])('%j is nothing', (sent) => {
    const event = withField('CallerIDNum', sent)
    expect([event.parties.callerNumber, invalid(event)]).toEqual([undefined, []])
  })

  test.each([[Number.NaN], [Infinity], [-Infinity], [true], [{}], [['7']], [Symbol('7')], ['7'.repeat(257)]])('%o is told', (sent) => {
    const event = withField('CallerIDNum', sent)
    expect([event.parties.callerNumber, invalid(event)]).toEqual([undefined, ['CallerIDNum']])
  })
})

describe('a name', () => {
  test.each([
    ['as it is', 'Anna', 'Anna'],
    ['in Cyrillic', 'Анна', 'Анна'],
    ['with space around', ' \u200BАнна\u00A0', 'Анна'],
    ['that ends in a word for nothing', 'Ann  Null', 'Ann  Null'],
    ['that begins with one', 'nullSmith', 'nullSmith'],
    ['that is nothing but a number whose plus was lost', ' 79160000001', '+79160000001'],
    ['that is an encoded number', '%2B79160000001', '+79160000001'],
    ['that was encoded', 'Anna%2C', 'Anna,'],
    ['that has a percentage', '50% off', '50% off'],
    ['that is the address of a number', 'sip:+79160000001@pbx.example', '+79160000001'],
    ['that is the address of a number without a plus', 'sip:79160000001@pbx.example', '79160000001'],
    ['that is the address of a name', 'sip:anna@pbx.example', 'sip:anna@pbx.example'],
    ['that is the address of a name with digits behind', 'sip:a1234567@pbx.example', 'sip:a1234567@pbx.example'],
    ['that is the address of a name with digits before', 'sip:1234567a@pbx.example', 'sip:1234567a@pbx.example'],
    ['that has a colon', 'Line: 5', 'Line: 5']
  ])('%s', (_, sent, name) => {
    const event = withField('CallerIDName', sent)
    expect([event.parties.callerName, invalid(event)]).toEqual([name, []])
  })

  test('of an extension with its host, encoded or not', () => {
    expect(withField('CalledExtension', '453*102@pbx.example').parties.calledExtension).toBe('453*102@pbx.example')
    expect(withField('CalledExtension', '453%2A102%40pbx.example').parties.calledExtension).toBe('453*102@pbx.example')
  })

  test('of 256 characters is one, also with space around; of 257 it is none', () => {
    expect(withField('CallerIDName', 'x'.repeat(256)).parties.callerName).toBe('x'.repeat(256))
    const spaced = withField('CallerIDName', ` ${'x'.repeat(256)} `)
    expect([spaced.parties.callerName, invalid(spaced)]).toEqual(['x'.repeat(256), []])
    expect(invalid(withField('CallerIDName', ` ${'x'.repeat(257)} `))).toEqual(['CallerIDName'])
  })
})

describe('a word counts in any case', () => {
  test.each([['in', 'incoming'], ['IN', 'incoming'], ['In', 'incoming'], ['out', 'outgoing'], ['OUT', 'outgoing'], ['Out', 'outgoing'], ['inward', undefined]])('CallFlow %s', (sent, direction) => {
    const event = withField('CallFlow', sent)
    expect([event.direction, invalid(event)]).toEqual([direction, direction === undefined ? ['CallFlow'] : []])
  })

  test.each([['yes', 'yes'], ['YES', 'yes'], ['no', 'no'], ['No', 'no']])('Bridged %s', (sent, bridged) => {
    expect(withField('Bridged', sent).bridged).toBe(bridged)
  })

  test.each([['yes', true, []], ['YES', true, []], ['no', undefined, []], ['perhaps', undefined, ['Transfered']]])('Transfered %s', (sent, transferred, told) => {
    const event = withField('Transfered', sent)
    expect([event.transferred, invalid(event)]).toEqual([transferred, told])
  })

  test.each([[undefined, undefined, []], ['', undefined, []], ['history', 'history', []], ['History', 'history', []], ['somebody', undefined, ['ToldBy']]])('ToldBy %s', (sent, toldBy, told) => {
    const event = withField('ToldBy', sent)
    expect([event.toldBy, invalid(event)]).toEqual([toldBy, told])
  })

  test.each([['phone', 'phone'], ['IVR', 'ivr'], ['Queue', 'queue'], ['fax', 'fax'], ['door', undefined]])('ExtType %s', (sent, type) => {
    const event = withField('ExtType', sent)
    expect([event.extensionType, invalid(event)]).toEqual([type, type === undefined ? ['ExtType'] : []])
  })
})

describe('a length of time', () => {
  test.each([
    ['12', 12], ['0', 0], ['12.0', 12], ['12.000', 12], ['00000000000000012', 12], [12, 12], ['9007199254740991', 9007199254740991],
    ['.0', 0], ['12.5', undefined], ['1.05', undefined], ['-1', undefined], ['1e3', undefined], ['9007199254740993', undefined], ['12:00', undefined], ['1/2', undefined]
  ])('Duration %s', (sent, talkTime) => {
    const event = withField('Duration', sent)
    expect([event.talkTime, invalid(event)]).toEqual([talkTime, talkTime === undefined ? ['Duration'] : []])
  })

  test.each([['1780000686478202', 1780000686478202], ['1780000686478202.0', 1780000686478202], [1780000686478202, 1780000686478202]])('EventTime %s', (sent, at) => {
    expect(withField('EventTime', sent).at).toBe(at)
  })

  test.each([['178000068647820'], ['17800006864782020'], ['178000068647820.0'], ['1780000686478202.5'], ['178000068647820x']])('EventTime %s is none', (EventTime) => {
    const reason = 'is not 16 digits of microseconds, at most 9007199254740991'
    expect(decode({ ...SENT, EventTime })).toEqual(left({ field: 'EventTime', value: EventTime, reason }))
  })
})

describe('whatever an event comes in', () => {
  const json = JSON.stringify(SENT)
  const form = new URLSearchParams(SENT).toString()
  const event = decode(SENT)
  const bytes = new TextEncoder().encode(json)
  const shared = new SharedArrayBuffer(bytes.length)
  new Uint8Array(shared).set(bytes)

  test.each([
    ['JSON', json], ['a form', form], ['JSON behind a byte order mark', `\uFEFF${json}`], ['a form behind white space', `\r\n ${form}`],
    ['bytes', bytes], ['a view of bytes', new DataView(bytes.buffer)], ['a buffer', bytes.buffer], ['a shared buffer', new Uint8Array(shared)], ['a buffer of Node', Buffer.from(form)],
    ['pairs', Object.entries(SENT)], ['a map', new Map(Object.entries(SENT))], ['URLSearchParams', new URLSearchParams(form)],
    ['pairs of which the first that is not empty counts', [['CallID', ''], ...Object.entries(SENT), ['CallID', 'other']]],
    ['an object without a prototype', Object.assign(Object.create(null), SENT)],
    ['an object that has a length of bytes and a type in capitals', { ...SENT, byteLength: 3 }],
    ['an object whose iterator is none', { ...SENT, [Symbol.iterator]: 7 }]
  ])('%s', (_, raw) => {
    expect(decode(raw)).toEqual(event)
  })

  test.each([
    [5, '5', 'is neither a text nor an object'], [true, 'true', 'is neither a text nor an object'], [undefined, '', 'is neither a text nor an object'],
    ['{"EventType"', '{"EventType"', 'is not valid JSON'],
    [[['EventType', 'hangup'], [7, 'x']], 'an array', 'is neither a text, nor fields, nor pairs of their names and values'],
    [new Set(['x']), 'an object', 'is neither a text, nor fields, nor pairs of their names and values']
  ])('%o is refused', (raw, value, reason) => {
    expect(decode(raw)).toEqual(left({ field: '', value, reason }))
  })
})
