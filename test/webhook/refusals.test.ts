import { describe, expect, test } from 'vitest'
import { FORM, RING, handler, head, line, served, until } from './hook.js'

/** A body that counts how much of it was asked for. */
const counted = (chunks: ReadonlyArray<string>) => {
  const seen = { pulled: 0, cancelled: false }
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const chunk = chunks[seen.pulled]
        seen.pulled += 1
        if (chunk === undefined) controller.close()
        else controller.enqueue(new TextEncoder().encode(chunk))
      },
      cancel: () => {
        seen.cancelled = true
      }
    },
    { highWaterMark: 0 }
  )
  return { seen, body }
}

const posted = (body: ReadableStream<Uint8Array>, headers: Readonly<Record<string, string>> = {}, query = ''): Request =>
  new Request(`http://crm.example/hook${query}`, { method: 'POST', body, headers: { 'content-type': FORM, ...headers }, duplex: 'half' })

describe('another method than GET and POST', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('%s is answered 405, with those that are allowed', async (method) => {
    const { address, failures, all } = await served()
    const answer = await fetch(`${address}?${RING}`, { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST'])
    expect(failures).toEqual([{ kind: 'refused', status: 405, reason: 'an event comes by GET or POST' }])
    expect(all()).not.toContain('ab12')
  })
})

describe('what kind of body it is', () => {
  test.each([FORM, `${FORM}; charset=utf-8`, `${FORM.toUpperCase()} ;charset=windows-1251`])('%s is a form', async (type) => {
    const { post, events } = await served()
    expect((await post(RING, '', { 'content-type': type })).status).toBe(200)
    expect(events.length).toBe(1)
  })

  test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', `${FORM}x`])('%s is answered 415, with what is accepted', async (type) => {
    const { post, failures, events, undecodable } = await served()
    const answer = await post(RING, '', { 'content-type': type })
    expect([answer.status, answer.headers.get('accept')]).toEqual([415, FORM])
    expect(failures).toEqual([{ kind: 'refused', status: 415, reason: `a body is ${FORM}` }])
    expect([events, undecodable]).toEqual([[], []])
  })

  test('a body without a type is taken for a form, and so is none at all', async () => {
    const { port, events } = await served()
    const { say, status } = await line(port)
    say(`POST /hook HTTP/1.1\r\nHost: crm.example\r\nContent-Length: ${RING.length}\r\n\r\n${RING}`)
    expect(await status()).toBe(200)
    say(`POST /hook?${RING} HTTP/1.1\r\nHost: crm.example\r\n\r\n`)
    expect(await status(2)).toBe(200)
    expect(events.map(({ event }) => event.kind)).toEqual(['dial', 'dial'])
  })

  test('the type does not matter on a GET, which has no body', async () => {
    const { address, events } = await served()
    expect((await fetch(`${address}?${RING}`, { headers: { 'content-type': 'application/json' } })).status).toBe(200)
    expect(events.length).toBe(1)
  })

  test('a compressed body is answered 415, with what is accepted', async () => {
    const { post, failures } = await served()
    const answer = await post(RING, '', { 'content-type': FORM, 'content-encoding': 'gzip' })
    expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, 'identity'])
    expect(failures.length).toBe(1)
    expect((await post(RING, '', { 'content-type': FORM, 'content-encoding': 'Identity' })).status).toBe(200)
  })
})

describe('how long a body may be', () => {
  const fitting = `${RING}&x=${'y'.repeat(1000 - RING.length - 3)}`

  test('as long as the limit, and no byte longer', async () => {
    const { post, events, failures } = await served({ maxBytes: 1000 })
    expect(fitting.length).toBe(1000)
    expect((await post(fitting)).status).toBe(200)
    expect((await post(`${fitting}y`)).status).toBe(413)
    expect(events.length).toBe(1)
    expect(failures).toEqual([{ kind: 'refused', status: 413, reason: 'the body is longer than 1000 bytes' }])
  })

  test('bytes count, not characters', async () => {
    const { post } = await served({ maxBytes: 1000 })
    expect((await post('я'.repeat(500))).status).toBe(200)
    expect((await post('я'.repeat(501))).status).toBe(413)
  })

  test('64 KiB, if nothing else is said', async () => {
    const { post } = await served()
    expect((await post('x'.repeat(65_536))).status).toBe(200)
    expect((await post('x'.repeat(65_537))).status).toBe(413)
  })

  test('a longer one that is announced is refused before any of it is there', async () => {
    const { port } = await served({ maxBytes: 1000 })
    const { say, status } = await line(port)
    say(head('Content-Length: 1001'))
    expect(await status()).toBe(413)
  })

  test('without an announcement it counts what comes, and reads no further than the limit', async () => {
    const { handle, events } = handler({ maxBytes: 100 })
    const { seen, body } = counted(Array<string>(50).fill('x'.repeat(30)))
    expect((await handle(posted(body))).status).toBe(413)
    expect(seen).toEqual({ pulled: 4, cancelled: true })
    expect(events).toEqual([])
  })

  test('a length that was a lie does not help', async () => {
    const { handle } = handler({ maxBytes: 100 })
    const { seen, body } = counted(Array<string>(50).fill('x'.repeat(30)))
    expect((await handle(posted(body, { 'content-length': '30' }))).status).toBe(413)
    expect(seen.pulled).toBe(4)
  })

  test('a body that cannot be called off does not hold up the answer', async () => {
    const { handle } = handler({ maxBytes: 100 })
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(101)),
      cancel: () => new Promise(() => undefined)
    })
    expect((await handle(posted(body))).status).toBe(413)
  })

  test('a sender without end is answered, and cut off', async () => {
    const { port, failures } = await served({ maxBytes: 1000 })
    const { socket, say, status, ended } = await line(port)
    say(head('Transfer-Encoding: chunked'))
    const sending = setInterval(() => {
      if (socket.writable) say(`400\r\n${'x'.repeat(1024)}\r\n`)
    }, 5)
    expect(await status()).toBe(413)
    await until(ended)
    clearInterval(sending)
    expect(failures).toEqual([{ kind: 'refused', status: 413, reason: 'the body is longer than 1000 bytes' }])
  })
})

test('nothing of a body is read before the secret is known to be right', async () => {
  for (const query of ['', '?secret=guessed']) {
    const { handle } = handler({ secret: 'open sesame' })
    const { seen, body } = counted([RING])
    expect((await handle(posted(body, {}, query))).status).toBe(403)
    expect(seen).toEqual({ pulled: 0, cancelled: false })
  }
})

test('a type that is refused is refused before the body is read', async () => {
  const { handle } = handler()
  const { seen, body } = counted([RING])
  expect((await handle(posted(body, { 'content-type': 'application/json' }))).status).toBe(415)
  expect(seen.pulled).toBe(0)
})
