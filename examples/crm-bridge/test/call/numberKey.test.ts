import { expect, test } from 'vitest'
import { numberKey } from '../../src/call/numberKey.js'

test('one client, however his number is written', () => {
  const ways = ['+79160000001', '79160000001', '8 (916) 000-00-01', '+7 916 000 00 01']
  expect(new Set(ways.map(numberKey))).toEqual(new Set(['79160000001']))
})

test('an extension is no client, and neither is nobody', () => {
  expect(['453*101', '', undefined, 'anonymous'].map(numberKey)).toEqual([undefined, undefined, undefined, undefined])
})

test('eleven digits with an 8 are Russian only if they are eleven', () => {
  expect(numberKey('+8200000001')).toBe('8200000001')
})
