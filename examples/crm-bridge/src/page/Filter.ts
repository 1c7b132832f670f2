import { isCallKind, type CallKind } from '../call/wholeCall.js'

/** Which calls are shown. It stands in the address of the page, so that it can be kept and passed on. */
export interface Filter {
  readonly kind: CallKind | ''
  /** A number, or words of a name. */
  readonly q: string
  /** Days as `2026-06-03`, both included; empty: no bound. */
  readonly from: string
  readonly to: string
}

export const NO_FILTER: Filter = { kind: '', q: '', from: '', to: '' }

const DAY = /^\d{4}-\d\d-\d\d$/

const dayOf = (text: string | null): string => (text !== null && DAY.test(text) && Number.isFinite(Date.parse(text)) ? text : '')

export const filterOf = (search: string): Filter => {
  const given = new URLSearchParams(search)
  const kind = given.get('kind') ?? ''
  return { kind: isCallKind(kind) ? kind : '', q: (given.get('q') ?? '').slice(0, 200), from: dayOf(given.get('from')), to: dayOf(given.get('to')) }
}

/** What of it is set, as it stands behind the `?` of the address. */
export const searchOf = (filter: Filter): string => new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString()

/** The midnight of the browser's own clock, so many days later, in microseconds. */
const midnight = (day: string, later: number): string => {
  const date = new Date(`${day}T00:00:00`)
  date.setDate(date.getDate() + later)
  return String(date.getTime() * 1000)
}

/** As the service is asked. */
export const queryOf = ({ kind, q, from, to }: Filter): Readonly<Record<string, string>> => ({
  ...(kind === '' ? {} : { kind }),
  ...(q.trim() === '' ? {} : { q: q.trim() }),
  ...(from === '' ? {} : { from: midnight(from, 0) }),
  ...(to === '' ? {} : { to: midnight(to, 1) })
})
