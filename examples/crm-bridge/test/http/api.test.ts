import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { startVendor, type Vendor } from '../../../../test/vendor/Vendor.js'
import { eventsOfPlaced } from '../../../../test/vendor/events.js'
import { contents } from '../../demo/company.js'
import { endBridges, startBridge, type BridgeProcess } from '../bridgeProcess.js'
import { at, lost, phone, queue, talk, type Fields } from '../story.js'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const DIRECTORY = path('../../../directory.json')
const SECRET = 'open sesame'
const RECORDED = '85101-0F1E'

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** What stands at a place of a JSON answer, `records.*.record.kind`: with a star, of each. */
const pick = (value: unknown, place: string): unknown => {
  if (place === '') return value
  const [key = '', ...rest] = place.split('.')
  if (key === '*') return Array.isArray(value) ? value.map((one) => pick(one, rest.join('.'))) : undefined
  return typeof value === 'object' && value !== null ? pick(new Map<string, unknown>(Object.entries(value)).get(key), rest.join('.')) : undefined
}

const textOf = (value: unknown, place: string): string => String(pick(value, place))
const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : -1)

let folder: string
let vendor: Vendor
let bridge: BridgeProcess

const ask = async (where: string, init?: RequestInit): Promise<Answer> => {
  const response = await fetch(`${bridge.url}${where}`, { redirect: 'manual', ...init })
  return { status: response.status, body: await response.json() }
}
const json = (method: string, body: unknown): RequestInit => ({ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

const send = async (events: ReadonlyArray<Fields>): Promise<void> => {
  for (const fields of events) {
    const { status } = await fetch(`${bridge.url}/hook?secret=${encodeURIComponent(SECRET)}`, { method: 'POST', body: new URLSearchParams({ ...fields }) })
    expect(status).toBe(200)
  }
}

/** As if the story had begun a moment ago. */
const fresh = (fields: Fields): Fields => ({ ...fields, EventTime: String(Number(fields.EventTime) - at(30) + Date.now() * 1000) })

const until = async <A>(look: () => Promise<A>, isSo: (seen: A) => boolean): Promise<A> => {
  for (let tries = 0; ; tries += 1) {
    const seen = await look()
    if (isSo(seen) || tries > 200) return seen
    await sleep(50)
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-api-'))
  cpSync(inject('emptyData'), folder, { recursive: true })
  vendor = await startVendor({ ...contents, recordings: { [RECORDED]: 'https://storage.pbx.example/85101.mp3?sign=abc', '85101-EVIL': 'javascript:alert(1)' } })
  bridge = await startBridge({
    env: {
      DATA_DIR: folder,
      DIRECTORY,
      BRIDGE_SECRET: SECRET,
      PBX_URL: vendor.url,
      PBX_CLIENT_ID: vendor.clientId,
      PBX_CLIENT_SECRET: vendor.clientSecret,
      SETTLE_MS: '200',
      GRACE_MS: '100',
      OLD_MS: '86400000',
      TICK_MS: '50',
      LOG_LEVEL: 'info'
    }
  })
})

afterAll(async () => {
  await endBridges()
  await vendor.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the hook', () => {
  test('without the secret nobody is let in', async () => {
    expect((await fetch(`${bridge.url}/hook`, { method: 'POST', body: new URLSearchParams({ ...talk('x1')[0] }) })).status).toBe(403)
    expect((await fetch(`${bridge.url}/hook?secret=guessed`)).status).toBe(403)
  })

  test('what is no event is answered 200, and kept', async () => {
    await send([{ EventType: 'dial-in', CallerIDNum: '+79160000001' }, { EventType: 'hangup', CallID: 'a\u0000b', SubCallID: '1-a', EventTime: '1780000000000000' }])
    const { body } = await ask('/api/undecodable')
    expect(pick(body, 'undecodable.*.what.error.reason')).toEqual(['has a character that the database cannot hold', 'is missing'])
    expect(JSON.stringify(body)).not.toContain('sesame')
  })

  test('an IVR that asks for the responsible employee is told him from the table of clients, and else nothing', async () => {
    await ask('/api/clients', json('PUT', [{ number: '+7 916 000-00-07', name: 'Romashka', extension: '453*102' }, { number: '+79160000008', name: 'Mak' }]))
    const asked = async (number: string): Promise<string> => {
      const body = new URLSearchParams({ EventType: 'call_interactive', CallID: 'AB12', CallerIDNum: number, CalledExtension: '453*800' })
      const response = await fetch(`${bridge.url}/hook?secret=${encodeURIComponent(SECRET)}`, { method: 'POST', body })
      expect(response.headers.get('content-type')).toContain('text/xml')
      return response.text()
    }
    expect(await asked('+79160000007')).toContain('<SetVar name="responsible">453*102</SetVar>')
    expect(await asked('+79160000008')).toContain('<Response/>')
    expect(await asked('+79160000099')).toContain('<Response/>')
  })
})

describe('records', () => {
  test('a talk and a miss, newest first, with the client\'s name; each with why, and its history', async () => {
    await send([...talk('a1', '+79160000007'), ...lost('b2')])
    const { body } = await until(() => ask('/api/records'), ({ body: seen }) => lengthOf(pick(seen, 'records')) === 2)
    expect(pick(body, 'records.*.record.kind')).toEqual(['answered', 'missed'])
    expect(pick(body, 'records.*.client.name')).toEqual(['Romashka', undefined])
    const missed = await ask('/api/records/b2/missed')
    expect(missed.body).toMatchObject({
      revision: 1,
      retracted: false,
      record: { kind: 'missed', extension: '453*887' },
      history: [{ change: { change: 'registered' } }],
      explanation: { verdict: 'missed at 453*887', missed: 'missed at 453*887' }
    })
    expect(pick(missed.body, 'explanation.rules.*.rule')).toContain('R-missed')
    expect((await ask(`/api/records/${encodeURIComponent('b2/missed')}`)).body).toEqual(missed.body)
  })

  test('by kind, by client, and page after page', async () => {
    expect(pick((await ask('/api/records?kind=missed')).body, 'records.*.record.kind')).toEqual(['missed'])
    expect(pick((await ask('/api/records?number=8%20916%20000-00-07')).body, 'records.*.record.id')).toEqual(['a1/85101-a1'])
    const first = await ask('/api/records?limit=1')
    const second = await ask(`/api/records?limit=1&before=${encodeURIComponent(textOf(first.body, 'next'))}`)
    expect([first, second].map(({ body }) => pick(body, 'records.*.record.id'))).toEqual([['a1/85101-a1'], ['b2/missed']])
    expect(pick(second.body, 'next')).toBeUndefined()
  })

  test('a CRM reads the changes from where it was', async () => {
    const all = await ask('/api/changes')
    expect(pick(all.body, 'changes.*.change.change')).toEqual(['registered', 'registered'])
    expect((await ask(`/api/changes?after=${textOf(all.body, 'last')}`)).body).toEqual({ changes: [], last: pick(all.body, 'last') })
  })

  test('who rings and who waits now, with the client\'s card', async () => {
    await send([fresh(queue('c3', '+79160000007').rings(0)), fresh(phone('c3', 102, '+79160000007').rings(3))])
    const { body } = await ask('/api/ringing')
    expect(pick(body, 'legs')).toMatchObject([
      { state: 'waiting', extension: '453*887' },
      { state: 'ringing', extension: '453*102' }
    ])
    expect(pick(body, 'callers')).toMatchObject([{ number: '+79160000007', client: { name: 'Romashka', extension: '453*102' }, recent: [{ kind: 'answered' }] }])
  })

  test('the bundled day: the ledger is what the command line says, byte for byte', async () => {
    const day = readFileSync(path('../../../events/day.ndjson'), 'utf8').trim().split('\n').map((line): Fields => JSON.parse(line))
    const before = new Set((await (await fetch(`${bridge.url}/api/ledger`)).text()).split('\n'))
    await send(day)
    const cli = execFileSync(process.execPath, [path('../../../../dist/cli.js'), 'classify', '--directory', DIRECTORY, path('../../../events/day.ndjson')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    // what is still open in the recording is an incomplete record only when it is given up
    const expected = cli.split('\n').filter((line) => !line.includes('"kind":"incomplete"'))
    const ledger = async (): Promise<ReadonlyArray<string>> => (await (await fetch(`${bridge.url}/api/ledger`)).text()).split('\n').filter((line) => line === '' || !before.has(line))
    expect(await until(ledger, (lines) => lines.length >= expected.length)).toEqual(expected)
  })
})

describe('calls', () => {
  const idsOf = async (query: string): Promise<unknown> => pick((await ask(`/api/calls?${query}`)).body, 'calls.*.callId')

  test('a call is one thing, with all its records; found by a part of a number, by a name, by an extension', async () => {
    await ask('/api/clients', json('PUT', [{ number: '+79160000077', name: 'Orchid Studio' }]))
    await send([...talk('w1', '+79160000077'), phone('w1', 102, '+79160000077').rings(2), phone('w1', 102, '+79160000077').hangsUp(6, 'CANCEL')])
    for (const query of ['q=0000077', 'q=8%20(916)%20000-00-77', 'q=orchid', 'q=STUDIO%20orchid', 'q=0000077&kind=talked']) expect([query, await idsOf(query)]).toEqual([query, ['w1']])
    for (const query of ['q=0000077&kind=missed', 'q=orchids', 'q=orchid%25', 'q=__proto__', `q=0000077&to=${at(0)}`]) expect([query, await idsOf(query)]).toEqual([query, []])
    expect(await idsOf(`q=0000077&from=${at(0)}&to=${at(100)}`)).toEqual(['w1'])
    expect(await ask('/api/calls?kind=__proto__')).toMatchObject({ status: 400 })
    expect(await ask('/api/calls?before=rubbish')).toMatchObject({ status: 400 })
  })

  test('page after page gives every call once', async () => {
    const all = await idsOf('limit=500')
    const seen: Array<unknown> = []
    let before = ''
    for (let i = 0; i < 50; i++) {
      const { body } = await ask(`/api/calls?limit=7${before}`)
      const page = pick(body, 'calls.*.callId')
      seen.push(...(Array.isArray(page) ? page : []))
      if (pick(body, 'next') === undefined) break
      before = `&before=${encodeURIComponent(textOf(body, 'next'))}`
    }
    expect(seen).toEqual(all)
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('how one went: all legs, the rules with their sentences, how often it was corrected', async () => {
    const { status, body } = await ask('/api/calls/w1')
    expect(status).toBe(200)
    expect(body).toMatchObject({ callId: 'w1', client: { name: 'Orchid Studio' }, records: [{ kind: 'answered' }], corrections: 0, explanation: { legs: [{ verdict: expect.any(String) }, { verdict: expect.any(String) }] } })
    expect(pick(body, 'rules.R-success')).toEqual(expect.any(String))
    expect(await ask('/api/calls/nobody')).toEqual({ status: 404, body: { error: 'there is no such call' } })
  })

  test('what happens now is told as it happens, and the stream ends with the bridge', async () => {
    const reader = (await fetch(`${bridge.url}/api/events`)).body?.pipeThrough(new TextDecoderStream()).getReader()
    let told = ''
    const untilTold = async (text: string): Promise<void> => {
      while (!told.includes(text)) told += (await reader?.read())?.value ?? ''
    }
    await untilTold('event: ringing')
    await send([fresh(phone('sse', 102, '+79160000078').rings(0))])
    await untilTold('+79160000078')
    await reader?.cancel()
  })
})

describe('recordings', () => {
  test('the link is asked for when somebody wants to listen', async () => {
    const [rings, answers, hangsUp] = talk('d4')
    await send([rings, answers, { ...hangsUp, RecID: RECORDED }] as ReadonlyArray<Fields>)
    const response = await fetch(`${bridge.url}/api/records/d4/85101-d4/recording`, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://storage.pbx.example/85101.mp3?sign=abc'])
    expect((await ask('/api/records/d4%2F85101-d4/recording?format=json')).body).toEqual({ url: 'https://storage.pbx.example/85101.mp3?sign=abc' })
  })

  test('there is none, nobody talked, or it is no link: a sentence', async () => {
    await send(talk('e5').map((fields) => (fields.EventType === 'hangup' ? { ...fields, RecID: '85101-GONE' } : fields)))
    await send(talk('e6').map((fields) => (fields.EventType === 'hangup' ? { ...fields, RecID: '85101-EVIL' } : fields)))
    expect(await ask('/api/records/e5/85101-e5/recording')).toMatchObject({ status: 404, body: { error: expect.stringContaining('there is no recording') } })
    expect(await ask('/api/records/b2/missed/recording')).toMatchObject({ status: 404, body: { error: 'nobody talked: there is no recording' } })
    expect(await ask('/api/records/e6/85101-e6/recording')).toMatchObject({ status: 502, body: { error: expect.stringContaining('record_url is not a URL') } })
  })
})

describe('click-to-call', () => {
  test('the call of a click carries its context, and is a callback', async () => {
    const { status, body } = await ask('/api/calls', json('POST', { source: '453*102', destination: '+79160000001', context: { deal: 42 } }))
    expect(status).toBe(201)
    const [placed] = vendor.placed()
    if (placed === undefined) throw new Error('nothing was placed')
    await send(eventsOfPlaced(placed, { at: 1_780_000_000_000_000 }))
    const callId = textOf(body, 'callId')
    expect((await ask(`/api/records/${callId}/85219-${callId}`)).body).toMatchObject({ record: { kind: 'callback', extension: '453*102', context: { deal: 42 } } })
  })

  test('what cannot be placed is refused with a sentence, and a form of somebody else\'s page too', async () => {
    expect(await ask('/api/calls', json('POST', { source: '453*887', destination: '+79160000001' }))).toMatchObject({ status: 422, body: { error: expect.stringContaining('is a queue') } })
    expect(await ask('/api/calls', json('POST', { destination: 1 }))).toMatchObject({ status: 422 })
    expect(await ask('/api/calls', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })).toMatchObject({ status: 400 })
    expect(await ask('/api/calls', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"source":"453*102","destination":"+79160000001"}' })).toMatchObject({ status: 415 })
    expect(vendor.placed()).toHaveLength(1)
  })
})

describe('clients', () => {
  test('are read back; what is no client is refused as a whole', async () => {
    expect((await ask('/api/clients/%2B79160000007')).body).toEqual({ number: '+7 916 000-00-07', name: 'Romashka', extension: '453*102' })
    expect(await ask('/api/clients', json('PUT', [{ number: '+79160000001' }, { number: '453*101' }]))).toMatchObject({ status: 422, body: { error: 'client 2: the number is none' } })
    expect(await ask('/api/clients', json('PUT', [{ number: '+79160000001', extension: '453*1<b>' }]))).toMatchObject({ status: 422 })
    expect((await ask('/api/clients/79160000001')).status).toBe(404)
  })
})

describe('the rest', () => {
  test('what is not there, and the health', async () => {
    expect(await ask('/api/records/nobody/missed')).toEqual({ status: 404, body: { error: 'there is no such record' } })
    expect(await ask('/api/records/%E0%A4%A')).toMatchObject({ status: 404 })
    expect(await ask('/nothing')).toEqual({ status: 404, body: { error: 'there is nothing here' } })
    // the events of these stories are old ones: time is held for a moment after each
    await expect.poll(() => ask('/api/health')).toMatchObject({ status: 200, body: { database: 'there', kind: 'pglite', holding: false } })
  })

  test('the page has nothing from anywhere else, and no script may run on it but its own', async () => {
    const response = await fetch(bridge.url)
    const html = await response.text()
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    const [, script = ''] = /<script>(.*)<\/script>/s.exec(html) ?? []
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}';`)
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//)
    expect(html).not.toMatch(/<script[^>]+src|<link[^>]+stylesheet/)
  })

  test('in the log there is no number and no name of a client, and no secret', () => {
    expect(bridge.said()).not.toMatch(/7916|Romashka|sesame/)
    expect(bridge.said()).not.toContain(vendor.clientSecret)
  })

  test('a second process is not let into the folder', async () => {
    await expect(startBridge({ env: { DATA_DIR: folder, DIRECTORY } })).rejects.toThrow(/ended \(2\).*another process has the folder/s)
  })

  test('what the environment says wrongly is said in a sentence, without the value', async () => {
    const starting = startBridge({ env: { DATA_DIR: folder, SETTLE_MS: 'soon', PBX_URL: 'http://127.0.0.1:1' } })
    await expect(starting).rejects.toThrow(/SETTLE_MS is no whole number.*PBX_URL, PBX_CLIENT_ID and PBX_CLIENT_SECRET are given all three/s)
  })

  test('told to end, it ends with 0 though somebody still listens to what happens, and its records are there at the next start', async () => {
    const listening = await fetch(`${bridge.url}/api/events`)
    expect(listening.headers.get('content-type')).toContain('text/event-stream')
    const before = await (await fetch(`${bridge.url}/api/ledger`)).text()
    expect(await bridge.end()).toMatchObject({ code: 0 })
    bridge = await startBridge({ env: { DATA_DIR: folder, DIRECTORY } })
    expect(await (await fetch(`${bridge.url}/api/ledger`)).text()).toBe(before)
    expect(await ask('/api/calls', json('POST', { source: '453*102', destination: '+79160000001' }))).toMatchObject({ status: 503, body: { error: expect.stringContaining('no PBX is configured') } })
  })
})
