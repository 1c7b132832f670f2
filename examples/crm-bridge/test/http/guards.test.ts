import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { endBridges, launchBridge, startBridge, type BridgeProcess } from '../bridgeProcess.js'
import { talk } from '../story.js'

const DIRECTORY = fileURLToPath(new URL('../../../directory.json', import.meta.url))
const SECRET = 'open sesame'
const TOKEN = 'Zk3.x_long-enough~token+/=='

const folders: Array<string> = []
const dataDir = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-guards-'))
  folders.push(folder)
  cpSync(inject('emptyData'), folder, { recursive: true })
  return folder
}
const environment = (): Readonly<Record<string, string>> => ({ DATA_DIR: dataDir(), DIRECTORY, BRIDGE_SECRET: SECRET, LOG_LEVEL: 'debug' })

let open: BridgeProcess
let guarded: BridgeProcess
beforeAll(async () => {
  open = await startBridge({ env: environment() })
  guarded = await startBridge({ env: { ...environment(), BRIDGE_TOKEN: TOKEN, BRIDGE_HOSTS: 'CRM.example, calls.example:8443' } })
})
afterAll(async () => {
  await endBridges()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** A request in which every header is as it is said, `Host` too: no client of HTTP lets one set that. */
const raw = (to: BridgeProcess, target: string, headers: ReadonlyArray<string>, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const socket = connect(to.port, '127.0.0.1')
    let heard = ''
    socket.setEncoding('utf8').on('data', (text: string) => (heard += text))
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = '', ...body] = heard.split('\r\n\r\n')
      const [status = '', ...lines] = head.split('\r\n')
      resolve({ status: Number(status.split(' ')[1]), headers: new Headers(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)])), text: body.join('\r\n\r\n') })
    })
    socket.write([`${method} ${target} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n'))
  })

const own = (to: BridgeProcess): string => `Host: 127.0.0.1:${to.port}`
const GUARDED = ['/', '/api/records', '/api/changes', '/api/ledger', '/api/ringing', '/api/health', '/api/clients', '/api/undecodable', '/nothing']

describe('a name that is none of the bridge\'s', () => {
  test.each(['evil.example', 'evil.example:8080', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1', '[::2]', 'a b', ''])('%j is refused by page and API', async (host) => {
    for (const target of GUARDED) {
      const { status, text } = await raw(open, target, [`Host: ${host}`])
      // the server itself refuses what is no name at all
      expect([400, 403]).toContain(status)
      if (/^[\w.:[\]]+$/.test(host)) expect([status, text]).toEqual([403, expect.stringContaining('this is no name of the bridge')])
    }
  })

  test('is refused to whatever is written, too, and behind an address of its own', async () => {
    for (const method of ['POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE']) expect((await raw(open, '/api/clients', ['Host: evil.example'], method)).status).toBe(403)
    expect((await raw(open, 'http://127.0.0.1/api/clients', ['Host: evil.example'])).status).toBe(403)
    expect((await raw(open, '/api/clients', [own(open), 'Host: evil.example'])).status).toBeGreaterThanOrEqual(400)
    expect((await raw(open, '/api/clients', ['Host: evil.example', own(open)])).status).toBeGreaterThanOrEqual(400)
  })

  test.each(['localhost', 'LOCALHOST:1234', '127.0.0.1', '[::1]:8080'])('%s is one of its own', async (host) => {
    for (const target of ['/', '/api/records', '/api/health']) expect((await raw(open, target, [`Host: ${host}`])).status).toBe(200)
  })

  test('those that a proxy has for it are given', async () => {
    const bearer = `Authorization: Bearer ${TOKEN}`
    for (const host of ['crm.example', 'crm.example:444', 'calls.example:8443']) expect((await raw(guarded, '/api/records', [`Host: ${host}`, bearer])).status).toBe(200)
    for (const host of ['calls.example', 'calls.example:1', 'www.crm.example']) expect((await raw(guarded, '/api/records', [`Host: ${host}`, bearer])).status).toBe(403)
  })
})

describe('a page elsewhere', () => {
  test.each([
    ['Sec-Fetch-Site: cross-site'],
    ['Sec-Fetch-Site: same-site'],
    ['Sec-Fetch-Site: whatever'],
    ['Origin: https://evil.example'],
    ['Origin: null'],
    ['Origin: http://127.0.0.1:1'],
    ['Origin: http://127.0.0.1'],
    ['Origin: http://localhost'],
    ['Sec-Fetch-Site: same-origin', 'Origin: https://evil.example']
  ])('%s is refused by page and API', async (...headers) => {
    for (const target of GUARDED) {
      const { status, text } = await raw(open, target, [own(open), ...headers])
      expect([status, text]).toEqual([403, expect.stringMatching(/^\{"error":"a page of another (site|origin) may not ask the bridge/)])
    }
  })

  test('the bridge\'s own page may ask, and so may whoever is no page', async () => {
    const origin = `Origin: http://127.0.0.1:${open.port}`
    for (const headers of [[], ['Sec-Fetch-Site: same-origin'], ['Sec-Fetch-Site: none'], [origin], ['Sec-Fetch-Site: same-origin', origin]]) {
      expect((await raw(open, '/api/records', [own(open), ...headers])).status).toBe(200)
    }
  })

  test('the page behind a proxy may ask, whether the proxy keeps its name or not', async () => {
    const bearer = `Authorization: Bearer ${TOKEN}`
    for (const host of ['Host: crm.example', own(guarded)]) expect((await raw(guarded, '/api/records', [host, bearer, 'Origin: https://crm.example'])).status).toBe(200)
    expect((await raw(guarded, '/api/records', ['Host: crm.example', bearer, 'Origin: https://www.crm.example'])).status).toBe(403)
    expect((await raw(guarded, '/api/records', ['Host: crm.example', bearer, 'Origin: https://crm.example:9'])).status).toBe(403)
  })
})

