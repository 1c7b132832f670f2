import { afterAll, beforeAll, expect, test } from 'vitest'
import { consumer, REQUIRED_PEERS, type Consumer } from '../package/consumer.js'
import { LINES } from './programs.js'
import { BUN, DENO, NODES, under, WORKERD } from './Runtime.js'
import { BUN_SERVER, DENO_SERVER, NODE_SERVER, SECRET, serving, WORKERD_SERVER, type Running } from './service.js'

const SERVERS = [...NODES.map((node) => [node, NODE_SERVER] as const), [DENO, DENO_SERVER] as const, [BUN, BUN_SERVER] as const, [WORKERD, WORKERD_SERVER] as const]

let project: Consumer
beforeAll(async () => {
  project = await consumer(...REQUIRED_PEERS, '@hono/node-server', 'hono')
})
afterAll(() => project.remove())

for (const [runtime, server] of SERVERS)
  under(runtime, () => {
    let running: Running | undefined
    beforeAll(async () => {
      running = await serving(runtime, server, project)
    })
    afterAll(() => running?.stop())

    const ask = (path: string, request: RequestInit = {}): Promise<Response> => fetch(`${running?.origin}${path}`, request)
    const hook = (query: string, request: RequestInit = {}): Promise<Response> => ask(`/hook?secret=${query}`, request)
    const told = async () => JSON.parse(await (await ask('/records')).text())
    const form = (body: string): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body })
    const [dial = '', answer = '', hangup = ''] = LINES

    test('a call that comes in three requests is one answered record, and the streams tell the same', async () => {
      const answers = [await hook(SECRET, form(dial)), await hook(`${SECRET}&${answer}`), await hook(SECRET, form(hangup))]
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      const { records, iterated, piped } = await told()
      expect(records).toMatchObject([{ kind: 'answered', remoteNumber: '+79160000001', talkTime: 10_000_000 }])
      expect([iterated, piped]).toEqual([['answered'], ['answered']])
    })

    test('what is no event is refused, and counts for nothing', async () => {
      const refused = [
        await hook('wrong', form(dial)),
        await hook(SECRET, { method: 'PUT', body: dial }),
        await hook(SECRET, { method: 'POST', headers: { 'content-type': 'image/png' }, body: dial }),
        await hook(SECRET, form(`${dial}&CallerIDName=${'x'.repeat(70_000)}`))
      ]
      expect(refused.map(({ status }) => status)).toEqual([403, 405, 415, 413])
      expect((await told()).records.length).toBe(1)
    })
  })
