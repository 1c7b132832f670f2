import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, inject, test } from 'vitest'
import { startVendor, type Vendor, type VendorContents } from '../../../../test/vendor/Vendor.js'
import { contents } from '../../demo/company.js'
import { endBridges, startBridge, type BridgeProcess } from '../bridgeProcess.js'

const SECRET = 'open sesame'
const OTHERS = { id: 5, extension: 85218, event_type: 'hangup', url: 'https://vendor.example/hook', method: 'POST' }

const folders: Array<string> = []
const vendors: Array<Vendor> = []

afterAll(async () => {
  await endBridges()
  for (const vendor of vendors) await vendor.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const started = async (env: Readonly<Record<string, string>>, more: VendorContents = {}): Promise<{ readonly vendor: Vendor; readonly bridge: BridgeProcess }> => {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-subscribe-'))
  folders.push(folder)
  cpSync(inject('emptyData'), folder, { recursive: true })
  const vendor = await startVendor({ ...contents, rows: [OTHERS], ...more })
  vendors.push(vendor)
  const access = { PBX_URL: vendor.url, PBX_CLIENT_ID: vendor.clientId, PBX_CLIENT_SECRET: vendor.clientSecret }
  return { vendor, bridge: await startBridge({ env: { DATA_DIR: folder, BRIDGE_SECRET: SECRET, ...access, ...env } }) }
}

const says = async (bridge: BridgeProcess, what: string): Promise<string> => {
  for (let tries = 0; tries < 200 && !bridge.said().includes(what); tries += 1) await sleep(50)
  return bridge.said()
}

const wanted = (contents.extensions ?? []).reduce((sum, { type }) => sum + (type === 'phone' ? 4 : type === 'queue' || type === 'ivr' ? 2 : 0), 0)

test('the bridge has the PBX send its events at its start, if that is wanted, and leaves what is somebody else\'s', async () => {
  const { vendor, bridge } = await started({ SUBSCRIBE_URL: 'https://crm.example/hook' })
  const said = await says(bridge, '"subscriptions"')
  expect(said).toContain(`"what":"subscriptions","added":${wanted},"removed":0,"kept":0,"ofOthers":1`)
  expect(said).not.toContain('sesame')
  const [others, ...ours] = vendor.rows()
  expect(others).toEqual(OTHERS)
  expect(ours).toHaveLength(wanted)
  expect(ours.every(({ url }) => new URL(url).searchParams.get('secret') === SECRET)).toBe(true)
  await bridge.end()
})

test('where there is no room it says what is missing, and takes events all the same', async () => {
  const { bridge } = await started({ SUBSCRIBE_URL: 'https://crm.example/hook' }, { room: 3 })
  const said = await says(bridge, '"subscriptions"')
  expect(said).toMatch(/the PBX takes no more subscriptions: .*"which":\["not-added: /)
  expect(said).toContain('"added":2')
  expect(said).not.toContain('sesame')
  expect((await fetch(`${bridge.url}/api/health`)).status).toBe(200)
  await bridge.end()
})

test('without the setting no subscription is looked at', async () => {
  const { vendor, bridge } = await started({})
  expect((await fetch(`${bridge.url}/api/health`)).status).toBe(200)
  expect(vendor.received('event')).toEqual([])
  await bridge.end()
})
