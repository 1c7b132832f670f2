import { expect, test } from 'vitest'
import { ANSWER, FORM, HANGUP, RING, head, line, served, until } from './hook.js'

const request = (body: string): string => `${head(`Content-Length: ${Buffer.byteLength(body)}`)}${body}`

test('a body that dribbles in byte by byte is put together, the bytes of one character too', async () => {
  const { port, events } = await served()
  const { socket, say, status } = await line(port)
  socket.setNoDelay(true)
  const body = Buffer.from(`${RING}&CallerIDName=Клиент 7`)
  say(head(`Content-Length: ${body.length}`))
  for (const byte of body) {
    say(Uint8Array.of(byte))
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await status()).toBe(200)
  expect(events.map(({ event }) => event.parties.callerName)).toEqual(['Клиент 7'])
})

test('a chunked body', async () => {
  const { port, events } = await served()
  const { say, status } = await line(port)
  say(head('Transfer-Encoding: chunked'))
  for (const part of [RING.slice(0, 30), RING.slice(30)]) say(`${part.length.toString(16)}\r\n${part}\r\n`)
  say('0\r\n\r\n')
  expect(await status()).toBe(200)
  expect(events.length).toBe(1)
})

test('a body that breaks off half way is no event, whatever can be read of it', async () => {
  const { port, events, undecodable, failures } = await served()
  const { socket, say } = await line(port)
  say(head(`Content-Length: ${RING.length + 100}`))
  say(RING)
  await new Promise((resolve) => setTimeout(resolve, 50))
  socket.destroy()
  await until(() => failures.length > 0)
  expect(failures).toEqual([{ kind: 'refused', status: 400, reason: 'the body broke off' }])
  expect([events, undecodable]).toEqual([[], []])
})

test('chunks that are none are no event', async () => {
  const { port, events, undecodable, post } = await served()
  const { say, status, ended } = await line(port)
  say(`${head('Transfer-Encoding: chunked')}${RING.length.toString(16)}\r\n${RING}\r\nrubbish\r\n`)
  expect(await status()).toBe(400)
  await until(ended)
  expect([events, undecodable]).toEqual([[], []])
  expect((await post(RING)).status).toBe(200)
})

test('two lengths at once are no request: nobody can smuggle an event behind another', async () => {
  const { port, events } = await served()
  const { say, status } = await line(port)
  say(`${head('Transfer-Encoding: chunked', 'Content-Length: 5')}0\r\n\r\n`)
  expect(await status()).toBe(400)
  expect(events).toEqual([])
})

test('what is not HTTP disturbs nobody', async () => {
  const { port, post, all } = await served()
  const before = all()
  for (const rubbish of ['\u0000\u0001\u0002', 'EHLO crm.example\r\n', '\u0016\u0003\u0001', `POST /hook HTTP/9.9\r\n\r\n${RING}`, 'GET  HTTP/1.1\r\n\r\n']) {
    const { say, ended } = await line(port)
    say(rubbish)
    say('\r\n\r\n')
    await until(ended)
  }
  expect(all()).toBe(before)
  expect((await post(RING)).status).toBe(200)
})

test('rubbish in a form is text like any other', async () => {
  const { post, undecodable, events } = await served()
  const bytes = Uint8Array.of(0xff, 0xc3, 0x28, 0x00, 0x25, 0x3d, 0x26, 0x26, 0x3d, 0x3d)
  expect((await post(bytes)).status).toBe(200)
  expect(undecodable[0]?.text).toBe('\ufffd\ufffd(\u0000%=&&==')
  expect((await post(`${RING}&CallerIDName=%FF%zz%`)).status).toBe(200)
  expect(events[0]?.event.parties.callerName).toBe('\ufffd%zz%')
  expect((await post('__proto__=x&constructor=y&EventType=hangup')).status).toBe(200)
  expect(Object.keys(undecodable[1]?.fields ?? {})).toEqual(['__proto__', 'constructor', 'EventType'])
})

test('a connection goes on after a refusal, whose body nobody has read', async () => {
  const { port, events } = await served({ secret: 'right' })
  const { say, status } = await line(port)
  say(request(RING))
  expect(await status(1)).toBe(403)
  say(request(ANSWER).replace('/hook', '/hook?secret=right'))
  expect(await status(2)).toBe(200)
  expect(events.map(({ event }) => event.kind)).toEqual(['answer'])
})

test('several requests in one go are answered one by one', async () => {
  const { port, events } = await served()
  const { say, status } = await line(port)
  say([RING, ANSWER, HANGUP].map(request).join(''))
  expect([await status(1), await status(2), await status(3)]).toEqual([200, 200, 200])
  expect(events.map(({ event }) => event.kind)).toEqual(['dial', 'answer', 'hangup'])
})

test('the PBX hangs up before the answer: the event is stored all the same', async () => {
  const stored: Array<string> = []
  let store = (): void => undefined
  const { port, post } = await served({
    onEvent: async ({ event }) => {
      if (event.kind === 'dial') await new Promise<void>((resolve) => (store = resolve))
      stored.push(event.kind)
    }
  })
  const { socket, say } = await line(port)
  say(request(RING))
  await new Promise((resolve) => setTimeout(resolve, 50))
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 20))
  const waits = stored.length === 0
  store()
  await until(() => stored.length > 0)
  expect([waits, stored]).toEqual([true, ['dial']])
  expect((await post(ANSWER, '', { 'content-type': FORM })).status).toBe(200)
})
