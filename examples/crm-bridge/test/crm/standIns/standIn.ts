/* What the stand-ins of CRM APIs have in common: a server on the loopback that can be told to misbehave. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Received {
  readonly method: string
  /** With the query, as it was sent. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  /** Of JSON; undefined, if there was none. */
  readonly body: unknown
}

/** What was sent to it, and is kept as it came. */
export type Fields = Readonly<Record<string, unknown>>

export const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {})

export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** How it goes wrong once, at the next request whose path fits. */
export type Misbehaviour =
  /** It does nothing and says this. */
  | { readonly on: RegExp; readonly instead: Answer }
  /** It does what it was asked to, and says this, or nothing and hangs up, or says it late. */
  | { readonly on: RegExp; readonly afterwards: Answer | 'hang up' | { readonly lateBy: number } }

/** Texts and objects alike. */
const say = (response: ServerResponse, { status, body, headers = {} }: Answer): void => {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json', ...headers }).end(text)
}

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const parts: Array<Uint8Array> = []
  for await (const part of request) parts.push(part)
  const text = Buffer.concat(parts).toString('utf8')
  return text === '' ? undefined : JSON.parse(text)
}

export interface StandIn {
  readonly url: string
  readonly received: (path?: RegExp) => ReadonlyArray<Received>
  readonly misbehave: (...how: ReadonlyArray<Misbehaviour>) => void
  /** From now on each request misbehaves so; nothing: it behaves. */
  readonly always: (how: ((received: Received) => Misbehaviour | undefined) | undefined) => void
  readonly close: () => Promise<void>
}

export const startStandIn = async (handle: (received: Received) => Answer): Promise<StandIn> => {
  const received: Array<Received> = []
  let planned: ReadonlyArray<Misbehaviour> = []
  let always: ((received: Received) => Misbehaviour | undefined) | undefined

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://crm')
    const asked: Received = { method: request.method ?? '', path: decodeURI(request.url ?? ''), query: url.searchParams, headers: request.headers, body: await bodyOf(request) }
    received.push(asked)
    const how = planned.find(({ on }) => on.test(`${asked.method} ${asked.path}`))
    if (how !== undefined) planned = planned.filter((other) => other !== how)
    const done = how ?? always?.(asked)
    if (done !== undefined && 'instead' in done) return say(response, done.instead)
    const answer = handle(asked)
    if (done === undefined) return say(response, answer)
    if (done.afterwards === 'hang up') return void response.destroy()
    if ('status' in done.afterwards) return say(response, done.afterwards)
    await sleep(done.afterwards.lateBy)
    if (!response.destroyed) say(response, answer)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => say(response, { status: 599, body: `a mistake of the stand-in: ${String(error)}` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: (path = /./) => received.filter((one) => path.test(`${one.method} ${one.path}`)),
    misbehave: (...how) => {
      planned = [...planned, ...how]
    },
    always: (how) => {
      always = how
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

/** Worth trying wherever something is stored. */
export const STORED_BUT: ReadonlyArray<readonly [name: string, afterwards: Extract<Misbehaviour, { readonly afterwards: unknown }>['afterwards']]> = [
  ['500', { status: 500, body: { title: 'Internal Server Error' } }],
  ['504 in HTML', { status: 504, body: '<html>Gateway Time-out</html>' }],
  ['200 and nonsense', { status: 200, body: '<html>Welcome</html>' }],
  ['nothing, the connection breaks', 'hang up'],
  ['nothing in time', { lateBy: 700 }]
]
