import { isRight } from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../laws/run.js'
import { correlator, decode, type CallRecord, type Change } from '../../src/index.js'
import { callArb, toForm, type WireEvent } from '../pbx/index.js'

const LEG = {
  CallID: 'ab12',
  SubCallID: '85101-ab12',
  CallFlow: 'in',
  CallerIDNum: '+79160000001',
  CallerIDName: 'Reception',
  CalledNumber: '453*101',
  CalledExtension: '453*101@pbx.example',
  CalledExtensionID: '85101',
  CalledDID: '74950000001'
}

type Fields = Readonly<Record<string, unknown>>

/** A talk of a minute, as three events, each changed on its way. */
const talk = (changed: (fields: Record<string, string>) => unknown): ReadonlyArray<unknown> =>
  [
    { EventType: 'dial-in', EventTime: '1780000000000000', CallStatus: 'CALLING', ...LEG },
    { EventType: 'answer', EventTime: '1780000005000000', CallStatus: 'ANSWER', ...LEG },
    { EventType: 'hangup', EventTime: '1780000065000000', CallStatus: 'ANSWER', Duration: '60000000', ...LEG }
  ].map(changed)

const calls = correlator({ directory: { '453*101': 'phone' } })

const changesOf = (inputs: ReadonlyArray<unknown>): ReadonlyArray<Change> => {
  let state = calls.initial
  const changes = inputs.flatMap((input) => {
    const [next, told] = calls.ingest(state, input)
    state = next
    return told
  })
  return [...changes, ...calls.drain(state)[1]]
}

const recordsOf = (changes: ReadonlyArray<Change>): ReadonlyArray<CallRecord> => changes.flatMap((change) => (change.change === 'registered' ? [change.record] : []))

const RIGHT = {
  kind: 'answered',
  extension: '453*101',
  remoteNumber: '+79160000001',
  remoteName: 'Reception',
  did: '74950000001',
  status: 'ANSWER',
  talkTime: 60_000_000
}

/** One talk, and nothing odd about it. */
const comesTo = (inputs: ReadonlyArray<unknown>, right: object = RIGHT): void => {
  const changes = changesOf(inputs)
  expect(changes.map(({ change }) => change)).toEqual(['registered'])
  expect(recordsOf(changes)[0]).toMatchObject(right)
}

const withFields = (fields: Fields) => talk((sent) => ({ ...sent, ...fields }))
const rawForm = (fields: Record<string, string>): string =>
  Object.entries(fields).map(([key, value]) => `${key}=${value.replaceAll('@', '%40')}`).join('&')

describe('what a proxy, a form, a spreadsheet or a person does to a value on its way costs no call', () => {
  test('as it was sent', () => comesTo(talk((sent) => sent)))

  test('a plus that a form did not encode', () => {
    comesTo(talk(rawForm))
    // a name that is the number is none
    expect(recordsOf(changesOf(talk((sent) => rawForm({ ...sent, CallerIDName: '+79160000001' }))))[0]?.kind).toBe('answered')
    for (const field of ['CallerIDNum', 'CalledNumber', 'RemoteNumber', 'CalledDID', 'CallerIDName']) {
      const decoded = decode(`EventType=dial-in&EventTime=1780000000000000&CallID=a&SubCallID=b&${field}=+79160000001`)
      expect(isRight(decoded) && JSON.stringify(decoded.right)).toContain('"+79160000001"')
    }
  })

  test('white space around a value, of any kind', () => {
    for (const space of [' ', '\t', '\r\n', '\u00A0', '\u200B', '\uFEFF', '\u2003', '\0', '\u200E']) {
      comesTo(talk((sent) => Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, value + space]))))
      comesTo(
        talk((sent) => Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, space === ' ' && /^\d+$/.test(value) ? value : space + value]))),
        RIGHT
      )
    }
  })

  test('the case of a word, whichever', () => {
    const words = ['EventType', 'CallFlow', 'CallStatus']
    for (const to of [(word: string) => word.toLowerCase(), (word: string) => word.toUpperCase(), (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()]) {
      comesTo(talk((sent) => Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, words.includes(key) ? to(value) : value]))))
    }
  })

  test('null, and the words for it', () => {
    for (const nothing of [null, 'null', 'NULL', 'undefined', ' null ', '""', "  "]) comesTo(withFields({ RemoteNumber: nothing, Transfered: nothing, RecID: nothing, Bridged: nothing, ExtType: nothing }))
    expect(changesOf([{ EventType: 'null', CallID: 'a' }])[0]).toMatchObject({ error: { field: 'EventType', reason: 'is missing' } })
  })

  test('a byte order mark before the text', () => {
    comesTo(talk((sent) => `\uFEFF${JSON.stringify(sent)}`))
    comesTo(talk((sent) => `\uFEFF${toForm(sent)}`))
  })

  test('a number that was encoded once or twice too often, or is the number of an address', () => {
    for (const number of ['%2B79160000001', '%252B79160000001', 'sip:+79160000001@10.20.30.40', 'SIPS:+79160000001', '<sip:+79160000001@pbx.example;user=phone>', '"A name" <sip:+79160000001@10.0.0.1:5060>', 'tel:+79160000001;phone-context=example', 'sip%3A%2B79160000001%40pbx.example', "'+79160000001", '"+79160000001"']) {
      comesTo(withFields({ CallerIDNum: number }))
    }
    expect(recordsOf(changesOf(withFields({ CallerIDName: 'sip:+79160000001@10.20.30.40' })))[0]?.remoteName).toBeUndefined()
    comesTo(withFields({ CallerIDName: '%D0%9A%D0%BB%D0%B8%D0%B5%D0%BD%D1%82' }), { ...RIGHT, remoteName: 'Клиент' })
    comesTo(withFields({ CallerIDName: '100% of it' }), { ...RIGHT, remoteName: '100% of it' })
    comesTo(withFields({ CallerIDNum: '%2B79160000001%20' }))
    comesTo(withFields({ CallerIDName: 'Reception%0D%0A' }), RIGHT)
    // a short one is told from an extension by its host alone, which has no port
    expect(recordsOf(changesOf(withFields({ CallerIDNum: 'sip:453*102@pbx.example:5060' })))).toEqual([])
    expect(recordsOf(changesOf(withFields({ CallerIDNum: 'sip:101@partner.example' })))[0]?.remoteNumber).toBe('101@partner.example')
  })

  test('an extension with something behind it, or encoded once too often', () => {
    comesTo(withFields({ CalledNumber: '453*101 ' }))
    comesTo(withFields({ CalledNumber: '453%2A101', CalledExtension: '453*101%40pbx.example' }))
  })

  test('a whole number with a fraction of nothing', () => {
    comesTo(talk((sent) => ({ ...sent, EventTime: `${String(sent['EventTime'])}.0`, ...(sent['Duration'] === undefined ? {} : { Duration: '60000000.00' }) })))
    expect(changesOf([{ ...LEG, EventType: 'answer', EventTime: '1.78E+15' }])[0]).toMatchObject({ error: { field: 'EventTime', reason: 'has lost its last digits: it must be 16 digits of microseconds' } })
  })

  test('a caller without a number', () => {
    for (const word of ['Anonymous', 'anonymous@anonymous.invalid', 'unknown', 'Restricted']) {
      const [record] = recordsOf(changesOf(withFields({ CallerIDName: null, CallerIDNum: word })))
      expect([record?.kind, record?.remoteNumber, record !== undefined && 'remoteName' in record ? record.remoteName : undefined]).toEqual(['answered', undefined, word.split('@')[0]])
    }
  })
})

