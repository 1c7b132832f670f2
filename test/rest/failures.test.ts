import { describe, expect, test } from 'vitest'
import { accessErrorMessage, outcome, type AccessError } from '../../src/ports/index.js'
import { beSlow, cutOff, failAfterwards, hangUp, refuse, sayInstead, stall, type Misbehaviour } from '../vendor/misbehaviour.js'
import { given, giveUp, until } from './access.js'

const QUERY = { recordingId: '85219-0F1E2D3C4B5A69788796A5B4C3D2E1F0' }
const times = <A>(n: number, what: A): ReadonlyArray<A> => Array.from({ length: n }, () => what)

describe('what passes is tried again, and told if it does not pass', () => {
  const passing: ReadonlyArray<readonly [string, Misbehaviour, AccessError['kind']]> = [
    ['a 500', refuse('record', 500, 'Internal Server Error'), 'unavailable'],
    ['a 502 of a proxy, in HTML', { on: 'record', instead: { status: 502, body: '<html>Bad gateway</html>' } }, 'unavailable'],
    ['a 503', refuse('record', 503), 'unavailable'],
    ['an answer that breaks off', cutOff('record'), 'unreachable'],
    ['a connection that breaks off', hangUp('record'), 'unreachable'],
    ['a slow answer', beSlow('record', 2_000), 'timed-out'],
    ['an answer that stalls', stall('record'), 'timed-out'],
    ['too many at the same time', refuse('record', 429, 'Stats request already exists, concurrent request not allowed'), 'rate-limited']
  ]
  for (const [name, how, kind] of passing) {
    test(`${name}, twice`, async () => {
      const { vendor, pbx } = await given({ timeout: kind === 'timed-out' ? 500_000 : 10_000_000 })
      await outcome(pbx.extensions())
      vendor.misbehave(...times(2, how))
      expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ ok: true })
      expect(vendor.received('record')).toHaveLength(3)
    })
    test(`${name}, three times`, async () => {
      const { vendor, pbx } = await given({ timeout: kind === 'timed-out' ? 500_000 : 10_000_000 })
      await outcome(pbx.extensions())
      vendor.misbehave(...times(3, how))
      expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ ok: false, error: { kind } })
      expect(vendor.received('record')).toHaveLength(3)
    })
  }

  test('a request that is given up is ended', async () => {
    const signals: Array<AbortSignal> = []
    const { vendor, pbx } = await given({
      timeout: 1_000_000,
      retry: { attempts: 1 },
      fetch: (url, init) => {
        signals.push(init.signal)
        return fetch(url, init)
      }
    })
    vendor.misbehave(stall('record'))
    expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ error: { kind: 'timed-out', after: 1_000_000 } })
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true])
  })

  test('nobody at home', async () => {
    const { vendor, pbx } = await given()
    await vendor.close()
    const answer = await outcome(pbx.recordingUrl(QUERY))
    expect(answer).toMatchObject({ error: { kind: 'unreachable', reason: expect.stringContaining('ECONNREFUSED') } })
  })

  test('as often as the caller wants', async () => {
    const { vendor, pbx } = await given({ retry: { attempts: 1 } })
    vendor.misbehave(failAfterwards('record'))
    expect(await outcome(pbx.recordingUrl(QUERY))).toMatchObject({ error: { kind: 'unavailable' } })
    expect(vendor.received('record')).toHaveLength(1)
  })
})

