// Loads the webhook over real HTTP on the loopback: a server in a process of its own (Node's http by @hono/node-server),
// autocannon in this one, for a bounded time. Every request is an event of its own. `npm run load`.
import autocannon from 'autocannon'
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const [role, sink] = process.argv.slice(2)
const SINKS = ['nothing', 'correlator']
const CONNECTIONS = 20
const SECONDS = 8

const serve = async () => {
  const { serve: listen } = await import('@hono/node-server')
  const { correlator } = await import('call-legs')
  const { webhook } = await import('call-legs/webhook')
  const calls = correlator()
  let state = calls.initial
  let events = 0
  const sinks = {
    nothing: () => undefined,
    correlator: ({ event, receivedAt }) => {
      state = calls.step(state, event)[0]
      const due = calls.due(state)
      if (due !== undefined && due <= receivedAt) state = calls.tick(state, receivedAt)[0]
    }
  }
  const take = sinks[sink]
  const handle = webhook({
    secret: 'open sesame',
    onEvent: (delivery) => {
      events += 1
      return take(delivery)
    },
    onUndecodable: ({ error }) => {
      throw new Error(error.reason)
    }
  })
  const server = listen({ fetch: handle, hostname: '127.0.0.1', port: 0 }, ({ port }) => process.send({ port }))
  // whoever asked for it is gone: so is it
  process.once('disconnect', () => process.exit())
  process.once('message', () => {
    process.send({ events, held: calls.openLegs(state).length })
    server.close()
    process.disconnect()
  })
}

const reply = (child) => new Promise((resolve) => child.once('message', resolve))

/** A call rings, is answered, and ends: three requests, and then the next call. */
const KINDS = [
  ['dial-in', 'CALLING'],
  ['answer', 'ANSWER'],
  ['hangup', 'ANSWER']
]
let sent = 0
const body = () => {
  const [kind, status] = KINDS[sent % 3]
  const id = Math.floor(sent / 3).toString(16).padStart(32, '0')
  sent += 1
  return new globalThis.URLSearchParams({
    EventType: kind,
    EventTime: String(Date.now() * 1000),
    CallID: id,
    SubCallID: `85102-${id}`,
    CallFlow: 'in',
    CallStatus: status,
    CallerIDNum: '+79160000001',
    CallerIDName: '+79160000001',
    CalledDID: '74950000001',
    CalledNumber: '453*102',
    CalledExtension: '453*102@pbx.example',
    CalledExtensionID: '85102'
  }).toString()
}

const load = async (name) => {
  const child = fork(fileURLToPath(import.meta.url), ['serve', name])
  const { port } = await reply(child)
  const shot = (duration) =>
    autocannon({
      url: `http://127.0.0.1:${port}/hook?secret=open+sesame`,
      connections: CONNECTIONS,
      duration,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      requests: [{ setupRequest: (request) => ({ ...request, body: body() }) }]
    })
  await shot(2)
  const { requests, latency, non2xx, errors } = await shot(SECONDS)
  const counted = reply(child)
  child.send('stop')
  const { events } = await counted
  if (non2xx + errors > 0) throw new Error(`${non2xx} refused, ${errors} failed`)
  if (events < requests.total) throw new Error(`${events} events reached the sink, ${requests.total} were answered`)
  return { sink: name, 'requests/s': Math.round(requests.average), 'p50 ms': latency.p50, 'p97.5 ms': latency.p97_5, 'p99 ms': latency.p99, 'max ms': latency.max }
}

if (role === 'serve') await serve()
else {
  const figures = []
  for (const name of SINKS) figures.push(await load(name))
  console.table(figures)
}
