import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import { cloneRawRequest } from 'hono/request'
import { describe, expect, onTestFinished, test } from 'vitest'
import { run } from '../cli/command.js'
import { ANSWER, FORM, HANGUP, RING, handler, until } from './hook.js'

const root = join(import.meta.dirname, '../..')
const RECIPES = readdirSync(join(root, 'examples/webhook')).filter((name) => name !== 'handle.ts')
const SERVERS = RECIPES.filter((name) => name !== 'capture.ts')

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

const isThere = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.unref()
  })

/** A recipe in a process of its own, which ends with the test; what it printed. */
const started = async (name: string, env: Readonly<Record<string, string>> = {}) => {
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'examples/webhook', name)], {
    cwd: root,
    env: { ...process.env, ...env, HOOK_SECRET: 'right', PORT: String(port) }
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = new Promise((resolve) => child.once('close', resolve))
  onTestFinished(async () => {
    child.kill()
    await ended
  })
  while (!(await isThere(port))) {
    if (child.exitCode !== null) expect.fail(said)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const address = `http://127.0.0.1:${port}/hook?secret=right`
  return {
    said: () => said,
    get: (query: string) => fetch(`${address}&${query}`),
    post: (body: string, headers: Readonly<Record<string, string>> = { 'content-type': FORM }, query = '') => fetch(`${address}${query}`, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers }),
    guessed: () => fetch(`http://127.0.0.1:${port}/hook`, { method: 'POST', body: new URLSearchParams(RING) })
  }
}

describe('the recipes of servers', () => {
  test.each(SERVERS)('%s takes events by POST and GET, and refuses what is none of the PBX', async (name) => {
    const { get, post, guessed, said } = await started(name)
    const answers = [await post(RING), await get(ANSWER), await post(HANGUP, { 'content-type': FORM }, '&ExtType=phone'), await post(RING, {}), await guessed(), await get('EventType=hangup')]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 403, 200])
    await until(() => said().includes('no event'))
    expect(said().trim().split('\n')).toEqual([
      'dial ab12',
      'answer ab12',
      'hangup ab12',
      'dial ab12',
      'answered 403: the secret is missing or wrong',
      'no event: is missing EventType=hangup'
    ])
  })
})

test('express-parsed.ts takes what a parser of JSON has read, too', async () => {
  const { post, said } = await started('express-parsed.ts')
  const event = { EventType: 'dial-in', EventTime: 1_780_000_686_000_000, CallID: 'AB12', SubCallID: '1-ab12', CallerIDNum: '+79160000001', RemoteNumber: null }
  expect((await post(JSON.stringify(event), { 'content-type': 'application/json' })).status).toBe(200)
  await until(() => said() !== '')
  expect(said()).toBe('dial ab12\n')
})

