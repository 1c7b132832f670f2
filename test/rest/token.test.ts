import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcome } from '../../src/ports/index.js'
import type { FetchResponse } from '../../src/rest/index.js'
import { company } from '../vendor/company.js'
import { beSlow, cutOff, refuse, sayInstead } from '../vendor/misbehaviour.js'
import { given } from './access.js'

const QUERY = { recordingId: '85219-0F1E2D3C4B5A69788796A5B4C3D2E1F0' }
const all = <A>(n: number, run: () => Promise<A>): Promise<ReadonlyArray<A>> => Promise.all(Array.from({ length: n }, run))

describe('one token', () => {
  test('is asked for as the vendor wants it', async () => {
    const { vendor, pbx } = await given()
    await outcome(pbx.recordingUrl(QUERY))
    const [asked] = vendor.received('token')
    expect(asked).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-encoding': 'gzip' } })
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: vendor.clientId,
      client_secret: vendor.clientSecret
    })
    expect(vendor.received('record')[0]?.headers.authorization).toBe(`Bearer ${vendor.tokens()[0] ?? ''}`)
  })

  test('serves twenty callers at once, and those after them', async () => {
    const { vendor, pbx } = await given()
    vendor.misbehave(beSlow('token', 30))
    const answers = await all(20, () => outcome(pbx.recordingUrl(QUERY)))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    await outcome(pbx.recordingUrl(QUERY))
    expect(vendor.received('token')).toHaveLength(1)
  })

  test('that the PBX has forgotten is renewed once for twenty callers', async () => {
    const { vendor, pbx } = await given()
    await outcome(pbx.recordingUrl(QUERY))
    vendor.forgetTokens()
    const answers = await all(20, () => outcome(pbx.recordingUrl(QUERY)))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(vendor.received('token')).toHaveLength(2)
  })

  test('is renewed before it ends', async () => {
    let now = 1_780_000_680_000_000
    const { vendor, pbx } = await given({ now: () => now })
    await outcome(pbx.recordingUrl(QUERY))
    now += (3600 - 61) * 1_000_000
    await outcome(pbx.recordingUrl(QUERY))
    expect(vendor.received('token')).toHaveLength(1)
    now += 1_000_000
    await outcome(pbx.recordingUrl(QUERY))
    expect(vendor.received('token')).toHaveLength(2)
    expect(vendor.received('record').map(({ headers }) => headers.authorization)).toEqual([1, 1, 2].map((n) => `Bearer token-${n}-app-1`))
  })

  test('of a short life is used for nine tenths of it', async () => {
    let now = 1_780_000_680_000_000
    const { vendor, pbx } = await given({ now: () => now }, { ...company, expiresIn: 10 })
    await outcome(pbx.recordingUrl(QUERY))
    now += 8_999_999
    await outcome(pbx.recordingUrl(QUERY))
    expect(vendor.received('token')).toHaveLength(1)
    now += 1
    await outcome(pbx.recordingUrl(QUERY))
    expect(vendor.received('token')).toHaveLength(2)
  })

  test('that ends early, without notice and without expires_in, is renewed when it is refused', async () => {
    let now = 1_780_000_680_000_000
    const { vendor, pbx } = await given({ now: () => now }, { ...company, expiresIn: null })
    await outcome(pbx.recordingUrl(QUERY))
    now += 86_400_000_000
    await outcome(pbx.recordingUrl(QUERY))
    expect(vendor.received('token')).toHaveLength(1)
    vendor.forgetTokens()
    expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ ok: true })
    expect(vendor.received('token')).toHaveLength(2)
  })

  test('that is refused again after it was renewed is the end: once, not for ever', async () => {
    const { vendor, pbx } = await given()
    vendor.misbehave(refuse('record', 401, 'Unauthorized'), refuse('record', 401, 'Unauthorized'))
    expect(await outcome(pbx.recordingUrl(QUERY))).toEqual({
      ok: false,
      error: { kind: 'unauthorized', reason: 'Unauthorized (status 401)' }
    })
    expect(vendor.received('record')).toHaveLength(2)
    expect(vendor.received('token')).toHaveLength(2)
  })

  test('that cannot be had because the API is out of order is asked for again', async () => {
    const { vendor, pbx } = await given()
    vendor.misbehave(refuse('token', 500), cutOff('token'))
    expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ ok: true })
    expect(vendor.received('token')).toHaveLength(3)
  })

  test('that cannot be had at all fails those who wait for it, and nobody later', async () => {
    const { vendor, pbx } = await given({ retry: { attempts: 1 } })
    vendor.misbehave(refuse('token', 503))
    const answers = await all(5, () => outcome(pbx.recordingUrl(QUERY)))
    expect(answers).toEqual(answers.map(() => ({ ok: false, error: { kind: 'unavailable', reason: 'no (status 503)' } })))
    expect(vendor.received('token')).toHaveLength(1)
    expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ ok: true })
  })

  for (const status of [400, 401, 403, 404]) {
    test(`is not to be had with wrong credentials (status ${status})`, async () => {
      const { vendor, pbx } = await given()
      vendor.misbehave(refuse('token', status, 'invalid_client'))
      const kind = status === 404 ? 'refused' : 'unauthorized'
      expect(await outcome(pbx.recordingUrl(QUERY))).toEqual({ ok: false, error: { kind, reason: `invalid_client (status ${status})` } })
      expect(vendor.received('token')).toHaveLength(1)
      expect(vendor.received('record')).toHaveLength(0)
    })
  }

  for (const [body, reason] of [
    ['<html>', 'not valid JSON'],
    [{}, 'access_token is not a text'],
    [{ access_token: '' }, 'access_token is not a text'],
    [{ access_token: 7 }, 'access_token is not a text'],
    [{ access_token: 'a', expires_in: 'soon' }, 'expires_in is not a number of seconds, or nothing'],
    [{ access_token: 'a', expires_in: -1 }, 'expires_in is not a number of seconds, or nothing']
  ] as const) {
    test(`an answer that is no token: ${JSON.stringify(body)}`, async () => {
      const { vendor, pbx } = await given()
      vendor.misbehave(sayInstead('token', body))
      expect(await outcome(pbx.recordingUrl(QUERY))).toEqual({ ok: false, error: { kind: 'unreadable', reason: `the token: ${reason}` } })
    })
  }

  test('one caller who gives up does not take it from the others', async () => {
    const { vendor, pbx } = await given()
    vendor.misbehave(beSlow('token', 200))
    const impatient = outcome(pbx.recordingUrl(QUERY, { signal: AbortSignal.timeout(20) }))
    const patient = outcome(pbx.recordingUrl(QUERY))
    expect(await impatient).toEqual({ ok: false, error: { kind: 'cancelled' } })
    expect(await patient).toMatchObject({ ok: true })
    expect(vendor.received('token')).toHaveLength(1)
  })
})

