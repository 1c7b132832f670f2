import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { callKey, type ReceivedEvent } from 'call-legs/restate'
import { webhook, webhookFailureMessage } from 'call-legs/webhook'
import { DATA_DIR, HOOK_PORT, HOST, INGRESS_PORT, SECRET } from './settings.ts'

/** The same fields have the same digest, in whatever order they were sent. */
const digestOf = (fields: Readonly<Record<string, unknown>>): string =>
  createHash('sha256').update(JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))).digest('base64url')

/** Hands an event over to its call: what Restate has accepted is on its disk. */
const handOver = async (key: string, received: ReceivedEvent, idempotencyKey: string): Promise<void> => {
  const answer = await fetch(`http://${HOST}:${INGRESS_PORT}/call/${encodeURIComponent(key)}/event/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
    body: JSON.stringify(received),
    signal: AbortSignal.timeout(10_000)
  })
  await answer.text()
  if (!answer.ok) throw new Error(`Restate answered ${answer.status}`)
}

const handleOf = (tenant: string): ReturnType<typeof webhook> =>
  webhook({
    ...(SECRET === undefined ? {} : { secret: SECRET }),
    onEvent: ({ event: { callId }, fields, receivedAt }) => handOver(callKey({ tenant, callId }), { raw: fields, receivedAt }, digestOf(fields)),
    onUndecodable: (what) => appendFileSync(join(DATA_DIR, 'undecodable.ndjson'), `${JSON.stringify({ tenant, ...what })}\n`),
    onFailure: (failure) => console.error(webhookFailureMessage(failure))
  })

/** `/hook` for a single client, `/hook/NAME` for each of many. */
const handle = async (request: Request): Promise<Response> => {
  const path = /^\/hook(?:\/([\w.~-]+))?\/?$/.exec(new URL(request.url).pathname)
  return path === null ? new Response(null, { status: 404 }) : handleOf(path.at(1) ?? '')(request)
}
const listener = getRequestListener(handle)

createServer((request, response) => void listener(request, response)).listen(HOOK_PORT, HOST)
