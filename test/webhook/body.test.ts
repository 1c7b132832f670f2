import { describe, expect, test } from 'vitest'
import { webhookFailureMessage } from '../../src/webhook/index.js'
import { ANSWER, FORM, RING, handler, head, line, served } from './hook.js'

const ADDRESS = 'http://crm.example/hook'
const SENTENCE = 'the body was read before the handler could: mount the handler before any body parser, or hand it a Request made of the parsed fields'

/** A POST whose head and body say what they are told to, whether they agree or not. */
const posted = (headers: Readonly<Record<string, string>>, body: string | null, query = ''): Request =>
  new Request(`${ADDRESS}${query}`, { method: 'POST', headers, body: body === null ? null : new Uint8Array(Buffer.from(body)) })

describe('a body that was announced, and is not there or not whole, is a failure of its own', () => {
  const form = { 'content-type': FORM }
  const cases: Readonly<Record<string, Request>> = {
    'nothing, where a length was announced': posted({ ...form, 'content-length': String(RING.length) }, null),
    'an empty stream, where a length was announced': posted({ ...form, 'content-length': String(RING.length) }, ''),
    'a length without a content type': posted({ 'content-length': String(RING.length) }, null),
    'a length that is none': posted({ 'content-length': '12, 12' }, null),
    'nothing, where chunks were announced': posted({ 'transfer-encoding': 'chunked' }, null),
    'nothing of the chunks beside an event in the query': posted({ ...form, 'transfer-encoding': 'chunked' }, '', `?${RING}`),
    'the first half': posted({ ...form, 'content-length': String(RING.length) }, RING.slice(0, 60)),
    'all but the last byte, which a whole event is': posted({ ...form, 'content-length': String(RING.length + 1) }, RING),
    'nothing, though a form was announced': posted(form, null),
    'an announced length beside an event in the query, of which the rest is missing': posted({ ...form, 'content-length': '10' }, null, `?${RING}`),
    'a form beside a query that is no event yet': posted(form, null, '?EventType=hangup&ExtType=queue')
  }
  test.each(Object.entries(cases))('%s', async (_what, request) => {
    const { handle, events, undecodable, failures } = handler()
    const answer = await handle(request)
    expect([answer.status, await answer.text()]).toEqual([500, `${SENTENCE}\n`])
    expect([events, undecodable, failures]).toEqual([[], [], [{ kind: 'body-taken', status: 500 }]])
  })

  test('its sentence says what to do', () => {
    expect(webhookFailureMessage({ kind: 'body-taken', status: 500 })).toBe(`answered 500: ${SENTENCE}`)
  })
})

describe('a body that was not announced, or announced as empty, is missed by nobody', () => {
  test('an event in the query, whatever type the body would have had', async () => {
    for (const headers of [{ 'content-type': FORM }, { 'content-type': FORM, 'content-length': '0' }, {}]) {
      const { handle, events, failures } = handler()
      expect((await handle(posted(headers, null, `?${RING}`))).status).toBe(200)
      expect([events.length, failures]).toEqual([1, []])
    }
  })

  test('nothing at all, and nothing announced: handed over as what is no event', async () => {
    const { post, undecodable, failures, port } = await served()
    expect((await post('')).status).toBe(200)
    const { say, status } = await line(port)
    say('POST /hook HTTP/1.1\r\nHost: crm.example\r\n\r\n')
    expect(await status()).toBe(200)
    expect([undecodable.map(({ text }) => text), failures]).toEqual([['', ''], []])
  })

  test('a longer body than was announced is read', async () => {
    const { handle, events } = handler()
    expect((await handle(posted({ 'content-type': FORM, 'content-length': '3' }, RING))).status).toBe(200)
    expect(events.length).toBe(1)
  })
})

