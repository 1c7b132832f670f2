import { isRight } from 'fp-ts/lib/Either.js'
import { decode, historyPages, hours, ledger, type CallEvent, type CallHistory, type EpochMicros, type Input } from '../../src/index.js'
import { reconcile } from '../../src/reconcile/index.js'
import { restPorts } from '../../src/rest/index.js'
import { directoryOf, smallCompany } from '../../src/testing/Company.js'
import { drawFrom } from '../../src/testing/Draw.js'
import { seeded } from '../../src/testing/seeded.js'
import { seededCalls } from '../../src/testing/seededCalls.js'
import { stories } from '../../src/testing/stories.js'
import { LIVE } from '../../src/testing/wire.js'
import type { PlayedCall } from '../pbx/index.js'
import { callHistory } from '../vendor/callHistory.js'
import { startVendor } from '../vendor/Vendor.js'

const MORNING: EpochMicros = Date.UTC(2026, 5, 3, 6) * 1000

export const config = { directory: directoryOf(smallCompany) }

/** A day of a company: a few thousand calls. */
export const dayOf = (seed: number, count: number): ReadonlyArray<PlayedCall> => {
  const healthy = stories.filter((story) => story.healthy)
  const [first = stories[0], ...others] = healthy
  const every = hours(9) / count
  const day: Array<PlayedCall> = []
  for (const { call } of seededCalls({ seed, company: smallCompany, stories: [first, ...others], dialect: LIVE, startAt: (elapsed) => MORNING + elapsed, every })) {
    day.push(call)
    if (day.length === count) break
  }
  return day
}

export const eventsOf = (call: PlayedCall): ReadonlyArray<CallEvent> =>
  call.events.flatMap((fields) => {
    const read = decode(fields)
    return isRight(read) && read.right.kind !== 'ignored' ? [read.right] : []
  })

/** A day's webhooks, of which some were lost. */
export type Loss = (event: CallEvent) => boolean

export const atRandom = (seed: number): Loss => {
  const { chance } = drawFrom(seeded(seed))
  return () => chance(1 / 10)
}

export const wholeHour: Loss = ({ at }) => at >= MORNING + hours(3) && at < MORNING + hours(4)

export const allAnswers: Loss = ({ kind }) => kind === 'answer'

/** The calls of the day, as the vendor's API lists them, page by page. */
export const listedOverHttp = async (day: ReadonlyArray<PlayedCall>): Promise<ReadonlyArray<CallHistory>> => {
  const list = day.map((call) => callHistory(smallCompany, call)).sort((a, b) => (String(a['init_time_gmt']) < String(b['init_time_gmt']) ? -1 : 1))
  const vendor = await startVendor({ list, pageSize: 100 })
  const { url: baseUrl, clientId, clientSecret } = vendor
  const calls: Array<CallHistory> = []
  for await (const page of historyPages(restPorts({ baseUrl, clientId, clientSecret }).historyList, { since: MORNING, until: MORNING + hours(24) })) {
    if (!page.ok) throw new Error(page.error.kind)
    calls.push(...page.value.calls)
  }
  await vendor.close()
  return calls
}

const byCall = <A extends { readonly callId: string }>(all: ReadonlyArray<A>): ReadonlyMap<string, ReadonlyArray<A>> => {
  const found = new Map<string, Array<A>>()
  for (const one of all) {
    const known = found.get(one.callId)
    if (known === undefined) found.set(one.callId, [one])
    else known.push(one)
  }
  return found
}

/** What the webhooks that were left come to, and what they come to with the history beside them. */
export const reconciled = (day: ReadonlyArray<PlayedCall>, listed: ReadonlyArray<CallHistory>, isLost: Loss) => {
  const placed = day.flatMap((call) => (call.placed === undefined ? [] : [call.placed]))
  const left = day.flatMap(eventsOf).filter((event) => !isLost(event))
  const judge = ledger(config)
  const before = byCall(judge([...placed.map((word) => ({ placed: word })), ...left]).records)
  const words = byCall(placed.map((word) => ({ ...word, callId: word.callId.toLowerCase() })))
  const inputsOf = (all: ReadonlyArray<CallEvent>) => {
    const events = byCall(all)
    return (callId: string): ReadonlyArray<Input> => [...(words.get(callId) ?? []).map((word) => ({ placed: word })), ...(events.get(callId) ?? [])]
  }
  const found = reconcile(config)(inputsOf(left), listed)
  const all = [...left, ...found.events]
  const after = byCall(judge([...placed.map((word) => ({ placed: word })), ...all]).records)
  return { before, found, recordsOf: (callId: string) => after.get(callId) ?? [], again: () => reconcile(config)(inputsOf(all), listed) }
}
