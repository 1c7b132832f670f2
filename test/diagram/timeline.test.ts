import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ticksOf } from '../../src/diagram/axis.js'
import { timeline } from '../../src/diagram/timeline.js'
import { hours, seconds, type CallEvent } from '../../src/index.js'
import { parsed, type Parsed } from '../interactive/parsed.js'
import { decoded } from '../laws/run.js'
import { callArb, companyConfig, wildCallArb } from '../pbx/index.js'
import { at, CLIENT, forward, incoming, MOBILE } from '../rules/story.js'
import { explained } from './explained.js'

const all = (element: Parsed): ReadonlyArray<Parsed> => [element, ...element.children.flatMap(all)]
const textOf = (element: Parsed): string => element.text + element.children.map(textOf).join('')
const ofClass = (svg: string, name: string): ReadonlyArray<Parsed> => all(parsed(svg)).filter(({ attributes }) => attributes['class']?.split(' ').includes(name) === true)
const texts = (svg: string): ReadonlyArray<string> => all(parsed(svg)).filter(({ name }) => name === 'text').map(textOf)
const named = (svg: string, name: string): Parsed | undefined => all(parsed(svg)).find((element) => element.name === name)
/** The bars, without the swatches of the legend. */
const bars = (svg: string, name: string) => ofClass(svg, name).filter(({ attributes }) => attributes['height'] === '14').map(({ attributes }) => [Number(attributes['x']), Number(attributes['width'])])

const queue = incoming(887, CLIENT, { extensionType: 'queue' })
const through = { parties: { callerExtension: '453*887@pbx.example' } }
const [one, two] = [incoming(101, CLIENT, through), incoming(102, CLIENT, through)]

describe('a call that a queue lost', () => {
  const svg = timeline(explained([queue.rings(0), one.rings(1), two.rings(1), one.hangsUp(20, 'NOANSWER'), two.hangsUp(20, 'NOANSWER'), queue.hangsUp(40, 'ANSWER', { bridged: 'no' })]))

  test('has a lane for each leg, a bar for the wait and for each phone that rang, and no talk', () => {
    expect(ofClass(svg, 'name').map(textOf)).toEqual(['453*887', '453*101', '453*102'])
    expect([bars(svg, 'wait').length, bars(svg, 'ring').length, bars(svg, 'talk').length]).toEqual([1, 2, 0])
  })

  test('says so where it was lost, and by which rules', () => {
    expect(texts(svg)).toContain('✕ missed at 453*887 · R-missed R-missed-number R-settle')
    expect(texts(svg)).toContain('2026-05-28 20:26:40 UTC, 0:40; missed at 453*887')
  })

  test('is told to those who cannot see it', () => {
    expect(named(svg, 'title')?.text).toBe(`Call of ${CLIENT}`)
    expect(named(svg, 'desc')?.text).toContain('453*101, phone from +79160000001, rings from 0:01, ends at 0:20: no record: this phone rang and did not answer.')
    const { attributes } = parsed(svg)
    const ids = all(parsed(svg)).flatMap((element) => element.attributes['id'] ?? [])
    expect(attributes['role']).toBe('img')
    expect(attributes['aria-labelledby']?.split(' ').every((id) => ids.includes(id))).toBe(true)
  })
})

test('ringing and talk lie where they happened', () => {
  const svg = timeline(explained([one.rings(0), one.answers(10), one.hangsUp(40, 'ANSWER')]), { width: 1000 })
  // from the labels to the edge: 206 to 984
  expect(bars(svg, 'ring')).toEqual([[206, 194.5]])
  expect(bars(svg, 'talk')).toEqual([[400.5, 583.5]])
})

test('a transfer is an arrow from the leg before it', () => {
  const second = incoming(102, '453*101', { parties: { remoteNumber: CLIENT, callerExtension: '453*101@pbx.example' } })
  const svg = timeline(explained([one.rings(0), one.answers(2), one.hangsUp(30, 'ANSWER'), second.rings(30), second.answers(33), second.hangsUp(60, 'ANSWER')]))
  expect(ofClass(svg, 'arrow')).toHaveLength(2)
  expect(texts(svg)).toContain('transfer')
})

