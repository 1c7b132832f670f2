import * as E from 'fp-ts/lib/Either.js'
import { seconds, toDate, type EpochMicros } from '../event/time.js'
import type { AccessError } from '../ports/AccessError.js'
import type { CallHistory } from '../ports/History.js'
import type { HistoryListPort, HistoryPage, HistoryProblem, HistoryRange } from '../ports/HistoryList.js'
import { callOf, cdrOf, HistoryListAnswer } from './answers.js'
import type { Client } from './client.js'
import { callHistoryOf, legOf } from './history.js'
import { read } from './reading.js'

/** As many calls a page as are asked for; the API may give fewer. */
const PER_PAGE = 100

const SECOND = seconds(1)

/** `2026-05-28 20:38:06`: the vendor's UTC. */
const vendorText = (at: EpochMicros): string => toDate(at).toISOString().slice(0, 19).replace('T', ' ')

/** The vendor counts whole seconds; a range that ends within one includes it. */
const queryOf = ({ since, until, page }: HistoryRange): string =>
  [
    ['start_datetime', vendorText(since)],
    ['end_datetime', vendorText(until + SECOND - 1)],
    ['order', 'asc'],
    ['page', String(page ?? 1)],
    ['per_page', String(PER_PAGE)]
  ]
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .join('&')

/** One call of the list. What of it cannot be read is told, the rest stands. */
export const readCall = (row: unknown, problems: Array<HistoryProblem>): CallHistory | undefined => {
  const wrong: Array<string> = []
  const call = callOf(row, (reason) => wrong.push(reason))
  const callId = call?.call_uuid?.toLowerCase()
  const tell = (reason: string): void => {
    problems.push({ ...(callId === undefined ? {} : { callId }), reason })
  }
  if (call === undefined || callId === undefined || callId.includes('/')) {
    tell('call_uuid is missing, or is no id: this call is left out')
    return undefined
  }
  wrong.forEach(tell)
  const parts: unknown = typeof row === 'object' && row !== null && 'cdr' in row ? row.cdr : undefined
  if (!Array.isArray(parts)) tell('cdr is not a list: nothing is known of its legs')
  const legs = (Array.isArray(parts) ? parts : []).flatMap((part: unknown, i) => {
    const cdr = cdrOf(part, (reason) => tell(`cdr/${i}/${reason}`))
    if (cdr === undefined) tell(`cdr/${i} is not a part of a call`)
    return cdr === undefined ? [] : [legOf(cdr)]
  })
  return callHistoryOf(callId, call, legs)
}

/** A call that is there twice is told once, with the parts of both. */
const once = (calls: ReadonlyArray<CallHistory>): ReadonlyArray<CallHistory> => {
  const known = new Map<string, CallHistory>()
  for (const call of calls) {
    const other = known.get(call.callId)
    known.set(call.callId, other === undefined ? call : { ...call, ...other, legs: [...other.legs, ...call.legs] })
  }
  return [...known.values()]
}

const floor = (at: EpochMicros): EpochMicros => at - (at % SECOND)

/**
 * Where to go on. By page, where the API echoes it and something new came; else by time, from the last call that
 * was told on, whose second may hold more of them; and if that brought nothing new, from the second behind it on.
 */
const nextOf = (range: HistoryRange, answer: HistoryListAnswer, calls: ReadonlyArray<CallHistory>): HistoryRange | undefined => {
  const { since, until, page = 1, seen = [] } = range
  if (answer.call_history.length === 0) return undefined
  const ids = calls.map(({ callId }) => callId)
  const isNew = ids.some((id) => !seen.includes(id))
  if (answer.page === page && isNew) {
    const isLast = answer.per_page !== undefined && answer.call_history.length < answer.per_page
    return isLast ? undefined : { since, until, page: page + 1, seen: ids }
  }
  const latest = calls.reduce<EpochMicros | undefined>((last, { startedAt }) => (startedAt === undefined ? last : Math.max(last ?? 0, startedAt)), undefined)
  if (latest === undefined) return undefined
  const from = isNew || page > 1 ? floor(latest) : floor(latest) + SECOND
  // an API that listens to none of this always answers the same: that is the end
  return (from > since || (from === floor(since) && (isNew || page > 1))) && from < until ? { since: from, until, seen: ids } : undefined
}

/** The call history as a list: `GET …/call_history/`. The vendor takes one request at a time: so they wait for each other. */
export const historyListPort = (client: Client, account: string): HistoryListPort => {
  let before: Promise<unknown> = Promise.resolve()
  return (range, { signal } = {}) =>
    async () => {
      const ask = async (): Promise<E.Either<AccessError, HistoryPage>> => {
        const answer = await client({ method: 'GET', path: `/api/ver1.0/client/${account}/call_history/?${queryOf(range)}`, repeatable: true }, signal)
        if (E.isLeft(answer)) return E.left(answer.left.error)
        // no such page
        if (answer.right.status === 404) return range.page === undefined ? E.left({ kind: 'refused', reason: `there is no client ${account}` }) : E.right({ calls: [], problems: [] })
        const listed = read('the call history', HistoryListAnswer)(answer.right)
        if (E.isLeft(listed)) return listed
        const problems: Array<HistoryProblem> = []
        const calls = once(listed.right.call_history.flatMap((row) => readCall(row, problems) ?? []))
        const next = nextOf(range, listed.right, calls)
        const wanted = calls.filter(({ startedAt }) => startedAt === undefined || startedAt < range.until)
        return E.right({ calls: wanted, problems, ...(next === undefined ? {} : { next }) })
      }
      const asked = before.then(ask)
      before = asked.then(
        () => undefined,
        () => undefined
      )
      return asked
    }
}
