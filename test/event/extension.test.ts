import { describe, expect, test } from 'vitest'
import { cutDomain, digitsOf, isCallersLeg, numericId, ownExtension } from '../../src/event/extension.js'
import { shown } from '../../src/event/DecodeError.js'

const parties = {
  callerNumber: '453*101@pbx.example', callerExtension: '453*102@pbx.example', callerExtensionId: '85102',
  calledNumber: '453*103@pbx.example', calledExtension: '453*104@pbx.example', calledExtensionId: '85103'
}

test('a name is cut at the first @; nothing is left of a host alone', () => {
  expect(['453*102@pbx.example', '453*102', '453*102@a@b', '@pbx.example', '', undefined].map(cutDomain)).toEqual(['453*102', '453*102', '453*102', undefined, '', undefined])
  expect([digitsOf('+7 (916) 0'), digitsOf('x'), digitsOf(undefined)]).toEqual(['79160', '', ''])
})

test('a numeric id stands before the dash of a SubCallID', () => {
  expect(['85219-e6bd', '09-', '85219', '-85219', 'e6bd-85219', '85/19-e', '85:19-e', '85 -e'].map(numericId)).toEqual(['85219', '09', ...Array<undefined>(6)])
})

describe('R-ext: the own extension', () => {
  const own = (subCallId: string, direction?: 'incoming' | 'outgoing', rule: 'phone' | 'ivr-or-queue' = 'phone', told: object = parties) =>
    ownExtension(subCallId, direction, told, rule)

  test('is the one whose id stands before the dash, whatever the flow', () => {
    for (const flow of ['incoming', 'outgoing', undefined] as const) {
      expect([own('85102-a', flow), own('85103-a', flow), own('85103-a', flow, 'ivr-or-queue')]).toEqual(['453*102', '453*103', '453*104'])
    }
    expect(own('85102-a', 'incoming', 'phone', { ...parties, callerExtension: '@pbx.example' })).toBe('453*103')
    expect(own('85103-a', 'outgoing', 'phone', { ...parties, calledNumber: undefined, calledExtension: undefined })).toBe('453*102')
  })

  test('is else told by the flow', () => {
    expect([own('x', 'incoming'), own('x', 'incoming', 'ivr-or-queue'), own('x', 'outgoing'), own('x')]).toEqual(['453*103', '453*104', '453*102', undefined])
    expect(own('x', 'outgoing', 'phone', { ...parties, callerExtension: undefined })).toBe('453*101')
    expect(own('x', 'incoming', 'phone', { ...parties, calledNumber: undefined })).toBe('453*104')
    expect(own('x', 'incoming', 'ivr-or-queue', { ...parties, calledExtension: undefined })).toBe('453*103')
    // an id is a number, and stands there whole
    expect(own('8510-a', 'incoming')).toBe('453*103')
    expect(own('85102', 'incoming')).toBe('453*103')
    expect(own('x-a', 'incoming', 'phone', { ...parties, callerExtensionId: 'x' })).toBe('453*103')
  })

  test('sends the events of its leg: the caller\'s or the called one', () => {
    const caller = (subCallId: string, direction?: 'incoming' | 'outgoing', told: object = parties) => isCallersLeg(subCallId, direction, told)
    expect([caller('85102-a', 'incoming'), caller('85103-a', 'outgoing'), caller('x', 'outgoing'), caller('x', 'incoming'), caller('x')]).toEqual([true, false, true, false, true])
    expect(caller('85102-a', 'incoming', { ...parties, callerExtension: undefined })).toBe(false)
  })
})

test('what a field held is shown as text, never longer than a field may be', () => {
  expect(['x'.repeat(300), 7, true, 7n, null, [1], {}, undefined, () => 1].map(shown)).toEqual([
    'x'.repeat(256), '7', 'true', '7', 'null', 'an array', 'an object', 'a undefined', 'a function'
  ])
})
