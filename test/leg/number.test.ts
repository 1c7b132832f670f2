import { describe, expect, test } from 'vitest'
import { settingsOf } from '../../src/config/Config.js'
import { comparedDigits, isOwn, isOwnDialled, isWithoutNumber, normalised, prefixOf, unlessNumber, withoutPrefix, type Own } from '../../src/leg/number.js'

const unlisted = settingsOf({})
const listed = settingsOf({ directory: { '453*101': 'phone', '453*102': 'phone', reception: 'phone', '9*1x': 'phone' } })
const HOST = 'pbx.example'

/** Extension 453*101, called. */
const called: Own = { extension: '453*101', isCaller: false, parties: { calledExtension: `453*101@${HOST}` } }
/** Extension 453*101, calling that number. */
const calling = (calledNumber: string, parties: Own['parties'] = {}): Own => ({
  extension: '453*101', isCaller: true, parties: { callerExtension: `453*101@${HOST}`, calledNumber, ...parties }
})
const nobody: Own = { extension: undefined, isCaller: false, parties: {} }

describe('R-own: a number is an own extension', () => {
  test('by the directory, or by its shape with a prefix that is known', () => {
    const own = (number: string) => [isOwn(unlisted, number, called), isOwn(listed, number, called), isOwn(unlisted, number, nobody), isOwn(listed, number, nobody)]
    expect(own('453*555')).toEqual([true, true, true, true])
    expect(own('454*101')).toEqual([false, false, true, false])
    expect(own('reception')).toEqual([false, true, false, true])
    expect(own('+79160000001')).toEqual([false, false, false, false])
    expect(own('@pbx.example')).toEqual([false, false, false, false])
    expect(isOwn(listed, undefined, called)).toBe(false)
  })

  test('only the shape digits*digits has a prefix', () => {
    expect(['453*102', '9*1', undefined, '453', '453*', '*102', 'x453*102', '453*102x', '453102'].map(prefixOf)).toEqual(['453', '9', ...Array<undefined>(7)])
  })

  test('with a host only if that is the host of the leg\'s own extension, in any case, or if the leg has none to compare', () => {
    const own = (number: string, whose: Own) => isOwn(listed, number, whose)
    expect(own('453*102@PBX.example', called)).toBe(true)
    expect(own('453*102@partner.example', called)).toBe(false)
    expect(own('453*102@', called)).toBe(true)
    expect(own('453*102@partner.example', nobody)).toBe(true)
    expect(own('453*102@partner.example', { ...called, parties: { calledExtension: '453*101', calledNumber: `453*101@${HOST}` } })).toBe(false)
    expect(own('453*102@partner.example', { ...called, parties: { calledExtension: '453*101@' } })).toBe(true)
    // the host of somebody else's number says nothing
    expect(own('453*102@partner.example', { ...called, parties: { calledNumber: `453*109@${HOST}`, callerNumber: `453*101@${HOST}` } })).toBe(true)
    expect(own('453*102@partner.example', { ...called, isCaller: true, parties: { callerNumber: `453*101@${HOST}` } })).toBe(false)
    expect(own('453*102@partner.example', { ...called, isCaller: true, parties: { callerExtension: `453*101@${HOST}`, callerNumber: '453*101@partner.example' } })).toBe(false)
    expect(own('453*102@partner.example', { ...called, isCaller: true, parties: { calledExtension: `453*101@${HOST}` } })).toBe(true)
  })

  test('dialled: a colleague, a short number, a service code, or what the PBX says to be an extension', () => {
    const own = (number: string, parties?: Own['parties']) => isOwnDialled(listed, calling(number, parties))
    for (const number of ['453*555', '102', '*72', '#1', '*31#453*102', `102@${HOST}`]) expect(own(number)).toBe(true)
    for (const number of ['103', '+79160000001', '*31#+79160000001', '102@partner.example', '*72@partner.example']) expect(own(number)).toBe(false)
    expect(own('+79160000001', { calledExtension: '453*103' })).toBe(true)
    expect(own('+79160000001', { calledExtension: '@pbx.example' })).toBe(false)
    expect(own('@pbx.example', { calledExtension: '453*103' })).toBe(false)
    expect(isOwnDialled(listed, { ...called, parties: { calledExtension: '453*103' } })).toBe(false)
    const short = (extension: string | undefined) => isOwnDialled(listed, { ...calling('102'), extension })
    expect([short('453*1'), short('453'), short('*453'), short(undefined)]).toEqual([true, false, false, false])
  })
})

describe('R-own: the prefixes that hide or show the caller', () => {
  test('are no part of a number of at least seven digits', () => {
    expect(['*31#+79160000001', '#31#79160000001', '*67(916)0000', '*671234567@pbx.example'].map(withoutPrefix)).toEqual([
      '+79160000001', '79160000001', '(916)0000', '1234567@pbx.example'
    ])
    for (const code of ['*31#123456', '*67', '*72+79160000001', '#31#7916000#001', '+79160000001', '1*671234567', '*67x1234567', '*67123456@pbx1.example']) expect(withoutPrefix(code)).toBe(code)
  })
})

describe('R-remote: the number of a client', () => {
  const none = settingsOf({ normaliseNumber: (number) => (number === '00' ? undefined : number.replace(/^8/, '+7')) })

  test('is none without a digit before its host, or if normaliseNumber says so', () => {
    for (const word of ['Anonymous', 'anonymous@10.0.0.1', '@10.0.0.1']) expect(isWithoutNumber(unlisted, word)).toBe(true)
    expect([isWithoutNumber(unlisted, '00'), isWithoutNumber(none, '00'), isWithoutNumber(none, '1')]).toEqual([false, true, false])
  })

  test('is compared by its digits, as normaliseNumber gives it', () => {
    expect(['+7 (916) 000-00-01', '*31#+79160000001', '79160000001@10.0.0.1', undefined].map((number) => comparedDigits(unlisted, number))).toEqual([
      '79160000001', '79160000001', '79160000001', ''
    ])
    expect([comparedDigits(none, '89160000001'), comparedDigits(none, '00')]).toEqual(['79160000001', '00'])
    expect([normalised(none, '89160000001'), normalised(none, '00'), normalised(none, undefined)]).toEqual(['+79160000001', undefined, undefined])
  })

  test('is no name', () => {
    const name = (text: string | undefined, number = '+79160000001') => unlessNumber(unlisted, text, number)
    expect([name('+79160000001'), name('7 916 000-00-01'), name('79160000001@pbx.example'), name(undefined), name('Anonymous', 'Anonymous')]).toEqual(Array<undefined>(5))
    for (const kept of ['Reception', 'Reception 79160000001', '74950000001', '—', '@Reception']) expect(name(kept)).toBe(kept)
    expect(name('—', 'Anonymous')).toBe('—')
  })
})