describe('the body of a GET, which nobody can read', () => {
  const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: crm.example\r\nContent-Type: ${FORM}\r\nContent-Length: ${ANSWER.length}\r\n\r\n${ANSWER}`

  test('is refused, if the query is no event', async () => {
    const { port, events, undecodable, failures } = await served()
    const { say, status } = await line(port)
    say(get('/hook?ExtType=queue'))
    expect(await status()).toBe(400)
    expect([events, undecodable]).toEqual([[], []])
    expect(failures).toEqual([{ kind: 'refused', status: 400, reason: 'a GET carries an event in its query; the body is not read' }])
  })

  test('means nothing beside an event in the query', async () => {
    const { port, events } = await served()
    const { say, status } = await line(port)
    say(get(`/hook?${RING}`))
    expect(await status()).toBe(200)
    expect(events.map(({ event }) => event.kind)).toEqual(['dial'])
  })
})

describe('other ways in which an event could be lost and answered 200', () => {
  test('a transfer coding that nobody has taken off is refused', async () => {
    const { port, events, undecodable, failures } = await served()
    const { say, status } = await line(port)
    say(`${head('Transfer-Encoding: gzip, chunked')}3\r\nabc\r\n0\r\n\r\n`)
    expect(await status()).toBe(415)
    expect([events, undecodable]).toEqual([[], []])
    expect(failures).toEqual([{ kind: 'refused', status: 415, reason: 'a body comes without content coding' }])
  })

  test('a # that was not encoded, as in a service code, does not end the query', async () => {
    const { port, events } = await served({ secret: 'right' })
    const { say, status } = await line(port)
    say(`GET /hook?secret=right&EventType=dial-out&EventTime=1780000686000000&CalledNumber=#31#89160000001&CallID=AB12&SubCallID=1-ab12 HTTP/1.1\r\nHost: crm.example\r\n\r\n`)
    expect(await status()).toBe(200)
    expect(events.map(({ event }) => [event.callId, event.parties.calledNumber])).toEqual([['ab12', '#31#89160000001']])
  })

  test('an IVR that asks in another case gets its answer, and not that of an ignored event', async () => {
    for (const word of ['CALL_INTERACTIVE', 'call_interactive ']) {
      const { post, ignored, failures } = await served()
      const answer = await post(new URLSearchParams({ EventType: word, CallID: 'ab' }).toString())
      expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/xml; charset=utf-8', '<?xml version="1.0" encoding="UTF-8"?><Response/>'])
      expect([ignored, failures]).toEqual([[], [{ kind: 'not-routed', status: 200 }]])
    }
  })

  test('a byte order mark is no part of a body; another charset is handed over as far as it can be read', async () => {
    const { post, events, undecodable } = await served()
    expect((await post(`\ufeff${RING}`)).status).toBe(200)
    expect(events.length).toBe(1)
    const cyrillic = Uint8Array.from([...Buffer.from(`${RING}&CallerIDName=`), 0xc8, 0xe2, 0xe0, 0xed])
    expect((await post(cyrillic, '', { 'content-type': `${FORM}; charset=windows-1251` })).status).toBe(200)
    expect(events[1]?.event).toMatchObject({ callId: 'ab12', parties: { callerNumber: '+79160000001', callerName: '\ufffd\ufffd\ufffd\ufffd' } })
    expect((await post(Buffer.from(RING, 'utf16le'))).status).toBe(200)
    expect(undecodable[0]?.text.replaceAll('\0', '')).toBe(RING)
  })

  test('JSON that says that it is a form is handed over as it was sent', async () => {
    const { post, undecodable } = await served()
    expect((await post('{"EventType":"hangup"}')).status).toBe(200)
    expect(undecodable[0]?.text).toBe('{"EventType":"hangup"}')
  })
})

describe('what is no request of the web platform is refused with a sentence', () => {
  const headers = { host: 'crm.example' }
  const given: Readonly<Record<string, unknown>> = {
    'nothing': undefined,
    'a text': RING,
    'the fields': { EventType: 'hangup' },
    'a request of node:http, of Express, of Fastify': { method: 'POST', url: '/hook', headers, body: {} },
    'a context of Hono': { req: { method: 'POST', url: '/hook' } },
    'a request of Hono': { method: 'POST', url: ADDRESS, header: () => 'x', raw: new Request(ADDRESS) }
  }
  test.each(Object.entries(given))('%s', async (_what, request) => {
    const { handle, all } = handler()
    const untyped: (given: never) => Promise<unknown> = handle
    const before = all()
    await expect(Reflect.apply(untyped, undefined, [request])).rejects.toThrow(/^the webhook's handler takes a Request of the web platform.*getRequestListener\(handle\)/)
    await expect(Reflect.apply(untyped, undefined, [request])).rejects.toBeInstanceOf(TypeError)
    expect(all()).toBe(before)
  })
})
