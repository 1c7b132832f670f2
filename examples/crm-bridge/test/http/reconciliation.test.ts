import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CallRecord, ledger } from 'call-legs'
import { reconcile } from 'call-legs/reconcile'
import { isRight } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { config, dayOf, eventsOf, listedOverHttp } from '../../../../test/reconcile/day.js'
import { callHistory } from '../../../../test/vendor/callHistory.js'
import { startVendor, type Vendor } from '../../../../test/vendor/Vendor.js'
import { smallCompany } from '../../../../src/testing/Company.js'
import { endBridges, startBridge, type BridgeProcess } from '../bridgeProcess.js'

const DIRECTORY = fileURLToPath(new URL('../../../directory.json', import.meta.url))

const day = dayOf(5, 40)

/** One call of three is lost as a whole, and every answer. */
const isLost = (kind: string, place: number): boolean => place % 3 === 0 || kind === 'answer'
const sent = day.flatMap(({ events }, place) => events.filter((event) => !isLost(event['EventType'] ?? '', place)))

let folder: string
let vendor: Vendor
let bridge: BridgeProcess

const start = () =>
  startBridge({
    env: {
      DATA_DIR: folder,
      DIRECTORY,
      PBX_URL: vendor.url,
      PBX_CLIENT_ID: vendor.clientId,
      PBX_CLIENT_SECRET: vendor.clientSecret,
      GRACE_MS: '4000',
      TICK_MS: '50',
      // the day of the story, whenever this runs
      RECONCILE_BACK_MS: '31536000000',
      // nobody listens there: what the CRM is to be told waits
      CRM: 'hubspot',
      CRM_URL: 'http://127.0.0.1:9',
      CRM_TOKEN: 'token',
      CRM_DELAY_MS: '0'
    }
  })

const ask = async (where: string): Promise<unknown> => (await fetch(`${bridge.url}${where}`)).json()

interface Told {
  readonly last: { readonly at: number; readonly calls: number; readonly differences: number; readonly found: ReadonlyArray<{ readonly what: string }> } | null
}

/** Waits for a comparison that began after that moment. */
const compared = async (after: number): Promise<NonNullable<Told['last']>> => {
  for (;;) {
    const { last } = (await ask('/api/reconciliation')) as Told
    if (last !== null && last.at > after) return last
    await sleep(100)
  }
}

const recordsOf = async (): Promise<ReadonlyArray<CallRecord>> =>
  (await (await fetch(`${bridge.url}/api/ledger`)).text())
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const read = CallRecord.decode(JSON.parse(line))
      return isRight(read) ? [{ ...read.right, because: [] }] : []
    })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-reconciliation-'))
  cpSync(inject('emptyData'), folder, { recursive: true })
  vendor = await startVendor({ list: day.map((call) => callHistory(smallCompany, call)), pageSize: 15 })
  bridge = await start()
})

afterAll(async () => {
  await endBridges()
  await vendor.close()
  rmSync(folder, { recursive: true, force: true })
})

test('after the start what webhooks lost is found and taken in, once', async () => {
  for (const event of sent) expect((await fetch(`${bridge.url}/hook`, { method: 'POST', body: new URLSearchParams({ ...event }) })).status).toBe(200)
  const last = await compared(0)
  expect(last.calls).toBe(40)
  expect(last.found.map(({ what }) => what)).toContain('the call is not known')

  const known = day.flatMap((call, place) => eventsOf(call).filter(({ kind }) => !isLost(kind, place)))
  const { differences, events } = reconcile(config)((callId) => known.filter((event) => event.callId === callId), await listedOverHttp(day))
  expect(last.differences).toBe(differences.length)
  const expected = ledger(config)([...known, ...events]).records.map((record) => ({ ...record, because: [] }))
  // a miss settles some seconds after its call's last event was received
  await vi.waitFor(async () => expect(await recordsOf()).toEqual(expected), { timeout: 20_000, interval: 100 })

  // what was found waits for the CRM like what webhooks told: no talk is there that it is never told of; a record that no longer holds is told too
  const { waiting } = (await ask('/api/crm')) as { readonly waiting: number }
  expect(waiting).toBeGreaterThanOrEqual(expected.length)

  await bridge.end()
  bridge = await start()
  const again = await compared(last.at)
  expect(again.differences).toBe(0)
  expect(await recordsOf()).toEqual(expected)
})
