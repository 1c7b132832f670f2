import { expect, test } from 'vitest'
import { outcome, type CallbackRequest } from '../../src/index.js'
import { restPorts, type RestOptions } from '../../src/rest/index.js'

const parsed = (json: string) => JSON.parse(json)

/** An API that cannot be reached, and how often somebody tried. */
const deaf = (options: Partial<RestOptions> = {}) => {
  let sent = 0
  const ports = restPorts({
    baseUrl: 'https://pbx.example',
    clientId: 'id',
    clientSecret: 'secret',
    retry: { attempts: 3, firstDelay: 1_000, longestDelay: 1_000 },
    fetch: () => {
      sent++
      return Promise.reject(new Error('no route'))
    },
    ...options
  })
  return { ports, sent: () => sent }
}

test('what cannot be reached is tried as often as the options say, the token included', async () => {
  const history = deaf()
  expect(await outcome(history.ports.history('ab12'))).toMatchObject({ ok: false, error: { kind: 'unreachable' } })
  expect(history.sent()).toBe(3)
  const callback = deaf()
  const request: CallbackRequest = { extensionId: '85219', sources: ['453*102'], destination: '+79160000001' }
  expect(await outcome(callback.ports.callback(request))).toMatchObject({ ok: false, error: { kind: 'unreachable' } })
  expect(callback.sent()).toBe(3)
})

test('a click-to-call that nobody could dial is not sent, whoever built it', async () => {
  const { ports, sent } = deaf()
  const wrong: ReadonlyArray<readonly [string, string]> = [
    ['{}', 'sources'],
    ['{"extensionId":"5","sources":[],"destination":"1"}', 'sources'],
    ['{"extensionId":"5","sources":["a b"],"destination":"1"}', 'sources'],
    ['{"extensionId":"5","sources":["1"],"destination":""}', 'destination'],
    ['{"sources":["1"],"destination":"1"}', 'extensionId']
  ]
  for (const [json, field] of wrong) {
    expect(await outcome(ports.callback(parsed(json)))).toMatchObject({ ok: false, error: { kind: 'invalid', field } })
  }
  expect(await outcome(ports.recordingUrl(parsed('{}')))).toMatchObject({ ok: false, error: { kind: 'invalid', field: 'recordingId' } })
  expect(sent()).toBe(0)
})

test('an address or a secret that was never set is told before anything is sent', async () => {
  for (const field of ['baseUrl', 'clientId', 'clientSecret']) {
    const { ports, sent } = deaf(parsed(`{"${field}":null}`))
    expect(await outcome(ports.extensions(undefined))).toMatchObject({ ok: false, error: { kind: 'misconfigured', field } })
    expect(sent()).toBe(0)
  }
})
