import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { recordDay } from '../../examples/events/record-day.js'
import { directory, flows, timeOf, type WireEvent } from './index.js'

const { calls, files } = recordDay()

const lines = (name: string): ReadonlyArray<string> => (files[name] ?? '').trimEnd().split('\n')
const events: ReadonlyArray<WireEvent> = lines('day.form').map((line) => Object.fromEntries(new URLSearchParams(line)))

describe('the recorded day', () => {
  test.each(Object.keys(files))('%s is what the program makes', (name) => {
    expect(readFileSync(new URL(`../../examples/events/${name}`, import.meta.url), 'utf8')).toBe(files[name])
  })

  test('both recordings hold the same events', () => {
    expect(lines('day.ndjson').map((line): unknown => JSON.parse(line))).toEqual(events)
  })

  test('the directory is the company\'s', () => {
    expect(JSON.parse(files['../directory.json'] ?? '')).toEqual(directory)
  })

  test('some eighty calls, every flow among them but those that came later', () => {
    expect(calls.length).toBeGreaterThanOrEqual(60)
    expect(calls.length).toBeLessThanOrEqual(90)
    expect(new Set(calls.map(({ flow }) => flow))).toEqual(new Set(flows.map(({ name }) => name).filter((name) => !name.endsWith('by a code'))))
    expect(new Set(events.map((event) => event['CallID']))).toEqual(new Set(calls.map(({ callId }) => callId)))
  })

  test('from 8:55 to 18:10 in Moscow', () => {
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
    expect(new Set(lines('day.ndjson')).size).toBeLessThan(events.length)
  })
})
