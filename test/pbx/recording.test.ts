import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { directory, timeOf, type WireEvent } from './index.js'

const file = (name: string): string => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8')
const lines = (name: string): ReadonlyArray<string> => file(name).trimEnd().split('\n')
const events: ReadonlyArray<WireEvent> = lines('events/day.form').map((line) => Object.fromEntries(new URLSearchParams(line)))

describe('the recorded day', () => {
  test('both recordings hold the same events', () => {
    expect(lines('events/day.ndjson').map((line): unknown => JSON.parse(line))).toEqual(events)
  })

  test('the directory is the company\'s', () => {
    expect(JSON.parse(file('directory.json'))).toEqual(directory)
  })

  test('some eighty calls, from 8:55 to 18:10 in Moscow', () => {
    const { size } = new Set(events.map((event) => event['CallID']))
    expect(size).toBeGreaterThanOrEqual(60)
    expect(size).toBeLessThanOrEqual(90)
    const times = events.flatMap((event) => timeOf(event) ?? []).map((time) => new Date(time / 1000).toISOString()).sort()
    expect(times[0]).toMatch(/^2026-06-03T05:55/)
    expect(times.at(-1)?.slice(0, 16) ?? '').toMatch(/^2026-06-03T15:0[4-9]/)
  })

  test('some events are ignored, some have unknown fields, a handful come late or again', () => {
    expect(events.filter((event) => event['SubCallID'] === undefined).length).toBeGreaterThan(0)
    expect(events.filter((event) => 'AccountName' in event || 'X-Trace' in event).length).toBeGreaterThan(0)
    const times = events.flatMap((event) => timeOf(event) ?? [])
    const early = times.filter((time, i) => i > 0 && time < (times[i - 1] ?? 0)).length
    expect(early).toBeGreaterThan(3)
    expect(early).toBeLessThan(12)
    expect(new Set(lines('events/day.ndjson')).size).toBeLessThan(events.length)
  })
})
