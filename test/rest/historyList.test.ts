import { describe, expect, test } from 'vitest'
import { historyPages, outcome, type AccessError, type CallHistory, type HistoryProblem, type HistoryRange, type HistoryListPort } from '../../src/ports/index.js'
import { company } from '../vendor/company.js'
import { refuse, sayInstead, stall } from '../vendor/misbehaviour.js'
import { given } from './access.js'

/** 2026-05-28 20:38:00 UTC. */
const MINUTE = 1_780_000_680_000_000

const HOUR: HistoryRange = { since: MINUTE, until: MINUTE + 3_600_000_000 }

const idOf = (n: number): string => n.toString(16).padStart(32, '0')

/** The n-th call, so many seconds after the minute. */
const row = (n: number, second: number, more: Readonly<Record<string, unknown>> = {}) => ({
  call_uuid: idOf(n).toUpperCase(),
  flow: 'in',
  init_time_gmt: new Date((MINUTE / 1000) + second * 1000).toISOString().slice(0, 19).replace('T', ' '),
  result: 'bridged',
  from_username: '+79160000001',
  cdr: [],
  ...more
})

const readAll = async (port: HistoryListPort, range = HOUR) => {
  const calls: Array<CallHistory> = []
  const problems: Array<HistoryProblem> = []
  const errors: Array<AccessError> = []
  for await (const page of historyPages(port, range)) {
    if (page.ok) {
      calls.push(...page.value.calls)
      problems.push(...page.value.problems)
    } else errors.push(page.error)
  }
  return { ids: calls.map(({ callId }) => callId), calls, problems, errors }
}

const rows = Array.from({ length: 45 }, (_, n) => row(n + 1, n * 7))
const allIds = rows.map((_, n) => idOf(n + 1))

