import { clock } from '../event/clock.js'
import { toDate, type EpochMicros } from '../event/time.js'
import type { CallExplanation } from '../reducer/Explanation.js'
import { ticksOf } from './axis.js'
import { coursesOf, nameOf, outcomeOf, spanOf, transferredFrom, type Course } from './Course.js'
import { element, escaped, fitting, widthOf } from './svg.js'
import { styleOf } from './theme.js'

/**
 * How a timeline is drawn.
 *
 * @since 0.1.0
 * @category diagram
 */
export interface TimelineOptions {
  /** In pixels, 320 to 4000; by default 960. The height follows from the legs. */
  readonly width?: number
  /** A leg that is open lasts until then, in microseconds since 1970; by default until the call's last event. */
  readonly now?: EpochMicros
  /** How a moment is written in the heading; by default `2026-06-03 06:36:03 UTC`. */
  readonly when?: (at: EpochMicros) => string
  /** The id of the picture on its page; by default it follows from the CallID. */
  readonly id?: string
}

const SMALL = 11
const PAD = 16
const BAR = 14
/** Narrower than this, the name of a leg stands above its bar instead of beside it. */
const WIDE = 600
const LABELS = 190
const HEADING = 66
const AXIS = 26
const LEGEND = 34

/** The lines under a bar: what became of the leg, the miss, the oddities. */
interface Remark {
  readonly text: string
  readonly rules?: string
  readonly className: string
}

const remarksOf = (course: Course, { missed }: CallExplanation): ReadonlyArray<Remark> => [
  { text: outcomeOf(course), rules: course.leg.because.join(' '), className: 'muted' },
  ...(course.missed ? [{ text: `✕ ${missed.verdict}`, rules: missed.because.join(' '), className: 'miss' }] : []),
  ...course.anomalies.map(({ kind, field, value }) => ({
    text: `▲ ${kind}${field === undefined ? '' : `: ${field}${value === undefined ? '' : ` ${value}`}`}`,
    className: 'odd'
  }))
]

/** A lane of the picture. */
interface Lane {
  readonly course: Course
  readonly remarks: ReadonlyArray<Remark>
  /** The top of its bar. */
  readonly bar: number
  readonly bottom: number
}

const lanesOf = (courses: ReadonlyArray<Course>, explanation: CallExplanation, narrow: boolean, top: number): ReadonlyArray<Lane> => {
  let y = top
  return courses.map((course) => {
    const remarks = remarksOf(course, explanation)
    const bar = y + (narrow ? 24 : 8)
    y = bar + BAR + 4 + remarks.length * 15 + 9
    return { course, remarks, bar, bottom: y }
  })
}

const labelOf = ({ leg }: Course): string =>
  [leg.extensionType, leg.remoteNumber === undefined ? undefined : `${leg.direction === 'outgoing' ? 'to' : 'from'} ${leg.remoteNumber}`].filter((part) => part !== undefined).join(' ')

/** One sentence for a leg, for those who cannot see the picture. */
const sentenceOf = (course: Course, from: EpochMicros): string => {
  const { begins, answered, ends, waits } = course
  const begun = `${nameOf(course)}, ${labelOf(course)}, ${waits ? 'holds the caller' : 'rings'} from ${clock(begins - from)}`
  const talks = answered === undefined || waits ? '' : `, talks from ${clock(answered - from)}`
  return `${begun}${talks}${ends === undefined ? ', still open' : `, ends at ${clock(ends - from)}`}: ${outcomeOf(course)}.`
}

const byDefault = (at: EpochMicros): string => {
  const date = toDate(at)
  return Number.isFinite(date.getTime()) ? `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC` : String(at)
}

