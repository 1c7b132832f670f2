import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FORM, RING, handler, served } from './hook.js'

const SECRET = 'open sesame+&=%й'
const right = `?${new URLSearchParams({ secret: SECRET }).toString()}`

test('with the secret in its query a request comes in, and the secret stays outside', async () => {
  const { post, get, events, all } = await served({ secret: SECRET })
  expect((await post(RING, `${right}&ExtType=queue`)).status).toBe(200)
  expect((await get(`${right.slice(1)}&${RING}`)).status).toBe(200)
  expect(events.map(({ fields }) => fields['ExtType'])).toEqual(['queue', undefined])
  expect(all()).not.toMatch(/secret|sesame/)
})

const WRONG: Readonly<Record<string, string>> = {
  'is missing': '',
  'is empty': '?secret=',
  'is another': '?secret=guessed',
  'is too short by one': right.slice(0, -6),
  'has one too many': `${right}x`,
  'has another case': right.replace('o', 'O'),
  'has another name': right.replace('secret', 'Secret'),
  'is there twice': `${right}&${right.slice(1)}`,
  'is there once right, once wrong': `${right}&secret=guessed`,
  'is there once wrong, once right': `?secret=guessed&${right.slice(1)}`,
  'is behind a fragment': `#${right}`
}
test.each(Object.entries(WRONG))('a secret that %s is answered 403, and nothing reaches the application', async (_how, query) => {
  const { handle, events, undecodable, failures } = handler({ secret: SECRET })
  const answer = await handle(new Request(`http://crm.example/hook${query}`, { method: 'POST', body: RING, headers: { 'content-type': FORM } }))
  expect([answer.status, await answer.text()]).toEqual([403, 'the secret is missing or wrong\n'])
  expect([events, undecodable]).toEqual([[], []])
  expect(failures).toEqual([{ kind: 'refused', status: 403, reason: 'the secret is missing or wrong' }])
})

test('in the body it is worth nothing', async () => {
  const { post } = await served({ secret: SECRET })
  expect((await post(`${RING}&${right.slice(1)}`)).status).toBe(403)
})

test('while it is being changed both are right', async () => {
  const { get } = await served({ secret: ['old', 'new'] })
  expect((await get(`secret=old&${RING}`)).status).toBe(200)
  expect((await get(`secret=new&${RING}`)).status).toBe(200)
  expect((await get(`secret=oldnew&${RING}`)).status).toBe(403)
})

test('its field may have another name; then `secret` is a field like any other', async () => {
  const { get, events } = await served({ secret: SECRET, secretField: 'key' })
  expect((await get(`${right.slice(1)}&${RING}`)).status).toBe(403)
  expect((await get(`${right.slice(1).replace('secret', 'key')}&secret=s&${RING}`)).status).toBe(200)
  expect(events[0]?.fields['secret']).toBe('s')
  expect(events[0]?.fields['key']).toBeUndefined()
})

test('a secret that is none lets nobody in', async () => {
  const none: ReadonlyArray<string | ReadonlyArray<string>> = ['', [], ['', '']]
  for (const secret of none) {
    for (const query of ['', '?secret=', '?secret=undefined']) {
      const { handle } = handler({ secret })
      expect((await handle(new Request(`http://crm.example/hook${query}`))).status).toBe(403)
    }
  }
  const fromJavaScript: object = { secret: undefined }
  expect((await handler(fromJavaScript).handle(new Request('http://crm.example/hook?secret=undefined'))).status).toBe(403)
})

test('without a secret everybody is let in, and one that is sent all the same stays outside', async () => {
  const { get, events, all } = await served()
  expect((await get(`secret=forgotten&${RING}`)).status).toBe(200)
  expect(events.length).toBe(1)
  expect(all()).not.toMatch(/secret|forgotten/)
})

/** The same text with any of its characters percent-encoded. */
const encodedArb = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((which) => Array.from(text, (character, i) => (which[i] === true ? `%${character.charCodeAt(0).toString(16)}` : character)).join(''))

test('however the secret is written, and whatever stands beside it in query and body, it stays outside', async () => {
  const word = 'q7Zx9'
  const junk = fc.stringMatching(/^[a-z%=;?+]{0,8}$/)
  const pair = fc.tuple(encodedArb('secret'), encodedArb(word)).map(([name, value]) => `${name}=${value}`)
  const form = fc.array(fc.oneof(junk, fc.constantFrom('EventType=hangup', 'CallID=ab', 'Bridged=?', 'SubCallID=1')), { maxLength: 6 })
  const mixed = fc.tuple(form, pair, fc.nat(6)).map(([parts, secret, at]) => [...parts.slice(0, at), secret, ...parts.slice(at)].join('&'))
  await fc.assert(
    fc.asyncProperty(mixed, mixed, async (query, body) => {
      const { handle, all } = handler({ secret: word, onEvent: () => Promise.reject(new Error('away')) })
      const answer = await handle(new Request(`http://crm.example/hook?${query}`, { method: 'POST', body, headers: { 'content-type': FORM } }))
      expect(answer.status).not.toBe(403)
      const told = `${all()}${await answer.text()}`.replace(/%([0-7][0-9a-f])/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
      expect(told).not.toMatch(/secret|q7Zx9/)
    }),
    { numRuns: 500 }
  )
})