describe('the call history as a list', () => {
  test('is read page by page, to the last', async () => {
    const { vendor, pbx } = await given({}, { ...company, list: rows, pageSize: 20 })
    expect(await readAll(pbx.historyList)).toMatchObject({ ids: allIds, problems: [], errors: [] })
    expect(vendor.received('history-list').map(({ path }) => new URLSearchParams(path.split('?')[1]).get('page'))).toEqual(['1', '2', '3'])
    expect(vendor.received('history-list')[0]?.path).toContain('start_datetime=2026-05-28%2020%3A38%3A00&end_datetime=2026-05-28%2021%3A38%3A00&order=asc')
  })

  test('where the API knows no pages it is read by time, several calls of one second among them', async () => {
    const crowded = [...rows.slice(0, 19), ...[19, 20, 21].map((n) => row(n + 1, 130)), ...rows.slice(22)]
    const { pbx } = await given({}, { ...company, list: crowded, paging: 'time', pageSize: 20 })
    const { ids, errors } = await readAll(pbx.historyList)
    expect([...new Set(ids)].sort()).toEqual(allIds)
    expect(errors).toEqual([])
  })

  test('ends where the API always answers the same', async () => {
    const { vendor, pbx } = await given()
    vendor.misbehave(...Array.from({ length: 9 }, () => sayInstead('history-list', { page: 1, call_history: rows.slice(0, 3) })))
    const { ids } = await readAll(pbx.historyList)
    expect([...new Set(ids)]).toEqual(allIds.slice(0, 3))
    expect(vendor.received('history-list').length).toBeLessThan(6)
  })

  test('a call that is there twice on a page is told once, with all of its parts', async () => {
    const part = (extension_id: number) => ({ extension_id, flow: 'in', init_time_gmt: '2026-05-28 20:38:01' })
    const { pbx } = await given({}, { ...company, list: [row(1, 0, { cdr: [part(1)] }), row(1, 0, { cdr: [part(2)] })] })
    const { calls } = await readAll(pbx.historyList)
    expect(calls).toHaveLength(1)
    expect(calls[0]?.legs.map(({ extensionId }) => extensionId)).toEqual(['1', '2'])
  })

  test('tells the call as a whole, in lower case, microseconds, and both spellings of times', async () => {
    const cdr = [{ extension_id: '85219', init_time_gmt: '2026-05-28T20:38:06.47Z', hangup_time_gmt: '2026-05-28 20:38:58', duration: '11', to_username: 102, from_screen_name: '' }]
    const { pbx } = await given({}, { ...company, list: [row(0xab, 1, { cdr, did_number: 74950000001, hangup_time_gmt: null, bridged_duration: 11 })] })
    const { calls, problems } = await readAll(pbx.historyList)
    expect(problems).toEqual([])
    expect(calls).toEqual([
      {
        callId: idOf(0xab),
        direction: 'incoming',
        result: 'bridged',
        startedAt: MINUTE + 1_000_000,
        from: '+79160000001',
        did: '74950000001',
        legs: [{ extensionId: '85219', startedAt: MINUTE + 6_470_000, endedAt: MINUTE + 58_000_000, duration: 11_000_000, to: '102' }]
      }
    ])
  })

  test('what cannot be read is told, and the rest goes on', async () => {
    const { pbx } = await given({}, {
      ...company,
      list: [
        row(1, 0, { hangup_time_gmt: 'yesterday', cdr: [{ extension_id: 1, duration: -3 }, 'no part', { extension_id: 2 }] }),
        { flow: 'in', init_time_gmt: '2026-05-28 20:38:02' },
        row(3, 3, { cdr: null }),
        row(4, 4)
      ]
    })
    const { ids, calls, problems } = await readAll(pbx.historyList)
    expect(ids).toEqual([1, 3, 4].map(idOf))
    expect(calls[0]?.legs).toEqual([{ extensionId: '1' }, { extensionId: '2' }])
    expect(problems).toEqual([
      { callId: idOf(1), reason: 'hangup_time_gmt is not a time as YYYY-MM-DD HH:MM:SS' },
      { callId: idOf(1), reason: 'cdr/0/duration is not a number of seconds' },
      { callId: idOf(1), reason: 'cdr/1 is not a part of a call' },
      { reason: 'call_uuid is missing, or is no id: this call is left out' },
      { callId: idOf(3), reason: 'cdr is not a list: nothing is known of its legs' }
    ])
  })

  test('one request at a time', async () => {
    const { vendor, pbx } = await given({ timeout: 100_000, retry: { attempts: 1 } }, { ...company, list: rows, pageSize: 20 })
    vendor.misbehave(stall('history-list'))
    const first = outcome(pbx.historyList(HOUR))
    const second = outcome(pbx.historyList(HOUR))
    expect(await first).toMatchObject({ ok: false, error: { kind: 'timed-out' } })
    expect(await second).toMatchObject({ ok: true })
    expect(vendor.received('history-list')).toHaveLength(2)
  })

  test('goes on when the token ends in the middle, and waits where there were too many requests', async () => {
    const { vendor, pbx } = await given({}, { ...company, list: rows, pageSize: 20 })
    const ids: Array<string> = []
    for await (const page of historyPages(pbx.historyList, HOUR)) {
      if (page.ok) ids.push(...page.value.calls.map(({ callId }) => callId))
      vendor.forgetTokens()
      vendor.misbehave(refuse('history-list', 429, 'Only one request at a time'))
    }
    expect(ids).toEqual(allIds)
    expect(vendor.tokens()).toHaveLength(3)
  })

  test('an error ends it, with what was read before', async () => {
    const { vendor, pbx } = await given({ retry: { attempts: 1 } }, { ...company, list: rows, pageSize: 20 })
    const ids: Array<string> = []
    const errors: Array<AccessError> = []
    for await (const page of historyPages(pbx.historyList, HOUR)) {
      if (page.ok) ids.push(...page.value.calls.map(({ callId }) => callId))
      else errors.push(page.error)
      vendor.misbehave(refuse('history-list', 503))
    }
    expect(ids).toEqual(allIds.slice(0, 20))
    expect(errors).toMatchObject([{ kind: 'unavailable' }])
  })
})
