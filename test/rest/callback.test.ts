import { describe, expect, test } from 'vitest'
import { callbackErrorMessage, outcome, type CallbackRequest } from '../../src/ports/index.js'
import { beSlow, cutOff, failAfterwards, hangUp, refuse, sayInstead, stall, type Misbehaviour } from '../vendor/misbehaviour.js'
import { startVendor } from '../vendor/Vendor.js'
import { given, giveUp, until } from './access.js'

const REQUEST: CallbackRequest = {
  extensionId: '85219',
  sources: ['453*102'],
  destination: '+79160000001',
  callerName: '+79160000001',
  callerNumber: '+79160000001'
}

describe('a click-to-call', () => {
  test('is placed as the vendor documents it', async () => {
    const { vendor, pbx } = await given()
    const answer = await outcome(pbx.callback(REQUEST))
    const [placed] = vendor.placed()
    expect(answer).toEqual({
      ok: true,
      value: { callId: placed?.callId.toLowerCase(), callApiId: `3584709739-${placed?.callId ?? ''}` }
    })
    expect(vendor.received('callback')).toMatchObject([
      {
        method: 'POST',
        path: '/api/ver1.0/extension/85219/callback/',
        headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip', accept: 'application/json' }
      }
    ])
    expect(placed?.body).toEqual({
      src_num: ['453*102'],
      dst_num: '+79160000001',
      caller_id_name: '+79160000001',
      caller_id_number: '+79160000001'
    })
  })

  test('carries every wish, in the vendor\'s words and seconds', async () => {
    const { vendor, pbx } = await given()
    await outcome(
      pbx.callback({
        ...REQUEST,
        sources: ['453*102', '+79160000002'],
        allowPublicTransfer: false,
        announceSoundId: 11,
        destinationAnnounceSoundId: 12,
        maxDuration: 600_000_000,
        sourceAni: '74950000001',
        destinationAni: '74950000002',
        destinationTones: 'WW1*#w',
        sourceCallerName: 'Sales',
        sourceCallerNumber: '74950000003'
      })
    )
    expect(vendor.placed()[0]?.body).toEqual({
      src_num: ['453*102', '+79160000002'],
      dst_num: '+79160000001',
      allow_public_transfer: false,
      announce_sound_id: 11,
      dst_announce_sound_id: 12,
      call_duration: 600,
      caller_id_name: '+79160000001',
      caller_id_number: '+79160000001',
      src_ani: '74950000001',
      dst_ani: '74950000002',
      dst_dtmf: 'WW1*#w',
      src_caller_id_name: 'Sales',
      src_caller_id_number: '74950000003'
    })
  })

  describe('is never placed a second time', () => {
    const perhaps: ReadonlyArray<readonly [string, Misbehaviour, string]> = [
      ['the answer breaks off', cutOff('callback'), 'unreachable'],
      ['the connection breaks off', hangUp('callback'), 'unreachable'],
      ['the answer is slow', beSlow('callback', 2_000), 'timed-out'],
      ['the answer stalls', stall('callback'), 'timed-out'],
      ['the API fails after it has placed it', failAfterwards('callback'), 'unavailable'],
      ['the answer is no JSON', sayInstead('callback', '<html>'), 'unreadable'],
      ['the answer has no call_id', sayInstead('callback', { call_id: null }), 'unreadable'],
      ['the answer is a redirect', refuse('callback', 307, '', { Location: '/' }), 'unreadable']
    ]
    for (const [name, how, kind] of perhaps) {
      test(name, async () => {
        const { vendor, pbx } = await given({ timeout: kind === 'timed-out' ? 500_000 : 10_000_000 })
        await outcome(pbx.extensions())
        vendor.misbehave(how)
        expect(await outcome(pbx.callback(REQUEST))).toMatchObject({ ok: false, error: { kind: 'perhaps-placed', because: { kind } } })
        await new Promise((resolve) => setTimeout(resolve, 30))
        expect(vendor.received('callback')).toHaveLength(1)
      })
    }

    test('the caller gives up while the API thinks', async () => {
      const { vendor, pbx } = await given()
      vendor.misbehave(stall('callback'))
      const { signal, abort } = giveUp()
      const asked = outcome(pbx.callback(REQUEST, { signal }))
      await until(() => vendor.received('callback').length === 1)
      abort()
      expect(await asked).toEqual({
        ok: false,
        error: { kind: 'perhaps-placed', because: { kind: 'cancelled' } }
      })
      expect(vendor.received('callback')).toHaveLength(1)
    })
  })

  describe('is certainly not placed', () => {
    const refused: ReadonlyArray<readonly [string, Misbehaviour, unknown]> = [
      ['400', refuse('callback', 400, 'dst_num is wrong'), { kind: 'refused', reason: 'dst_num is wrong (status 400)' }],
      ['403', refuse('callback', 403, 'Access denied'), { kind: 'refused', reason: 'Access denied (status 403)' }],
      ['429 of a limit that lasts', refuse('callback', 429, 'Too many', { 'X-RateLimit-Reset': '900' }), { kind: 'rate-limited' }],
      ['429 without an end', refuse('callback', 429, 'Too many'), { kind: 'rate-limited', reason: 'Too many (status 429)' }]
    ]
    for (const [name, how, error] of refused) {
      test(name, async () => {
        const { vendor, pbx } = await given()
        vendor.misbehave(how)
        expect(await outcome(pbx.callback(REQUEST))).toMatchObject({ ok: false, error })
        expect(vendor.received('callback')).toHaveLength(1)
        expect(vendor.placed()).toEqual([])
      })
    }

    test('the extension is not known', async () => {
      const { pbx } = await given()
      expect(await outcome(pbx.callback({ ...REQUEST, extensionId: '7' }))).toEqual({
        ok: false,
        error: { kind: 'unknown-extension', extension: '7' }
      })
    })

    test('there is no token', async () => {
      const { vendor, pbx } = await given()
      vendor.misbehave(refuse('token', 401, 'invalid_client'))
      expect(await outcome(pbx.callback(REQUEST))).toMatchObject({ error: { kind: 'unauthorized' } })
      expect(vendor.received('callback')).toEqual([])
    })

    test('the caller gives up while the token is fetched', async () => {
      const { vendor, pbx } = await given()
      vendor.misbehave(stall('token'))
      const { signal, abort } = giveUp()
      const asked = outcome(pbx.callback(REQUEST, { signal }))
      await until(() => vendor.received('token').length === 1)
      abort()
      expect(await asked).toEqual({ ok: false, error: { kind: 'cancelled' } })
      expect(vendor.received('callback')).toEqual([])
    })

    test('nobody is at home', async () => {
      const gone = await startVendor()
      await gone.close()
      const { pbx } = await given({ fetch: (url, init) => fetch(url.endsWith('/callback/') ? gone.url : url, init) })
      expect(await outcome(pbx.callback(REQUEST))).toMatchObject({ error: { kind: 'unreachable' } })
    })

    test('the caller has given up before', async () => {
      const { vendor, pbx } = await given()
      expect(await outcome(pbx.callback(REQUEST, { signal: AbortSignal.abort() }))).toEqual({ ok: false, error: { kind: 'cancelled' } })
      expect(vendor.received('callback')).toEqual([])
    })
  })

  describe('is sent again only where it was refused', () => {
    test('for an old token', async () => {
      const { vendor, pbx } = await given()
      await outcome(pbx.extensions())
      vendor.forgetTokens()
      expect(await outcome(pbx.callback(REQUEST))).toMatchObject({ ok: true })
      expect(vendor.placed()).toHaveLength(1)
    })

    test('for the hourly limit, if its end is near', async () => {
      const { vendor, pbx } = await given()
      vendor.misbehave(refuse('callback', 429, 'Too many', { 'X-RateLimit-Reset': '0.2' }))
      expect(await outcome(pbx.callback(REQUEST))).toMatchObject({ ok: true })
      expect(vendor.placed()).toHaveLength(1)
    })
  })
})

test('every error of a callback has a sentence', () => {
  expect(callbackErrorMessage({ kind: 'unknown-extension', extension: '7' })).toBe('the PBX has no extension 7')
  expect(callbackErrorMessage({ kind: 'cancelled' })).toBe('cancelled by the caller')
})