const answering = (status: number, body: unknown): Promise<FetchResponse> =>
  Promise.resolve({ status, headers: { get: () => null }, text: () => Promise.resolve(JSON.stringify(body)) })

describe('secrets', () => {
  const secret = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }).filter((text) => text.trim().length > 3)

  test('never come back in an error, however the API quotes them', async () => {
    await fc.assert(
      fc.asyncProperty(secret, secret, fc.constantFrom(400, 401, 403, 500), fc.constantFrom('token', 'record'), async (clientSecret, token, status, on) => {
        const quoting = [clientSecret, token, encodeURIComponent(clientSecret), JSON.stringify(clientSecret), JSON.stringify({ token })].join(' | ')
        const { pbx } = await given({
          clientSecret,
          retry: { attempts: 1 },
          fetch: (url) =>
            url.endsWith('/oauth/token') && on === 'record' ? answering(200, { access_token: token }) : answering(status, { message: `you sent ${quoting}` })
        })
        const answer = await outcome(pbx.recordingUrl(QUERY))
        expect(answer.ok).toBe(false)
        const shown = JSON.stringify(answer)
        expect(shown).not.toContain(JSON.stringify(clientSecret).slice(1, -1))
        if (on === 'record') expect(shown).not.toContain(JSON.stringify(token).slice(1, -1))
      }),
      { numRuns: 40 }
    )
  })

  test('nor when the runtime quotes them', async () => {
    const { pbx } = await given({
      fetch: (_, { headers, body }) =>
        Promise.reject(new TypeError('fetch failed', { cause: new Error(`${headers.Authorization ?? ''} ${body ?? ''} is not a legal value`) })),
      clientSecret: 'a secret & more'
    })
    const shown = JSON.stringify(await outcome(pbx.recordingUrl(QUERY)))
    expect(shown).toContain('[secret] is not a legal value')
    expect(shown).not.toContain('a+secret')
    expect(shown).not.toContain('a secret')
  })

  test('are not carried along by the ports, and errors are one line of 200 characters at most', async () => {
    const { vendor, pbx } = await given()
    expect(JSON.stringify(pbx)).toBe('{"subscriptions":{}}')
    vendor.misbehave(refuse('record', 403, `\u001b[31mno\r\n${'x'.repeat(1_000)}`))
    const answer = await outcome(pbx.recordingUrl(QUERY))
    expect(answer).toMatchObject({ error: { kind: 'refused', reason: expect.stringMatching(/^\[31mno x{1,200} \(status 403\)$/) } })
  })
})
