import { connect, type Socket } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { onTestFinished } from 'vitest'
import {
  webhook,
  type Delivery,
  type IgnoredDelivery,
  type Undecodable,
  type WebhookFailure,
  type WebhookOptions
} from '../../src/webhook/index.js'

/** What reached the application. */
export interface Application {
  readonly events: Array<Delivery>
  readonly undecodable: Array<Undecodable>
  readonly ignored: Array<IgnoredDelivery>
  readonly failures: Array<WebhookFailure>
  /** Everything of it, as text: what must not be there is not in this. */
  readonly all: () => string
}

/** A handler, and the application behind it, which keeps everything. */
export const handler = (options: Partial<WebhookOptions> = {}) => {
  const events: Array<Delivery> = []
  const undecodable: Array<Undecodable> = []
  const ignored: Array<IgnoredDelivery> = []
  const failures: Array<WebhookFailure> = []
  const application: Application = { events, undecodable, ignored, failures, all: () => JSON.stringify([events, undecodable, ignored, failures]) }
  const handle = webhook({
    onEvent: (delivery) => void events.push(delivery),
    onUndecodable: (what) => void undecodable.push(what),
    onIgnored: (what) => void ignored.push(what),
    onFailure: (failure) => void failures.push(failure),
    ...options
  })
  return { handle, ...application }
}

/** The same on the loopback, on Node's own HTTP; it is gone when the test is over. */
export const served = async (options: Partial<WebhookOptions> = {}) => {
  const { handle, ...application } = handler(options)
  const app = new Hono()
  app.all('/hook', (context) => handle(context.req.raw))
  const port = await new Promise<number>((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port: taken }) => resolve(taken))
    onTestFinished(
      () =>
        new Promise((closed) => {
          server.close(() => closed())
          if ('closeAllConnections' in server) server.closeAllConnections()
        })
    )
  })
  const address = `http://127.0.0.1:${port}/hook`
  return {
    ...application,
    port,
    address,
    post: (body: string | Uint8Array, query = '', headers: Readonly<Record<string, string>> = { 'content-type': FORM }) =>
      fetch(`${address}${query}`, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers }),
    get: (query: string) => fetch(`${address}?${query}`)
  }
}

export const FORM = 'application/x-www-form-urlencoded'

/** A connection on which anything can be said. */
export const line = async (port: number) => {
  const socket: Socket = connect(port, '127.0.0.1')
  let heard = ''
  let ended = false
  socket.on('data', (bytes) => {
    heard += bytes.toString('latin1')
  })
  socket.on('close', () => {
    ended = true
  })
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  onTestFinished(() => void socket.destroy())
  return {
    socket,
    say: (bytes: string | Uint8Array) => void socket.write(bytes),
    heard: () => heard,
    ended: () => ended,
    /** The status of the n-th answer, as soon as it is there. */
    status: async (n = 1) => {
      await until(() => heard.split('HTTP/1.1 ').length > n || ended)
      return Number(heard.split('HTTP/1.1 ')[n]?.slice(0, 3))
    }
  }
}

/** Waits until it is so; the test's own limit ends it. */
export const until = async (so: () => boolean): Promise<void> => {
  while (!so()) await new Promise((resolve) => setTimeout(resolve, 2))
}

/** The head of a POST of a form. */
export const head = (...headers: ReadonlyArray<string>): string =>
  ['POST /hook HTTP/1.1', 'Host: crm.example', `Content-Type: ${FORM}`, ...headers, '', ''].join('\r\n')

const LEG = 'CallID=AB12&SubCallID=85102-ab12&CallFlow=in&CallerIDNum=%2B79160000001&CalledNumber=453*102'

export const RING = `EventType=dial-in&EventTime=1780000686000000&${LEG}`
export const ANSWER = `EventType=answer&EventTime=1780000690000000&${LEG}`
export const HANGUP = `EventType=hangup&EventTime=1780000700000000&CallStatus=ANSWER&${LEG}`
