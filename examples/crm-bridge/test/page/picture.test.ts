import { correlator } from 'call-legs'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { english } from '../../src/page/en.js'
import { pictureOf } from '../../src/page/picture.js'
import { russian } from '../../src/page/ru.js'
import type { Words } from '../../src/page/words.js'

const read = (name: string): string => readFileSync(fileURLToPath(new URL(`../../../${name}`, import.meta.url)), 'utf8')

const calls = correlator({ directory: JSON.parse(read('directory.json')) })
const lines = read('events/day.ndjson').trim().split('\n')
const state = lines.reduce((before, line) => calls.ingest(before, line)[0], calls.initial)
const ids = [...new Set(lines.flatMap((line) => /"CallID":"([0-9a-f]+)"/.exec(line)?.[1] ?? []))]

/** Every text of the pictures of the bundled day, those for whoever cannot see them as well. */
const texts = (words: Words): ReadonlyArray<string> =>
  ids.flatMap((id) => {
    const explanation = calls.explain(state, id, Infinity)
    const picture = explanation === undefined ? '' : pictureOf({ ...explanation, callId: '1', legs: explanation.legs }, '', words, { id: 'p', width: 900 })
    return [...picture.matchAll(/<(?:text|tspan|title|desc)\b[^>]*>([^<]+)/g)].map(([, text = '']) => text)
  })

test('the picture speaks Russian, whatever came of a call', () => {
  const foreign = texts(russian).filter((text) => /[a-z]{2,}/.test(text.replace(/&\w+;/g, '')))
  expect(texts(russian).length).toBeGreaterThan(500)
  expect(foreign).toEqual([])
})

test('it names no rule and nothing of the wire', () => {
  for (const words of [english, russian]) expect(texts(words).filter((text) => /R-|Bridged|record/.test(text))).toEqual([])
})