describe('what does not pass is told at once', () => {
  const lasting: ReadonlyArray<readonly [string, Misbehaviour, AccessError]> = [
    ['a 403', refuse('record', 403, 'Access denied'), { kind: 'refused', reason: 'Access denied (status 403)' }],
    ['a 400 without words', { on: 'record', instead: { status: 400, body: '' } }, { kind: 'refused', reason: 'status 400' }],
    [
      'a redirect: the token goes to nobody else',
      refuse('record', 302, '', { Location: 'http://127.0.0.1:1/' }),
      { kind: 'unreadable', reason: 'status 302; redirects are not followed' }
    ],
    ['no JSON', sayInstead('record', '<html>maintenance</html>'), { kind: 'unreadable', reason: 'the place of the recording: not valid JSON' }],
    ['JSON that ends too early', sayInstead('record', '{"record_url": "htt'), { kind: 'unreadable', reason: 'the place of the recording: not valid JSON' }],
    ['an empty answer', sayInstead('record', ''), { kind: 'unreadable', reason: 'the place of the recording: not valid JSON' }],
    ['null', sayInstead('record', null), { kind: 'unreadable', reason: 'the place of the recording: the answer is not a place of storage' }],
    ['a number as the URL', sayInstead('record', { record_url: 5 }), { kind: 'unreadable', reason: 'the place of the recording: record_url is not a URL, or nothing' }],
    [
      'a URL that runs a script',
      sayInstead('record', { record_url: 'javascript:alert(1)' }),
      { kind: 'unreadable', reason: 'the place of the recording: record_url is not a URL, or nothing' }
    ]
  ]
  for (const [name, how, error] of lasting) {
    test(name, async () => {
      const { vendor, pbx } = await given()
      vendor.misbehave(how)
      expect(await outcome(pbx.recordingUrl(QUERY))).toEqual({ ok: false, error })
      expect(vendor.received('record')).toHaveLength(1)
    })
  }

  const wrongTypes: ReadonlyArray<readonly [unknown, string]> = [
    [{}, 'cdr is not a list'],
    [[], 'the answer is not a call'],
    [{ cdr: {} }, 'cdr is not a list'],
    [{ cdr: ['one'] }, 'cdr/0 is not a part of a call'],
    [{ cdr: [{}, { duration: '11 s' }] }, 'cdr/1/duration is not a number of seconds, or nothing'],
    [{ cdr: [{ duration: -1 }] }, 'cdr/0/duration is not a number of seconds, or nothing'],
    [{ cdr: [{ hangup_time_gmt: '28.05.2026' }] }, 'cdr/0/hangup_time_gmt is not a time as YYYY-MM-DD HH:MM:SS, or nothing'],
    [{ cdr: [{ record_uuid: 7 }] }, 'cdr/0/record_uuid is not a text, or nothing'],
    [{ cdr: [], call_uuid: 'CD34' }, 'call_uuid is that of another call']
  ]
  for (const [body, reason] of wrongTypes) {
    test(`a history of wrong types: ${reason}`, async () => {
      const { vendor, pbx } = await given()
      vendor.misbehave(sayInstead('history', body))
      expect(await outcome(pbx.history('ab12'))).toEqual({ ok: false, error: { kind: 'unreadable', reason: `the call history: ${reason}` } })
    })
  }

  for (const body of [{}, [{ id: 1 }], [{ id: {}, name: '453*102' }], [{ id: 1, name: '453*102', type: 7 }], [null]]) {
    test(`a list of extensions of wrong types: ${JSON.stringify(body)}`, async () => {
      const { vendor, pbx } = await given()
      vendor.misbehave(sayInstead('extension', body))
      expect(await outcome(pbx.extensions())).toMatchObject({ error: { kind: 'unreadable' } })
    })
  }
})

describe('the caller gives up', () => {
  test('before anything is sent', async () => {
    const { vendor, pbx } = await given()
    expect(await outcome(pbx.recordingUrl(QUERY, { signal: AbortSignal.abort() }))).toEqual({ ok: false, error: { kind: 'cancelled' } })
    expect(vendor.received('record')).toEqual([])
  })

  test('while the API thinks', async () => {
    const { vendor, pbx } = await given({ timeout: 60_000_000 })
    vendor.misbehave(stall('record'))
    const { signal, abort } = giveUp()
    const asked = outcome(pbx.recordingUrl(QUERY, { signal }))
    await until(() => vendor.received('record').length === 1)
    abort()
    expect(await asked).toEqual({ ok: false, error: { kind: 'cancelled' } })
  })

  test('between two attempts', async () => {
    const { vendor, pbx } = await given({ retry: { firstDelay: 60_000_000, longestDelay: 60_000_000 } })
    vendor.misbehave(refuse('record', 500))
    const { signal, abort } = giveUp()
    const asked = outcome(pbx.recordingUrl(QUERY, { signal }))
    await until(() => vendor.received('record').length === 1)
    setTimeout(abort, 50)
    expect(await asked).toEqual({ ok: false, error: { kind: 'cancelled' } })
    expect(vendor.received('record')).toHaveLength(1)
  })
})

describe('an access that cannot work says so, and sends nothing', () => {
  for (const [field, value] of [['baseUrl', 'pbx.example'], ['baseUrl', 'ftp://pbx.example'], ['baseUrl', 'https://user:pw@pbx.example'], ['clientId', ''], ['clientSecret', ''], ['client', '../x']] as const) {
    test(`${field} ${JSON.stringify(value)}`, async () => {
      const { vendor, pbx } = await given({ [field]: value })
      expect(await outcome(pbx.extensions())).toMatchObject({ error: { kind: 'misconfigured', field } })
      expect(vendor.received()).toEqual([])
    })
  }
})

test('every error has a sentence', () => {
  const sentences: ReadonlyArray<readonly [AccessError, string]> = [
    [{ kind: 'misconfigured', field: 'clientId', reason: 'is empty' }, 'the access to the PBX is not set up: clientId is empty'],
    [{ kind: 'unauthorized', reason: 'status 401' }, 'the PBX does not accept the credentials: status 401'],
    [{ kind: 'refused', reason: 'Access denied (status 403)' }, 'the PBX refused: Access denied (status 403)'],
    [{ kind: 'rate-limited', reason: 'status 429' }, 'the PBX takes no more requests at the moment: status 429'],
    [{ kind: 'cancelled' }, 'cancelled by the caller'],
    [{ kind: 'unreachable', reason: 'fetch failed' }, 'the PBX cannot be reached: fetch failed'],
    [{ kind: 'unavailable', reason: 'status 500' }, 'the PBX failed: status 500'],
    [{ kind: 'unreadable', reason: 'x' }, 'the PBX answered something unknown: x'],
    [{ kind: 'invalid', field: 'callId', value: '..', reason: 'is no id' }, 'callId ".." is no id'],
    [{ kind: 'failed', reason: 'the CRM is down' }, 'the look-up failed: the CRM is down']
  ]
  for (const [error, sentence] of sentences) expect(accessErrorMessage(error)).toBe(sentence)
})