test('the hook is exempt from all of that: it has its secret', async () => {
  const body = new URLSearchParams({ ...talk('a1')[0] }).toString()
  for (const to of [open, guarded]) {
    for (const headers of [['Host: evil.example'], [own(to), 'Sec-Fetch-Site: cross-site'], [own(to), 'Origin: https://evil.example']]) {
      expect((await raw(to, `/hook?secret=${encodeURIComponent(SECRET)}&${body}`, headers)).status).toBe(200)
      expect((await raw(to, `/hook?secret=guessed&${body}`, headers)).status).toBe(403)
    }
  }
})

describe('the token', () => {
  test('is asked for by page and API', async () => {
    for (const target of GUARDED) {
      for (const headers of [[], ['Authorization: Bearer '], ['Authorization: Basic YTpi'], [`Authorization: Bearer ${TOKEN.slice(1)}`], [`Authorization: Bearer ${TOKEN}x`], ['Cookie: crm-bridge=in'], [`Cookie: crm-bridge=${TOKEN}`], [`Cookie: crm-bridge=in.${'A'.repeat(43)}%3D`]]) {
        const { status, text } = await raw(guarded, target, [own(guarded), ...headers])
        expect([400, 401]).toContain(status)
        expect(text).toMatch(/\{"error":"the (bridge asks for its token|token is wrong)/)
      }
    }
    expect((await raw(guarded, `/api/records?token=${encodeURIComponent(TOKEN)}`, [own(guarded)])).status).toBe(401)
  })

  test('lets a program in', async () => {
    for (const target of ['/', '/api/records', '/api/health']) expect((await fetch(`${guarded.url}${target}`, { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200)
  })

  test('lets a browser in that shows it once; its cookie is for this page alone, and does not hold it', async () => {
    const wrong = await fetch(`${guarded.url}/?token=guessed`, { redirect: 'manual' })
    expect([wrong.status, wrong.headers.get('set-cookie'), await wrong.json()]).toEqual([401, null, { error: 'the token is wrong' }])
    const shown = await fetch(`${guarded.url}/?token=${encodeURIComponent(TOKEN)}`, { redirect: 'manual' })
    expect([shown.status, shown.headers.get('location'), shown.headers.get('cache-control')]).toEqual([303, '/', 'no-store'])
    const [cookie = '', ...attributes] = (shown.headers.get('set-cookie') ?? '').split('; ')
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict'])
    expect(decodeURIComponent(cookie)).not.toContain(TOKEN.slice(0, 6))
    for (const target of ['/', '/api/records']) expect((await fetch(`${guarded.url}${target}`, { headers: { cookie } })).status).toBe(200)
    expect((await fetch(`${guarded.url}/api/records`, { headers: { cookie: cookie.replace(/.(%3D)*$/, 'x') } })).status).toBe(401)
    expect((await raw(guarded, '/api/records', [own(guarded), `Cookie: ${cookie}`, 'Sec-Fetch-Site: cross-site'])).status).toBe(403)
    const byTls = await raw(guarded, `/?token=${encodeURIComponent(TOKEN)}`, ['Host: crm.example', 'X-Forwarded-Proto: https'])
    expect(byTls.headers.get('set-cookie')).toContain('; Secure')
  })

  test('is never logged', () => {
    expect(guarded.said()).not.toContain(TOKEN.slice(0, 6))
  })
})

describe('what the bridge refuses to start with, in a sentence', () => {
  const refused = async (env: Readonly<Record<string, string>>, port = 0): Promise<string> => {
    const bridge = launchBridge({ env: { DIRECTORY, ...env }, port })
    expect(await bridge.ended).toEqual({ code: 2, signal: null })
    return bridge.said()
  }

  test.each(['0.0.0.0', '::', '192.0.2.1', '2001:db8::1'])('to listen on %s without a token', async (LISTEN) => {
    expect(await refused({ LISTEN })).toContain('without BRIDGE_TOKEN the bridge listens on the loopback alone')
  })

  test('an address, a token, a name that is none; never with the value', async () => {
    expect(await refused({ LISTEN: 'everywhere' })).toContain('LISTEN is no IP address')
    for (const BRIDGE_TOKEN of ['short', 'sixteen characters, and more', 'ключ-ключ-ключ-ключ']) {
      const said = await refused({ BRIDGE_TOKEN })
      expect(said).toContain('BRIDGE_TOKEN is not 16 or more of')
      expect(said).not.toContain(BRIDGE_TOKEN)
    }
    for (const BRIDGE_HOSTS of ['https://crm.example', 'crm.example/', '*', 'a b']) expect(await refused({ BRIDGE_HOSTS })).toContain('BRIDGE_HOSTS is no list of names')
  })

  test('a port that is in use, and an address that this machine has not got: which setting helps', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void holder.close())
    await new Promise((resolve) => holder.once('listening', resolve))
    const { port } = holder.address() as AddressInfo
    expect(await refused({ DATA_DIR: dataDir() }, port)).toContain(`port ${port} is in use by another program: set PORT`)
    expect(await refused({ DATA_DIR: dataDir(), LISTEN: '192.0.2.1', BRIDGE_TOKEN: TOKEN })).toContain('192.0.2.1 is no address of this machine: set LISTEN')
  })
})

test('another address of the loopback needs no token, and is a name of its own', async () => {
  const bridge = await startBridge({ env: { ...environment(), LISTEN: '127.0.0.2' } })
  expect(bridge.url).toMatch(/^http:\/\/127\.0\.0\.2:/)
  expect((await fetch(`${bridge.url}/api/health`)).status).toBe(200)
  await bridge.end()
})
