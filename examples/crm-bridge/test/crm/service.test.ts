import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { startVendor, type Vendor } from '../../../../test/vendor/Vendor.js'
import { contents } from '../../demo/company.js'
import { readUsers } from '../../src/crm/connect.js'
import { settingsOf } from '../../src/Settings.js'
import { endBridges, startBridge, type BridgeProcess } from '../bridgeProcess.js'
import { DIRECTORY } from '../crash/classified.js'
import { CLIENT, talk, type Fields } from '../story.js'
import { HUBSPOT_TOKEN, ID_PROPERTY, startHubspot, type HubspotStandIn } from './standIns/hubspot.js'

const TOKEN = 'a-token-of-this-test-1234'
const RECORDED = '85101-0F1E'
const STORAGE = 'https://storage.pbx.example/85101.mp3?sign=abc'

describe('a bridge with a CRM', () => {
  let folder: string
  let vendor: Vendor
  let hub: HubspotStandIn
  let bridge: BridgeProcess

  const ask = async (path: string): Promise<unknown> => (await fetch(`${bridge.url}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } })).json()
  const send = async (events: ReadonlyArray<Fields>): Promise<void> => {
    for (const fields of events) expect((await fetch(`${bridge.url}/hook`, { method: 'POST', body: new URLSearchParams({ ...fields }) })).status).toBe(200)
  }
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let tries = 0; !isSo(); tries += 1) {
      if (tries > 400) throw new Error(bridge.said())
      await pause(50)
    }
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bridge-crm-'))
    cpSync(inject('emptyData'), folder, { recursive: true })
    writeFileSync(join(folder, 'users.json'), JSON.stringify({ '453*101': '11' }))
    vendor = await startVendor({ ...contents, recordings: { [RECORDED]: STORAGE } })
    hub = await startHubspot({ owners: ['11'], contacts: { [CLIENT]: '501' } })
    bridge = await startBridge({
      env: {
        DATA_DIR: folder,
        DIRECTORY,
        BRIDGE_TOKEN: TOKEN,
        PBX_URL: vendor.url,
        PBX_CLIENT_ID: vendor.clientId,
        PBX_CLIENT_SECRET: vendor.clientSecret,
        CRM: 'hubspot',
        CRM_URL: hub.url,
        CRM_TOKEN: HUBSPOT_TOKEN,
        CRM_USERS: join(folder, 'users.json'),
        CRM_RECORDINGS_URL: 'https://bridge.example/',
        CRM_DELAY_MS: '50',
        CRM_RETRY_MS: '50',
        TICK_MS: '50',
        GRACE_MS: '0'
      }
    })
  })
  afterAll(async () => {
    await endBridges()
    await vendor.close()
    await hub.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('a talk is on the client\'s card, with a link to its recording that opens without the token', async () => {
    await send(talk('a1').map((fields, i) => (i === 2 ? { ...fields, RecID: RECORDED } : fields)))
    await until(() => hub.associations().length > 0)
    const [call] = hub.calls()
    expect(call).toMatchObject({ [ID_PROPERTY]: 'a1/85101-a1', hubspot_owner_id: '11' })
    const link = String(call?.['hs_call_recording_url'])
    expect(link).toMatch(/^https:\/\/bridge\.example\/recordings\//)
    const path = link.slice('https://bridge.example'.length)
    const open = (where: string): Promise<Response> => fetch(`${bridge.url}${where}`, { redirect: 'manual', headers: { 'sec-fetch-site': 'cross-site' } })
    const followed = await open(path)
    expect([followed.status, followed.headers.get('location')]).toEqual([302, STORAGE])
    const [, , id = '', signature = ''] = path.split('/')
    const other = Buffer.from('a2/85101-a2').toString('base64url')
    expect((await open(`/recordings/${other}/${signature}`)).status).toBe(403)
    expect((await open(`/recordings/${id}/${signature.slice(2)}`)).status).toBe(403)
  })

  test('the state of the CRM is told to whoever has the token', async () => {
    expect((await fetch(`${bridge.url}/api/crm`)).status).toBe(401)
    hub.always(() => ({ on: /./, instead: { status: 503, body: `trouble with ${HUBSPOT_TOKEN}` } }))
    await send(talk('a3'))
    await until(() => bridge.said().includes('the CRM takes nothing now'))
    const told = await ask('/api/crm')
    expect(told).toMatchObject({ crm: 'hubspot', away: 'the CRM has trouble (503)', waiting: 1, records: [{ record: 'a3/85101-a3', waiting: true }] })
    expect(JSON.stringify(told)).not.toContain(HUBSPOT_TOKEN)
    hub.always(undefined)
    await until(() => hub.calls().length === 2)
    await until(() => bridge.said().includes('the CRM is there again'))
    expect(await ask('/api/crm')).toMatchObject({ waiting: 0, overdue: 0, records: [] })
    expect(bridge.said()).not.toMatch(/pat-eu1|\+7916/)
  })
})

describe('what cannot be used of the environment', () => {
  test.each([
    ['{"453*101": "11"}', undefined],
    ['{"453*101": 11}', 'CRM_USERS is no map of extensions to users: {"453*101": "17"}'],
    ['{"453*101": "Anna"}', 'CRM_USERS has a user of amocrm whose id is no number'],
    ['{', 'CRM_USERS cannot be read']
  ])('a file of users: %s', (text, sentence) => {
    const folder = mkdtempSync(join(tmpdir(), 'bridge-users-'))
    writeFileSync(join(folder, 'users.json'), text)
    const users = readUsers(join(folder, 'users.json'), 'amocrm')
    rmSync(folder, { recursive: true })
    if (sentence === undefined) expect(users).toMatchObject({ right: { '453*101': '11' } })
    else expect(isLeft(users) ? users.left : '').toContain(sentence)
  })

  const good = { CRM: 'bitrix24', CRM_URL: 'https://example.bitrix24.ru', CRM_TOKEN: 's3cret', CRM_DEFAULT_USER: '1' }

  test('off by default; on with a name, an address and a token', () => {
    expect(settingsOf({})).toMatchObject({ right: expect.not.objectContaining({ crm: expect.anything() }) })
    expect(settingsOf(good)).toMatchObject({ right: { crm: { name: 'bitrix24', perSecond: 2, createLeads: true, delay: 10_000 } } })
    expect(settingsOf({ CRM: 'hubspot', CRM_TOKEN: 's3cret' })).toMatchObject({ right: { crm: { url: 'https://api.hubapi.com' } } })
  })

  test.each([
    [{ CRM: 'sap' }, 'CRM is none of amocrm, bitrix24, hubspot'],
    [{ CRM_URL: '' }, 'CRM_URL is missing: the address of the account, https://…'],
    [{ CRM_URL: 'http://example.bitrix24.ru' }, 'CRM_URL is no address with https'],
    [{ CRM_TOKEN: '' }, 'CRM_TOKEN is missing, or has characters that no token has'],
    [{ CRM_TOKEN: 's3cret\nx' }, 'CRM_TOKEN is missing, or has characters that no token has'],
    [{ CRM_DEFAULT_USER: '' }, 'CRM_DEFAULT_USER is missing: Bitrix24 takes no call without a user'],
    [{ CRM_DEFAULT_USER: 'Anna' }, 'CRM_DEFAULT_USER is no id of a user'],
    [{ CRM_CLIENT_ID: 'x' }, 'CRM_REFRESH_TOKEN, CRM_CLIENT_ID and CRM_CLIENT_SECRET are given all three, or not at all'],
    [{ CRM_RECORDINGS_URL: 'https://bridge.example' }, 'CRM_RECORDINGS_URL needs BRIDGE_TOKEN, with which the links are signed, and PBX_URL'],
    [{ CRM_CREATE_LEADS: 'yes' }, 'CRM_CREATE_LEADS is neither 0 nor 1'],
    [{ CRM_PER_SECOND: '0' }, 'CRM_PER_SECOND is no whole number from 1 to 1000']
  ])('%o: %s', (change, sentence) => {
    const settings = settingsOf({ ...good, ...change })
    expect(isLeft(settings) ? settings.left : []).toEqual([sentence])
    expect(JSON.stringify(settings)).not.toContain('s3cret')
  })
})
