import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { storyNames } from '../../src/testing/index.js'

const file = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

test('the property of testing.md is the one that runs', () => {
  const [, property = ''] = [...file('docs/testing.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code)
  expect(property.split('\n').length).toBeGreaterThan(8)
  expect(file('examples/testing/adapter.test.ts')).toContain(property)
})

test('testing.md says how many stories there are', () => {
  expect(storyNames.length).toBe(42)
  expect(file('docs/testing.md')).toContain('forty-two ways in which calls go')
})
