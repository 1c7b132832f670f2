import { minutes } from 'call-legs'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sendingsOf, type Programme } from '../../pbx/programme.js'
import { readRecording, toLines, type WireEvent } from '../../pbx/recording.js'
import { asOtherCalls } from '../../pbx/rounds.js'
import { spanOf, timeOf } from '../../pbx/times.js'

const read = (name: string): ReadonlyArray<WireEvent> => {
  const events = readRecording(readFileSync(new URL(`../../../events/${name}`, import.meta.url), 'utf8'))
  if ('reason' in events) throw new Error(events.reason)
  return events
}

const day = read('day.ndjson')
const NOW = 1_790_000_000_000_000
const plain: Programme = { method: 'post', seed: 1, shuffle: 0, repeat: 0, places: 5 }
const eventsOf = (programme: Partial<Programme>, events = day): ReadonlyArray<WireEvent> =>
  sendingsOf(events, { ...plain, ...programme }, NOW).map(({ event }) => event)
const withoutTimes = (events: ReadonlyArray<WireEvent>): ReadonlyArray<WireEvent> => events.map((event) => ({ ...event, EventTime: '' }))

describe('a recording', () => {
  it('is the same, read as JSON and as forms', () => {
    expect(day.length).toBeGreaterThan(400)
    expect(read('day.form')).toEqual(day)
    expect(readRecording(toLines(day))).toEqual(day)
  })

  it('that cannot be read names the line', () => {
    expect(readRecording('CallID=1\n\n{"CallID":2}')).toEqual({ line: 3, reason: 'an event is an object of texts' })
    expect(readRecording('{')).toEqual({ line: 1, reason: 'is no JSON' })
  })
})

describe('the times of a recording', () => {
  it('as fast as answered: the last event is now, and all distances are as they were', () => {
    const moved = eventsOf({})
    const shift = NOW - (spanOf(day)?.last ?? 0)
    expect(moved.map(timeOf)).toEqual(day.map((event) => (timeOf(event) ?? 0) + shift))
    expect(withoutTimes(moved)).toEqual(withoutTimes(day))
  })

  it('in tempo: each event happens when it is sent, and a late one is sent when it comes', () => {
    const speed = 60
    const sendings = sendingsOf(day, { ...plain, speed, shuffle: 0.3, repeat: 0.1 }, NOW)
    let last = 0
    const late = sendings.filter(({ event, after = -1 }) => {
      expect(after).toBeGreaterThanOrEqual(last)
      last = after
      expect((timeOf(event) ?? 0) - NOW).toBeLessThanOrEqual(Math.ceil(after * 1_000))
      return (timeOf(event) ?? 0) - NOW < after * 1_000 - 1
    })
    expect(late.length).toBeGreaterThan(50)
    const { first = 0, last: end = 0 } = spanOf(day) ?? {}
    expect(last).toBeCloseTo((end - first) / 1_000 / speed, -1)
  })

  it('with a live part: what was before has happened, and is sent at once', () => {
    const sendings = sendingsOf(day, { ...plain, speed: 2, live: minutes(30) }, NOW)
    const before = sendings.filter(({ after }) => after === 0)
    expect(before.length).toBeGreaterThan(300)
    expect(before.every(({ event }) => (timeOf(event) ?? 0) <= NOW)).toBe(true)
    expect(sendings.at(-1)?.after).toBeCloseTo(15 * 60_000, -1)
  })

  it('that are equal stay equal, and those that differ stay in order, however fast it goes', () => {
    const events = [5, 5, 6, 7].map((micro) => ({ EventTime: `178000000000000${micro}` }))
    const times = eventsOf({ speed: 100_000, live: minutes(1) }, events).map(timeOf)
    expect(times).toEqual([NOW - 0, NOW - 0, NOW + 1, NOW + 2])
  })
})

describe('the disorder of a playing', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(eventsOf({ shuffle: 0.3, repeat: 0.2 })).toEqual(eventsOf({ shuffle: 0.3, repeat: 0.2 }))
    expect(eventsOf({ shuffle: 0.3, repeat: 0.2 })).not.toEqual(eventsOf({ shuffle: 0.3, repeat: 0.2, seed: 2 }))
  })

  it('loses nothing, and has a bound', () => {
    const numbered = Array.from({ length: 2_000 }, (_, i) => ({ CallID: `${i}` }))
    const places = eventsOf({ shuffle: 0.5, repeat: 0.25, places: 7 }, numbered).map((event) => Number(event['CallID']))
    expect(new Set(places).size).toBe(2_000)
    expect(places.length).toBeGreaterThan(2_400)
    let largest = 0
    let late = 0
    for (const place of places) {
      largest = Math.max(largest, place)
      if (place < largest) late += 1
      expect(largest - place).toBeLessThanOrEqual(7)
    }
    expect(late).toBeGreaterThan(500)
  })

  it('has both methods if both are wanted', () => {
    expect(new Set(sendingsOf(day, { ...plain, method: 'both' }, NOW).map(({ method }) => method))).toEqual(new Set(['get', 'post']))
    expect(new Set(sendingsOf(day, { ...plain, method: 'get' }, NOW).map(({ method }) => method))).toEqual(new Set(['get']))
  })
})

describe('a second round', () => {
  const ids = (events: ReadonlyArray<WireEvent>, field: string): ReadonlySet<string | undefined> => new Set(events.map((event) => event[field]))

  it('is of other calls, whose ids agree as those of the first did', () => {
    const again = asOtherCalls(day, 1)
    for (const field of ['CallID', 'SubCallID', 'CallAPIID', 'RecID']) {
      const [first, second] = [ids(day, field), ids(again, field)]
      expect(second.size).toBe(first.size)
      expect([...second].filter((id) => id !== undefined && first.has(id))).toEqual([])
    }
    const firstLeg = again.find((event) => event['SubCallID']?.endsWith(event['CallID'] ?? '?'))
    expect(firstLeg?.['CallAPIID']?.replaceAll('-', '').endsWith(firstLeg['CallID'] ?? '?')).toBe(true)
    expect(again.map((event) => event['CallerIDNum'])).toEqual(day.map((event) => event['CallerIDNum']))
    expect(asOtherCalls(day, 0)).toBe(day)
  })
})