const legendOf = (id: string, y: number, lanes: ReadonlyArray<Lane>, hasTransfer: boolean): string => {
  let x = PAD
  const item = (drawn: (at: number) => string, word: string): string => {
    const at = x
    x += 26 + widthOf(word, SMALL) + 14
    return drawn(at) + element('text', { x: at + 26, y: y + 10, class: 'muted', 'font-size': SMALL }, word)
  }
  const swatch = (className: string) => (at: number) => element('rect', { x: at, y: y + 1, width: 20, height: 10, rx: 2, class: className })
  const isSpecial = lanes.some(({ course }) => course.waits)
  return [
    ...(isSpecial ? [item(swatch('wait'), 'in an IVR or a queue')] : []),
    item(swatch('ring'), 'rings'),
    item(swatch('talk'), 'talks'),
    ...(hasTransfer ? [item((at) => element('path', { d: `M${at} ${y + 6}h18`, class: 'arrow', 'marker-end': `url(#${id}-head)` }), 'transfer')] : [])
  ].join('')
}

/** A text that begins at the bar, or further left, if only so it fits. */
const remarkText = ({ text, rules, className }: Remark, start: number, left: number, right: number, y: number): string => {
  const words = fitting(text, SMALL, right - left)
  const rest = rules === undefined || rules === '' ? '' : fitting(` · ${rules}`, SMALL, right - left - widthOf(words, SMALL))
  const x = Math.max(left, Math.min(start, right - widthOf(words + rest, SMALL)))
  return element('text', { x, y, class: className, 'font-size': SMALL }, element('tspan', {}, escaped(words)), ...(rest === '' || (rest.length < 8 && rest.endsWith('…')) ? [] : [element('tspan', { class: 'muted', 'font-weight': 400 }, escaped(rest))]))
}

/**
 * A timeline of one call as SVG: a lane for each leg, bars for the time in an IVR or a queue, for ringing and for talk,
 * arrows for transfers, the miss and the oddities where they stand, with the names of the rules. Light and dark as the
 * reader has it, light on paper; a title and a description for those who cannot see it. All texts are escaped.
 *
 * @param explanation what `explain` says of the call
 *
 * @example
 * import { correlator } from 'call-legs'
 * import { timeline } from 'call-legs/diagram'
 * const calls = correlator()
 * const leg = 'CallID=ab12&SubCallID=85219-ab12&CallFlow=in&CallerIDNum=%2B79160000001&CalledNumber=453*102'
 * const [state] = calls.ingest(calls.initial, `EventType=dial-in&EventTime=1780000686000000&${leg}`)
 * const explanation = calls.explain(state, 'ab12')
 * const picture = explanation && timeline(explanation, { width: 640 })
 * assert.deepStrictEqual(/<title[^>]*>([^<]*)</.exec(picture)?.[1], 'Call of +79160000001')
 *
 * @since 0.1.0
 * @category diagram
 */