test('what has no bar behind it has no arrow: a forward outside whose leg was not seen', () => {
  const away = forward(101, MOBILE)
  expect(ofClass(timeline(explained([away.rings(0), away.answers(5), away.hangsUp(20, 'ANSWER')])), 'arrow')).toEqual([])
})

test('oddities are marked and named', () => {
  const svg = timeline(explained([one.rings(0), one.answers(5), one.hangsUp(20, 'NEVER-HEARD-OF')]))
  expect(texts(svg)).toContain('▲ unknown-status: CallStatus NEVER-HEARD-OF')
  expect(all(parsed(svg)).filter(({ name, attributes }) => name === 'path' && attributes['class'] === 'odd')).toHaveLength(1)
})

test('a leg that is open lasts until now', () => {
  const open = [one.rings(0), one.answers(10)]
  const until = (now?: number) => bars(timeline(explained(open), { width: 1000, ...(now === undefined ? {} : { now: at(now) }) }), 'talk')
  expect(until(40)).toEqual([[400.5, 583.5]])
  expect(until()).toEqual([[984, 3]])
  expect(ofClass(timeline(explained(open), { now: at(40) }), 'open')).toHaveLength(1)
})

describe('hostile and absurd input', () => {
  const hostile = '"><script>alert(1)</script>&lt;\u0000\ud800]]>'

  test('names are text', () => {
    const call: ReadonlyArray<CallEvent> = [one.rings(0), one.hangsUp(9, hostile)].map((event) => ({
      ...event,
      callId: hostile,
      subCallId: hostile,
      parties: { ...event.parties, callerNumber: hostile, calledNumber: hostile, calledExtension: hostile }
    }))
    const svg = timeline(explained(call), { when: () => hostile })
    expect(all(parsed(svg)).map(({ name }) => name)).not.toContain('script')
    expect(parsed(svg).attributes['id']).toMatch(/^[A-Za-z0-9_-]+$/)
  })

  test('a call that was let go, and one without a leg, are a picture without lanes', () => {
    const gone = { callId: 'c1', state: 'gone', legs: [], missed: { because: [], verdict: 'not known any more' }, anomalies: [] } as const
    expect(ofClass(timeline(gone), 'name')).toEqual([])
  })

  test.each([0, -1, 1e9, Number.NaN, Infinity])('a width of %s', (width) => {
    expect(timeline(explained([one.rings(0)]), { width })).not.toMatch(/NaN|Infinity/)
  })
})

test('whatever calls are, and in whatever order their events came, the picture is sound XML, with a lane for each leg', () => {
  fc.assert(
    fc.property(fc.oneof(callArb, wildCallArb), fc.integer({ min: 320, max: 1600 }), fc.context(), (call, width, context) => {
      const events = decoded('events' in call ? call.events : [])
      if (events.length === 0) return
      const [first] = events
      const own = events.filter(({ callId }) => callId === first?.callId)
      const explanation = explained(own, companyConfig)
      const svg = timeline(explanation, { width })
      context.log(svg)
      expect(ofClass(svg, 'name')).toHaveLength(explanation.legs.length)
      expect(svg).not.toMatch(/NaN|Infinity|undefined/)
      expect(timeline(explained([...own].reverse(), companyConfig), { width })).toBe(svg)
    })
  )
})

test('the axis is readable from a second to a month', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: seconds(2_592_000) }), fc.integer({ min: 3, max: 14 }), (length, room) => {
      const ticks = ticksOf(length, room)
      expect(ticks.length).toBeGreaterThan(0)
      expect(ticks.length).toBeLessThanOrEqual(room + 1)
      expect(ticks.every((tick) => tick <= length && tick % seconds(1) === 0)).toBe(true)
    })
  )
  expect(ticksOf(seconds(5), 8)).toEqual([0, 1, 2, 3, 4, 5].map(seconds))
  expect(ticksOf(hours(3), 8)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3].map(hours))
})
