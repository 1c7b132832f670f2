import fc from 'fast-check'
import { isRight, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { callbackRequest, callbackRequestErrorMessage, type Extension } from '../../src/ports/index.js'

const extensions: ReadonlyArray<Extension> = [
  { id: '85218', name: '453*101', type: 'phone' },
  { id: '85219', name: '453*102', type: 'phone' },
  { id: '96857', name: '453*887', type: 'queue' },
  { id: '96800', name: '453*800', type: 'ivr' },
  { id: '96700', name: '453*700', type: 'fax' },
  { id: '96999', name: '453*999' },
  { id: '70001', name: '453*555', type: 'phone' },
  { id: '70002', name: '454*555', type: 'phone' }
]
const request = callbackRequest(extensions)
const client = '+79160000001'

describe('the source is an extension', () => {
  const built = right({ extensionId: '85219', sources: ['453*102'], destination: client, callerName: client, callerNumber: client })

  test('the request is addressed to it, and its phone shows the client\'s number', () => {
    expect(request({ source: '453*102', destination: client })).toEqual(built)
  })

  test('by its name with a domain, or its short number', () => {
    expect(request({ source: '453*102@pbx.example', destination: client })).toEqual(built)
    expect(request({ source: '102', destination: client })).toEqual(built)
  })

  test('even where the application names another to place calls', () => {
    expect(request({ source: '453*102', destination: client, via: '453*101' })).toEqual(built)
  })

  test('what the phone shows can be said otherwise, the one or the other', () => {
    expect(request({ source: '453*102', destination: client, callerName: 'Client of deal 42' })).toMatchObject({
      right: { callerName: 'Client of deal 42', callerNumber: client }
    })
    expect(request({ source: '453*102', destination: client, callerNumber: '42' })).toMatchObject({
      right: { callerName: client, callerNumber: '42' }
    })
  })

  test('an extension of a type that nobody knows may be a phone', () => {
    expect(request({ source: '453*999', destination: client })).toMatchObject({ right: { extensionId: '96999' } })
  })

  for (const [source, type] of [['453*887', 'queue'], ['887', 'queue'], ['453*800', 'ivr'], ['453*700', 'fax']] as const) {
    test(`${source} is refused: a ${type} has no handset`, () => {
      expect(request({ source, destination: client })).toEqual(
        left({ kind: 'not-a-phone', extension: source === '887' ? '453*887' : source, type })
      )
    })
  }

  test('one that the directory does not have is refused, since it cannot be addressed', () => {
    expect(request({ source: '453*109', destination: client })).toEqual(left({ kind: 'unknown-extension', extension: '453*109' }))
  })
})

describe('the source is a number', () => {
  test('the request is addressed to the extension that places the call, and nothing is shown otherwise', () => {
    for (const via of ['453*101', '85218', '453*101@pbx.example']) {
      expect(request({ source: '+79160000002', destination: client, via })).toEqual(
        right({ extensionId: '85218', sources: ['+79160000002'], destination: client })
      )
    }
  })

  test('without such an extension it is refused', () => {
    expect(request({ source: '+79160000002', destination: client })).toEqual(left({ kind: 'no-extension' }))
    expect(request({ source: '+79160000002', destination: client, via: '453*109' })).toEqual(
      left({ kind: 'unknown-extension', extension: '453*109' })
    )
  })

  test('a short number that two extensions share is a number', () => {
    expect(request({ source: '555', destination: client })).toEqual(left({ kind: 'no-extension' }))
  })
})

test('several sources ring at once; the first extension among them is addressed', () => {
  expect(request({ source: ['+79160000002', '453*101', '453*102'], destination: client })).toMatchObject({
    right: { extensionId: '85218', sources: ['+79160000002', '453*101', '453*102'], callerNumber: client }
  })
  expect(request({ source: ['453*101', '453*887'], destination: client })).toMatchObject({ left: { kind: 'not-a-phone' } })
})

describe('what cannot be sent is refused, with the field and what it held', () => {
  const call = { source: '453*102', destination: client }
  const wrong: ReadonlyArray<readonly [string, object, string]> = [
    ['source', { source: '' }, ''],
    ['source', { source: [] }, ''],
    ['source', { source: ['453*102', 'sip:x'] }, 'sip:x'],
    ['destination', { destination: '' }, ''],
    ['destination', { destination: '+7 (916) 000-00-01' }, '+7 (916) 000-00-01'],
    ['destination', { destination: '7916\n0000001' }, '7916\n0000001'],
    ['destination', { destination: '1'.repeat(33) }, '1'.repeat(33)],
    ['callerNumber', { callerNumber: 'abc' }, 'abc'],
    ['callerName', { callerName: '' }, ''],
    ['callerName', { callerName: 'a\u0000b' }, 'a\u0000b'],
    ['callerName', { callerName: '\ud800' }, '\ud800'],
    ['sourceCallerName', { sourceCallerName: 'x'.repeat(129) }, 'x'.repeat(129)],
    ['announceSoundId', { announceSoundId: 0 }, '0'],
    ['destinationAnnounceSoundId', { destinationAnnounceSoundId: 1.5 }, '1.5'],
    ['maxDuration', { maxDuration: 999_999 }, '999999'],
    ['maxDuration', { maxDuration: 1_500_000 }, '1500000'],
    ['maxDuration', { maxDuration: Number.NaN }, 'NaN'],
    ['destinationTones', { destinationTones: '1A' }, '1A']
  ]
  for (const [field, wish, value] of wrong) {
    test(JSON.stringify(wish).slice(0, 60), () => {
      expect(request({ ...call, ...wish })).toMatchObject({ left: { kind: 'invalid', field, value } })
    })
  }
})

test('whatever is clicked, the request is one that the vendor documents, or an error with a sentence', () => {
  const number = fc.oneof(
    fc.constantFrom(...extensions.map(({ name }) => name), '102', '887', '+79160000001', '*8', '', '453*109'),
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^\+?[0-9*#]{1,34}$/)
  )
  fc.assert(
    fc.property(fc.oneof(number, fc.array(number, { maxLength: 4 })), number, fc.option(number, { nil: undefined }), (source, destination, via) => {
      const built = request({ source, destination, ...(via === undefined ? {} : { via }) })
      if (isRight(built)) {
        const { extensionId, sources } = built.right
        expect(extensions.map(({ id }) => id)).toContain(extensionId)
        expect(sources.length).toBeGreaterThan(0)
        for (const one of [...sources, built.right.destination]) expect(one).toMatch(/^\+?[0-9*#]{1,32}$/)
        for (const one of sources) expect(['453*887', '453*800', '453*700']).not.toContain(one)
      } else expect(callbackRequestErrorMessage(built.left)).not.toBe('')
    })
  )
})

test('every error has a sentence', () => {
  expect(callbackRequestErrorMessage({ kind: 'not-a-phone', extension: '453*800', type: 'ivr' })).toBe(
    '453*800 is an IVR: it cannot be the source of a call'
  )
  expect(callbackRequestErrorMessage({ kind: 'unknown-extension', extension: '453*109' })).toBe('the directory has no extension 453*109')
  expect(callbackRequestErrorMessage({ kind: 'no-extension' })).toBe('the source is no extension: say in `via` which extension places the call')
  expect(callbackRequestErrorMessage({ kind: 'invalid', field: 'source', value: '', reason: 'is empty' })).toBe('source "" is empty')
})
