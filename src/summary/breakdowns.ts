import type { CallRecord } from '../record/CallRecord.js'
import type { Beginnings } from './beginnings.js'
import { figuresBy, NO_FIGURES, type Figures } from './Figures.js'
import { callsOf } from './RecordedCall.js'
import { localTimes, type TimeZone } from './TimeZone.js'

/**
 * The figures of an hour of the day, whatever the day.
 *
 * @since 0.1.0
 * @category figures
 */
export interface HourFigures extends Figures {
  /** 0 to 23, as the clocks of the time zone show it. */
  readonly hour: number
}

/**
 * The figures of a day of the calendar.
 *
 * @since 0.1.0
 * @category figures
 */
export interface DayFigures extends Figures {
  /** `2026-05-28`, as the calendar of the time zone has it. */
  readonly day: string
}

/**
 * The figures of an extension.
 *
 * @since 0.1.0
 * @category figures
 */
export interface ExtensionFigures extends Figures {
  /** An employee's, or the IVR or queue where calls were missed; absent for records that have none. */
  readonly extension?: string
}

/**
 * The figures of a kind of record.
 *
 * @since 0.1.0
 * @category figures
 */
export interface KindFigures extends Figures {
  /** Of the records that are counted here. */
  readonly kind: CallRecord['kind']
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

const KINDS = Object.keys({ answered: null, transferred: null, callback: null, missed: null, unsuccessful: null, incomplete: null } satisfies Record<CallRecord['kind'], null>)

const isKind = (kind: string): kind is CallRecord['kind'] => KINDS.includes(kind)

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The figures of all records together.
 *
 * @example
 * import { totals } from 'call-legs/summary'
 * assert.deepStrictEqual(totals([]), { calls: 0, records: 0, misses: 0, talkTime: 0 })
 *
 * @since 0.1.0
 * @category figures
 */
export const totals = (records: Iterable<CallRecord>, began?: Beginnings): Figures =>
  figuresBy(callsOf(records, began), () => 'all').get('all') ?? NO_FIGURES

/**
 * The figures of each hour of the day: 24 rows, from 0 to 23 o'clock, those without calls too. A call belongs whole to
 * the hour in which it began, of whatever day; when clocks are set back, both hours of that name are one row.
 *
 * @example
 * import { byHour, timeZone } from 'call-legs/summary'
 * const call = { v: 1, id: 'ab12/missed', kind: 'missed', direction: 'incoming', successful: false, callId: 'ab12', subCallId: '96857-a', extensionType: 'queue', rang: [], because: [] }
 * const missed = { ...call, startedAt: 1_780_466_400_000_000, endedAt: 1_780_466_430_000_000 } // 06:00 UTC
 * const nine = byHour([missed], timeZone('Europe/Moscow'))[9]
 * const wait = { calls: 1, median: 30_000_000, p90: 30_000_000 }
 * assert.deepStrictEqual(nine, { hour: 9, calls: 1, records: 1, misses: 1, talkTime: 0, wait })
 *
 * @since 0.1.0
 * @category figures
 */
export const byHour = (records: Iterable<CallRecord>, zone: TimeZone, began?: Beginnings): ReadonlyArray<HourFigures> => {
  const local = localTimes(zone)
  const figures = figuresBy(callsOf(records, began), ({ beganAt }) => local(beganAt).hour)
  return HOURS.map((hour) => ({ hour, ...(figures.get(hour) ?? NO_FIGURES) }))
}

/**
 * The figures of each day of the calendar on which a call began, in their order. A call belongs whole to the day on
 * which it began; a day has 23 or 25 hours where clocks are changed.
 *
 * @example
 * import { byDay, timeZone } from 'call-legs/summary'
 * assert.deepStrictEqual(byDay([], timeZone('Europe/Moscow')), [])
 *
 * @since 0.1.0
 * @category figures
 */
export const byDay = (records: Iterable<CallRecord>, zone: TimeZone, began?: Beginnings): ReadonlyArray<DayFigures> => {
  const local = localTimes(zone)
  const figures = figuresBy(callsOf(records, began), ({ beganAt }) => local(beganAt).day)
  return [...figures].sort(([a], [b]) => byText(a, b)).map(([day, some]) => ({ day, ...some }))
}

/**
 * The figures of each extension, in the order of their names: a talk stands with the extension that talked, a miss with
 * the IVR, queue or phone where the call was lost, a wait with the extension that ended it. A call that was passed on is
 * a call of each of its extensions.
 *
 * @example
 * import { byExtension } from 'call-legs/summary'
 * assert.deepStrictEqual(byExtension([]), [])
 *
 * @since 0.1.0
 * @category figures
 */
export const byExtension = (records: Iterable<CallRecord>, began?: Beginnings): ReadonlyArray<ExtensionFigures> => {
  const figures = figuresBy(callsOf(records, began), (_, { extension }) => extension)
  const named = [...figures].flatMap(([extension, some]) => (extension === undefined ? [] : [{ extension, ...some }]))
  const unnamed = figures.get(undefined)
  return [...named.sort((a, b) => byText(a.extension, b.extension)), ...(unnamed === undefined ? [] : [unnamed])]
}

/**
 * The figures of each kind of record, those without records too. A call with records of several kinds is counted with
 * each of them.
 *
 * @example
 * import { byKind } from 'call-legs/summary'
 * const kinds = byKind([]).map(({ kind }) => kind)
 * assert.deepStrictEqual(kinds, ['answered', 'transferred', 'callback', 'missed', 'unsuccessful', 'incomplete'])
 *
 * @since 0.1.0
 * @category figures
 */
export const byKind = (records: Iterable<CallRecord>, began?: Beginnings): ReadonlyArray<KindFigures> => {
  const figures = figuresBy(callsOf(records, began), (_, { kind }) => kind)
  return KINDS.filter(isKind).map((kind) => ({ kind, ...(figures.get(kind) ?? NO_FIGURES) }))
}
