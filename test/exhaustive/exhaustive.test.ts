import { expect, test } from 'vitest'
import { tryWorlds } from './worlds.js'

test('every call of up to three events, in every order: the library says what the reference says', () => {
  const { sets, calls, wrong } = tryWorlds(3)
  expect(wrong).toEqual([])
  expect([sets, calls]).toEqual([987, 5220])
})