export const timeline = (explanation: CallExplanation, options: TimelineOptions = {}): string => {
  const width = Math.min(4000, Math.max(320, Math.round(options.width ?? 960) || 960))
  const { now, when = byDefault } = options
  const id = (options.id ?? `call-${explanation.callId}`).replace(/[^A-Za-z0-9_-]/g, '-')
  const courses = coursesOf(explanation)
  const [from, to] = spanOf(courses, now)
  const length = Math.max(1_000_000, to - from)
  const narrow = width < WIDE
  const left = narrow ? PAD : PAD + LABELS
  const right = width - PAD
  const xOf = (at: EpochMicros): number => left + ((at - from) / length) * (right - left)
  const lanes = lanesOf(courses, explanation, narrow, HEADING + AXIS)
  const end = lanes.at(-1)?.bottom ?? HEADING + AXIS
  const height = end + LEGEND

  const heading = `Call of ${explanation.client ?? explanation.callId}`
  const under = [courses.length === 0 ? explanation.state : `${when(from)}, ${clock(to - from)}`, explanation.missed.verdict].join('; ')
  const transfers = lanes.flatMap((lane) => {
    const source = transferredFrom(lane.course, courses)
    const back = lanes.find(({ course }) => course === source)
    return back === undefined ? [] : [{ lane, back }]
  })

  const grid = ticksOf(length, (right - left) / 72).map((tick) => {
    const x = xOf(from + tick)
    const anchor = x > right - 20 ? 'end' : tick === 0 ? 'start' : 'middle'
    return (
      element('path', { d: `M${x.toFixed(1)} ${HEADING + 16}V${end}`, class: 'grid' }) +
      element('text', { x, y: HEADING + 10, class: 'muted', 'font-size': SMALL, 'text-anchor': anchor }, clock(tick))
    )
  })

  const bars = lanes.map(({ course, remarks, bar }) => {
    const { begins, answered, ends, waits, missed, anomalies } = course
    const drawn = (className: string, start: EpochMicros, stop: EpochMicros, open: boolean): string =>
      element('rect', { x: xOf(start), y: bar, width: Math.max(3, xOf(stop) - xOf(start)), height: BAR, rx: 2, class: open ? `${className} open` : className })
    const rings = waits || answered === undefined ? undefined : answered
    const until = ends ?? Math.max(to, answered ?? begins)
    const labelWidth = narrow ? right - left : LABELS - 12
    const name = fitting(nameOf(course), 13, labelWidth)
    const label = labelOf(course)
    const besides = narrow ? labelWidth - widthOf(name, 15) - 6 : labelWidth
    return element(
      'g',
      {},
      element('text', { x: PAD, y: narrow ? bar - 7 : bar + 11, class: 'name' }, escaped(name)),
      besides < 30 ? '' : element('text', { x: narrow ? PAD + widthOf(name, 15) + 6 : PAD, y: narrow ? bar - 7 : bar + 27, class: 'muted', 'font-size': SMALL }, escaped(fitting(label, SMALL, besides))),
      rings === undefined ? drawn(waits ? 'wait' : 'ring', begins, until, ends === undefined) : drawn('ring', begins, rings, false) + drawn('talk', rings, until, ends === undefined),
      ...anomalies.flatMap(({ at }) => at.slice(-1)).map((at) => element('path', { d: `M${xOf(Math.min(to, Math.max(from, at))).toFixed(1)} ${bar - 7}l4 6h-8z`, class: 'odd' })),
      missed ? element('text', { x: Math.min(right - 6, xOf(until)), y: bar + 12, class: 'miss', 'font-size': 16, 'text-anchor': 'middle' }, '✕') : '',
      ...remarks.map((remark, i) => remarkText(remark, xOf(begins), left, right, bar + BAR + 13 + i * 15))
    )
  })

  const arrows = transfers.map(({ lane, back }) => {
    const [x, y] = [xOf(lane.course.begins), lane.bar + BAR / 2]
    const start = Math.min(xOf(back.course.ends ?? to), x)
    return element('path', {
      d: `M${start.toFixed(1)} ${back.bar + BAR / 2}C${(start + 18).toFixed(1)} ${(back.bar + BAR / 2 + y) / 2} ${(x - 26).toFixed(1)} ${y} ${(x - 3).toFixed(1)} ${y}`,
      class: 'arrow',
      'marker-end': `url(#${id}-head)`
    })
  })

  const stripes = (name: string, d: string): string =>
    element('pattern', { id: `${id}-${name}`, width: 5, height: 5, patternUnits: 'userSpaceOnUse' }, element('path', { d, stroke: `var(--${name})`, 'stroke-width': 1 }))

  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', id, width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-labelledby': `${id}-title ${id}-desc` },
    element('title', { id: `${id}-title` }, escaped(heading)),
    element('desc', { id: `${id}-desc` }, escaped([`${under}.`, ...courses.map((course) => sentenceOf(course, from))].join(' '))),
    element('style', {}, styleOf(id)),
    element(
      'defs',
      {},
      stripes('ring', 'M-1 6L6 -1'),
      stripes('wait', 'M0 2.5H5'),
      element('marker', { id: `${id}-head`, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' }, element('path', { d: 'M0 0L8 4L0 8z', class: 'head' }))
    ),
    element('rect', { width, height, class: 'back' }),
    element('text', { x: PAD, y: 30, class: 'title' }, escaped(fitting(heading, 16, right - PAD))),
    element('text', { x: PAD, y: 50, class: explanation.missed.record === undefined ? 'muted' : 'miss' }, escaped(fitting(under, 12, right - PAD))),
    ...grid,
    ...bars,
    ...arrows,
    legendOf(id, end + 8, lanes, transfers.length > 0)
  )
}