describe('what stands in front of the handler', () => {
  /** A server of this process, which is gone when the test is over. */
  const listening = (listener: Parameters<typeof createServer>[1]): Promise<string> =>
    new Promise((resolve) => {
      const server = createServer(listener).listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`))
      onTestFinished(() => new Promise((closed) => server.close(() => closed())))
    })
  const sent = async (address: string, body: string | null = RING, type = FORM): Promise<readonly [number, string]> => {
    const answer = await fetch(address, { method: 'POST', body, headers: { 'content-type': type, connection: 'close' } })
    return [answer.status, await answer.text()]
  }
  const READ = /^the body was read before the handler could: mount the handler before any body parser/

  test.each([
    ['express.urlencoded', express.urlencoded()],
    ['express.text', express.text({ type: '*/*' })],
    ['express.raw', express.raw({ type: '*/*' })]
  ])('%s leaves nothing of the body: the event is answered 500, with what to do', async (_name, parser) => {
    const { handle, events, undecodable, failures } = handler()
    const app = express()
    app.use(parser)
    app.all('/hook', getRequestListener(handle))
    const address = await listening(app)
    expect(await sent(address)).toEqual([500, expect.stringMatching(READ)])
    expect([events, undecodable, failures]).toEqual([[], [], [{ kind: 'body-taken', status: 500 }]])
    expect((await sent(`${address}?${RING}`, null))[0]).toBe(200)
  })

  test('a parser of JSON alone is in nobody\'s way', async () => {
    const { handle, events } = handler()
    const app = express()
    app.use(express.json())
    app.all('/hook', getRequestListener(handle))
    expect((await sent(await listening(app)))[0]).toBe(200)
    expect(events.length).toBe(1)
  })

  test('a parser that reads chunks leaves nothing of them either', async () => {
    const { handle, failures } = handler()
    const app = express()
    app.use(express.urlencoded())
    app.all('/hook', getRequestListener(handle))
    const body = new ReadableStream<Uint8Array>({ start: (controller) => { controller.enqueue(new TextEncoder().encode(RING)); controller.close() } })
    expect((await fetch(await listening(app), { method: 'POST', body, duplex: 'half', headers: { 'content-type': FORM, connection: 'close' } })).status).toBe(500)
    expect(failures).toEqual([{ kind: 'body-taken', status: 500 }])
  })

  test('Hono\'s own reading of the body leaves a request that is read: cloneRawRequest makes it anew', async () => {
    const { handle, events, failures } = handler()
    const app = new Hono()
    app.use(async (context, next) => {
      await context.req.parseBody()
      await next()
    })
    app.all('/hook', (context) => handle(context.req.raw))
    app.all('/anew', async (context) => handle(await cloneRawRequest(context.req)))
    const address = await listening((request, response) => void getRequestListener(app.fetch)(request, response))
    expect(await sent(address)).toEqual([500, expect.stringMatching(READ)])
    expect([events, failures]).toEqual([[], [{ kind: 'body-taken', status: 500 }]])
    expect((await sent(address.replace('/hook', '/anew')))[0]).toBe(200)
    expect(events.length).toBe(1)
  })
})

describe('the handler itself, mounted where there are no web requests, is shown to be a mistake at once', () => {
  const untyped = (handle: unknown): never => handle as never

  test('by Express', async () => {
    const { handle, all } = handler()
    const before = all()
    const app = express()
    app.set('env', 'test') // which keeps Express from printing what it shows
    app.all('/hook', untyped(handle))
    const server = app.listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, { method: 'POST', body: new URLSearchParams(RING) })
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('takes a Request of the web platform')])
    expect(all()).toBe(before)
  })

  test('by Fastify', async () => {
    const app = fastify()
    app.all('/hook', untyped(handler().handle))
    onTestFinished(() => app.close())
    const answer = await fetch(`${await app.listen({ port: 0, host: '127.0.0.1' })}/hook`)
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('getRequestListener(handle) of @hono/node-server')])
  })

  test('by Hono', async () => {
    const app = new Hono()
    app.all('/hook', untyped(handler().handle))
    let shown: unknown
    app.onError((error, context) => {
      shown = error
      return context.text('', 500)
    })
    expect((await app.request('/hook')).status).toBe(500)
    expect(String(shown)).toContain('hand it context.req.raw')
  })
})

test('what capture.ts has written is read by call-legs classify', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'call-legs-capture-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'captured.ndjson')
  const { post, get, guessed, said } = await started('capture.ts', { CAPTURE: file })
  for (const body of [RING, ANSWER, HANGUP, 'EventType=voicemail&CallID=ab', 'EventType=hangup\r\n&CallFlow=in']) expect((await post(body)).status).toBe(200)
  expect((await get('EventType=dial-out&CallID=ef&SubCallID=1-ef&CalledNumber=%2B79160000002')).status).toBe(200)
  expect((await guessed()).status).toBe(403)
  expect(said()).toBe('answered 403: the secret is missing or wrong\n')
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  expect(lines.map((line) => /hangup|dial-in|answer|voicemail|dial-out/.exec(line)?.[0])).toEqual(['dial-in', 'answer', 'hangup', 'voicemail', 'hangup', 'dial-out'])
  expect(readFileSync(file, 'utf8')).not.toContain('right')

  const { status, stdout, stderr } = await run('classify', file)
  // one of the six lines is no event, and says so
  expect([status, stderr]).toEqual([1, expect.stringMatching(/captured\.ndjson:5: /)])
  expect(stdout.trim().split('\n').map((line) => JSON.parse(line).kind)).toEqual(['answered', 'incomplete'])
})

describe('the document shows these very files', () => {
  const page = readFileSync(join(root, 'docs/live.md'), 'utf8')
  test.each(readdirSync(join(root, 'examples/webhook')))('%s', (name) => {
    const file = readFileSync(join(root, 'examples/webhook', name), 'utf8')
    expect([page.includes(`(../examples/webhook/${name})`), page.includes(`\`\`\`ts\n${file}\`\`\``)]).toEqual([true, true])
  })
})
