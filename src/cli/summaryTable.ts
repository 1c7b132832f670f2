import { toDate, toSeconds, type CallRecord, type EpochMicros, type Micros } from '../index.js'
import {
  byDay,
  byExtension,
  byHour,
  byKind,
  serviceLevel,
  toCallBack,
  totals,
  type Beginnings,
  type ClientToCallBack,
  type Figures,
  type ServiceTarget,
  type TimeZone,
  type ToCallBack
} from '../summary/index.js'
import { fittingTable, type FittingColumn } from './fittingTable.js'
import { talkLength } from './when.js'

/** How a person wants to see the summary. */
export interface SummaryView {
  readonly zone: TimeZone
  /** Whom to call back is told as it was then. */
  readonly now: EpochMicros
  /** Columns of the terminal. */
  readonly width: number
  readonly target: ServiceTarget
  readonly began?: Beginnings
}

/** `2026-06-03 09:41`, as the clocks of the zone show it. */
const clockOf = (zone: TimeZone): ((at: EpochMicros) => readonly [day: string, time: string]) => {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit'
  })
  return (at) => {
    const parts = new Map(format.formatToParts(toDate(at)).map(({ type, value }) => [type, value]))
    const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
    return [`${part('year')}-${part('month')}-${part('day')}`, `${part('hour')}:${part('minute')}`]
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`

const lengthOf = (length: Micros | undefined): string => (length === undefined ? '' : talkLength(length))

interface Line {
  readonly name: string
  readonly value: string
}

const totalLines = (records: ReadonlyArray<CallRecord>, { target, began }: SummaryView): ReadonlyArray<Line> => {
  const { calls, records: count, misses, talkTime, wait } = totals(records, began)
  const { offered, answeredWithin, abandoned, shortAbandoned, level, abandonment } = serviceLevel(records, target, began)
  return [
    { name: 'calls', value: String(calls) },
    { name: 'records', value: String(count) },
    { name: 'missed', value: String(misses) },
    { name: 'talked', value: talkLength(talkTime) },
    ...(wait === undefined ? [] : [
      { name: 'median wait', value: talkLength(wait.median) },
      { name: '90% waited', value: `${talkLength(wait.p90)} at most` }
    ]),
    ...(level === undefined || abandonment === undefined ? [] : [
      { name: 'came in', value: `${offered - shortAbandoned}${shortAbandoned === 0 ? '' : `, and ${shortAbandoned} given up at once`}` },
      { name: `answered in ${toSeconds(target.within)} s`, value: `${answeredWithin} (${percent(level)})` },
      { name: 'abandoned', value: `${abandoned - shortAbandoned} (${percent(abandonment)})` }
    ])
  ]
}

const clientColumns = (clients: ReadonlyArray<ClientToCallBack>, { zone }: SummaryView): ReadonlyArray<FittingColumn<ClientToCallBack>> => {
  const clock = clockOf(zone)
  const days = new Set(clients.flatMap(({ first, last, lastAttempt = last }) => [first, last, lastAttempt]).map((at) => clock(at)[0]))
  const time = (at: EpochMicros | undefined): string => (at === undefined ? '' : days.size > 1 ? clock(at).join(' ') : clock(at)[1])
  const named = clients.some(({ name }) => name !== undefined)
  return [
    { heading: 'number', cell: ({ number }) => number },
    ...(named ? [{ heading: 'name', leftOut: 3, cell: ({ name = '' }: ClientToCallBack) => name }] : []),
    { heading: 'missed', align: 'right', cell: ({ misses }) => String(misses) },
    { heading: 'first', leftOut: 1, cell: ({ first }) => time(first) },
    { heading: 'last', cell: ({ last }) => time(last) },
    { heading: 'our tries', align: 'right', leftOut: 2, cell: ({ attempts }) => (attempts === 0 ? '' : String(attempts)) },
    { heading: 'last try', leftOut: 6, cell: ({ lastAttempt }) => time(lastAttempt) },
    { heading: 'at', leftOut: 4, cell: ({ extensions }) => extensions.join(', ') },
    { heading: 'DID', leftOut: 5, cell: ({ dids }) => dids.join(', ') }
  ]
}

const callBackTitle = ({ clients, anonymous }: ToCallBack): string =>
  `To call back: ${clients.length === 0 ? 'nobody' : `${clients.length} ${clients.length === 1 ? 'client' : 'clients'}`}\n${anonymous === 0 ? '' : `Missed without a number: ${anonymous}\n`}`

const figureColumns = <R extends Figures>(heading: string, name: (row: R) => string): ReadonlyArray<FittingColumn<R>> => [
  { heading, cell: name },
  { heading: 'calls', align: 'right', cell: ({ calls }) => String(calls) },
  { heading: 'records', align: 'right', leftOut: 4, cell: ({ records }) => String(records) },
  { heading: 'missed', align: 'right', cell: ({ misses }) => (misses === 0 ? '' : String(misses)) },
  { heading: 'talk', align: 'right', leftOut: 1, cell: ({ talkTime }) => (talkTime === 0 ? '' : talkLength(talkTime)) },
  { heading: 'wait', align: 'right', leftOut: 2, cell: ({ wait }) => lengthOf(wait?.median) },
  { heading: '90%', align: 'right', leftOut: 3, cell: ({ wait }) => lengthOf(wait?.p90) }
]

/** Without the hours before the first call and after the last. */
const working = <R extends Figures>(rows: ReadonlyArray<R>): ReadonlyArray<R> => {
  const busy = rows.flatMap(({ calls }, i) => (calls === 0 ? [] : [i]))
  return rows.slice(busy[0] ?? 0, (busy.at(-1) ?? -1) + 1)
}

const withCalls = <R extends Figures>(rows: ReadonlyArray<R>): ReadonlyArray<R> => rows.filter(({ calls }) => calls > 0)

/** What some records come to, for a person: totals, whom to call back, and the figures by hour, day, extension and kind. */
export function* summaryTable(records: ReadonlyArray<CallRecord>, view: SummaryView): Iterable<string> {
  const { zone, now, width, began } = view
  const days = byDay(records, zone, began)
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) {
    yield 'no records\n'
    return
  }
  yield `${first.day}${first === last ? '' : ` to ${last.day}`}, ${zone}\n\n`
  const lines = totalLines(records, view)
  const longest = Math.max(...lines.map(({ name }) => name.length))
  for (const { name, value } of lines) yield `${name.padEnd(longest)}  ${value}\n`
  const due = toCallBack(records, now)
  yield `\n${callBackTitle(due)}`
  if (due.clients.length > 0) {
    yield '\n'
    yield* fittingTable(due.clients, clientColumns(due.clients, view), width)
  }
  yield '\n'
  yield* fittingTable(working(byHour(records, zone, began)), figureColumns('hour', ({ hour }) => `${String(hour).padStart(2, '0')}:00`), width)
  if (days.length > 1) {
    yield '\n'
    yield* fittingTable(days, figureColumns('day', ({ day }) => day), width)
  }
  yield '\n'
  yield* fittingTable(byExtension(records, began), figureColumns('extension', ({ extension = '' }) => extension), width)
  yield '\n'
  yield* fittingTable(withCalls(byKind(records, began)), figureColumns('kind', ({ kind }) => kind), width)
}