describe('what is handed in', () => {
  const pairs = (sent: Record<string, string>) => Object.entries(sent)
  const kinds: Readonly<Record<string, (sent: Record<string, string>) => unknown>> = {
    'a URLSearchParams': (sent) => new URLSearchParams(sent),
    'a Map': (sent) => new Map(pairs(sent)),
    'pairs': pairs,
    'a generator of pairs, the first of a repeated name empty': function* (sent) {
      yield ['CallFlow', '']
      yield* pairs(sent)
    },
    'bytes of a form': (sent) => new TextEncoder().encode(toForm(sent)),
    'bytes of JSON, with a byte order mark': (sent) => new TextEncoder().encode(`\uFEFF${JSON.stringify(sent)}`),
    'an ArrayBuffer': (sent) => new TextEncoder().encode(toForm(sent)).buffer,
    'a Buffer': (sent) => Buffer.from(toForm(sent)),
    'a DataView': (sent) => new DataView(new TextEncoder().encode(toForm(sent)).buffer)
  }
  for (const [kind, from] of Object.entries(kinds)) test(kind, () => comesTo(talk(from)))

  test('is refused where it is nothing of the kind, and never throws', () => {
    const endless = function* (): Generator<readonly [string, string]> {
      for (;;) yield ['a', 'b']
    }
    const throwing = { [Symbol.iterator]: () => { throw new Error('not for you') } }
    for (const raw of [endless(), throwing, [1, 2], [['EventType']], new Set(['a']), new Uint8Array([255, 254, 0]), new Float64Array(3), [[Symbol('a'), 'b']]]) {
      expect(decode(raw)._tag).toBe('Left')
    }
  })
})

/** What may happen to a value without its meaning anything else. */
const harmless: ReadonlyArray<(field: string, value: string) => unknown> = [
  (_, value) => `${value} `,
  (_, value) => `\t${value}\r`,
  (_, value) => `${value}\u00A0`,
  (field, value) => (['EventType', 'CallFlow', 'CallStatus', 'Bridged', 'Transfered'].includes(field) ? value.toUpperCase() : value),
  (field, value) => (['CallerIDNum', 'CalledNumber', 'RemoteNumber'].includes(field) && /^\+\d+$/.test(value) ? value.replace('+', ' ') : value),
  (field, value) => (['CallerIDNum', 'CalledNumber', 'RemoteNumber'].includes(field) && /^\+\d+$/.test(value) ? value.replace('+', '%2B') : value)
]

test('any event that comes through any of these is the event that was sent', () => {
  const kept = (wire: unknown) => JSON.parse(JSON.stringify(decode(wire)))
  fc.assert(
    fc.property(callArb, fc.array(fc.constantFrom(...harmless), { minLength: 1, maxLength: 5 }), ({ events }, changes) => {
      for (const event of events) {
        // what is none of ours is told by the wire's own word
        if (isRight(decode(event)) && JSON.stringify(decode(event)).includes('"ignored"')) continue
        const damaged = (wire: WireEvent) => Object.fromEntries(Object.entries(wire).map(([field, value], i) => [field, changes[i % changes.length]?.(field, value) ?? value]))
        expect(kept({ ...damaged(event), Unknown: null, RecID: event['RecID'] ?? null })).toEqual(kept(event))
      }
    }),
    runs(300)
  )
})
