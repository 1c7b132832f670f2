import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { ledger, seconds, type CallRecord, type Config } from 'call-legs'
import { afterEach, expect, test } from 'vitest'
import { stackOf, type Stack } from './stack.ts'

const root = join(import.meta.dirname, '../../..')

// the calls are let go soon, so that a test sees them go; what one call's events are apart is far less
const config: Config = {
  directory: JSON.parse(readFileSync(join(root, 'examples/directory.json'), 'utf8')),
  closedRetention: seconds(25),
  openRetention: seconds(25)
}

const played = (calls: number, seed: number): ReadonlyArray<string> =>
  execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'simulate', '--calls', String(calls), '--seed', String(seed), '--shuffle', '--repeat'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28
  })
    .split('\n')
    .filter((line) => line !== '')

let stack: Stack | undefined
afterEach(async () => {
  await stack?.stop()
  stack = undefined
})

const bare = (record: CallRecord) => ({ ...record, because: [] })

/** The table is the ledger, nothing was applied twice, and nothing is left in the store. */
const settled = async (it: Stack, lines: ReadonlyArray<string>): Promise<void> => {
  const deadline = Date.now() + 150_000
  while ((await it.kept()) > 0 && Date.now() < deadline) await sleep(500)
  expect(await it.kept()).toBe(0)
  const { records, anomalies } = ledger(config)(lines)
  expect(records.length).toBeGreaterThan(100)
  const rows = it.rows()
  const expected = new Map(records.map((record) => [record.id, bare(record)]))
  expect(new Map(rows.flatMap(({ id, record }) => (record === null ? [] : [[id, bare(record)]])))).toEqual(expected)
  expect(rows.filter(({ revision, applied }) => revision !== applied)).toEqual([])
  expect([...it.oddities()].sort()).toEqual(anomalies.map((anomaly) => JSON.stringify(anomaly)).sort())
}

test('two processes behind one server: the table is the ledger, and both have worked', async () => {
  stack = await stackOf(config, 2)
  await stack.start()
  const lines = played(200, 3)
  await stack.send(lines)
  await settled(stack, lines)
  expect(new Set(stack.rows().map(({ writtenBy }) => writtenBy)).size).toBe(2)
})

test('whatever is killed, and while the sink is away: the table is the ledger', async () => {
  stack = await stackOf(config, 2)
  const it = stack
  await it.start()
  const lines = played(500, 4)
  const kills = ['service', 'restate', 'worker', 'restate', 'service', 'worker', 'restate', 'service', 'worker'] as const
  const at = new Map(kills.map((what, i) => [Math.floor(((i + 1) * lines.length) / (kills.length + 3)), what]))
  const away = Math.floor(((kills.length + 1) * lines.length) / (kills.length + 3))
  let mending = Promise.resolve()
  let handedOver = 0
  const during: Array<number> = []
  await it.send(lines, (place) => {
    handedOver = place
    const what = at.get(place)
    if (what !== undefined) {
      mending = mending.then(async () => {
        during.push(handedOver)
        it.kill(what)
        await sleep(200)
        await it.start()
      })
    }
    if (place === away) {
      mending = mending.then(async () => {
        const lock = new DatabaseSync(join(it.folder, 'records.sqlite'), { timeout: 10_000 })
        lock.exec('begin exclusive')
        await sleep(4_000)
        lock.exec('rollback')
        lock.close()
      })
    }
  })
  await mending
  expect(during.length).toBe(kills.length)
  // each while events were still to come
  expect(Math.max(...during)).toBeLessThan(lines.length - 100)
  await settled(it, lines)
})
