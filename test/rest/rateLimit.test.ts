import { describe, expect, test } from 'vitest'
import { outcome } from '../../src/ports/index.js'
import { limitedUntil } from '../../src/rest/rateLimit.js'
import { refuse } from '../vendor/misbehaviour.js'
import { given } from './access.js'

const QUERY = { recordingId: '85219-0F1E2D3C4B5A69788796A5B4C3D2E1F0' }
const NOW = 1_780_000_680_000_000
const limited = (reset: string, on: 'record' | 'token' | 'callback' = 'record') => refuse(on, 429, 'Too many requests', { 'X-RateLimit-Reset': reset })

describe('the hourly limit', () => {
  test('that ends soon enough is waited for', async () => {
    const { vendor, pbx } = await given()
    vendor.misbehave(limited('0.2'), limited('0.3'))
    const began = Date.now()
    expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ ok: true })
    expect(Date.now() - began).toBeGreaterThanOrEqual(490)
    expect(vendor.received('record')).toHaveLength(3)
  })

  test('that does not is told at once, with its end', async () => {
    const { vendor, pbx } = await given({ now: () => NOW })
    vendor.misbehave(limited('1800'))
    expect(await outcome(pbx.recordingUrl(QUERY))).toEqual({
      ok: false,
      error: { kind: 'rate-limited', until: NOW + 1_800_000_000, reason: 'Too many requests (status 429)' }
    })
    expect(vendor.received('record')).toHaveLength(1)
  })

  test('is waited for no longer in all than the caller allows', async () => {
    const { vendor, pbx } = await given({ rateLimitWait: 500_000, now: () => NOW })
    vendor.misbehave(limited('0.3'), limited('0.3'))
    expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ error: { kind: 'rate-limited', until: NOW + 300_000 } })
    expect(vendor.received('record')).toHaveLength(2)
  })

  test('is not waited for at all by who does not want to', async () => {
    const { vendor, pbx } = await given({ rateLimitWait: 0 })
    vendor.misbehave(limited('0'))
    expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ error: { kind: 'rate-limited' } })
  })

  test('that is over, as it says, and yet goes on, ends all the same', async () => {
    const { vendor, pbx } = await given({ rateLimitWait: 400_000 })
    vendor.misbehave(...Array.from({ length: 20 }, () => limited('0')))
    expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ error: { kind: 'rate-limited' } })
    expect(vendor.received('record').length).toBeLessThanOrEqual(5)
  })

  test('holds for the token too', async () => {
    const { vendor, pbx } = await given()
    vendor.misbehave(limited('0.2', 'token'))
    expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ ok: true })
    vendor.forgetTokens()
    vendor.misbehave(limited('3600', 'token'))
    expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ error: { kind: 'rate-limited' } })
  })

  test('is left by who gives up', async () => {
    const { vendor, pbx } = await given()
    vendor.misbehave(limited('4'))
    const began = Date.now()
    expect(await outcome(pbx.recordingUrl(QUERY, { signal: AbortSignal.timeout(50) }))).toEqual({ ok: false, error: { kind: 'cancelled' } })
    expect(Date.now() - began).toBeLessThan(3_500)
  })
})

test('the end of the limit, as X-RateLimit-Reset tells it', () => {
  expect(limitedUntil('30', NOW)).toBe(NOW + 30_000_000)
  expect(limitedUntil(' 1.5 ', NOW)).toBe(NOW + 1_500_000)
  expect(limitedUntil('1780000710', NOW)).toBe(1_780_000_710_000_000)
  for (const nothing of [null, '', 'soon', '-1', '1e9', 'NaN', '99999999999999999999']) expect(limitedUntil(nothing, NOW)).toBeUndefined()
})
