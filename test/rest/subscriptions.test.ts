import { describe, expect, test } from 'vitest'
import { outcome, subscriptionErrorMessage, type NewSubscription } from '../../src/ports/index.js'
import { company } from '../vendor/company.js'
import { failAfterwards, hangUp, refuse, sayInstead } from '../vendor/misbehaviour.js'
import { given } from './access.js'

const SECRET = 'dont&tell me+/='

const wanted: NewSubscription = {
  extensionId: '85219',
  event: 'hangup',
  url: `https://crm.example/hook?${new URLSearchParams({ secret: SECRET }).toString()}&ExtType=phone`,
  method: 'POST'
}

const row = (id: number, extension = 85219) => ({ id, extension, event_type: 'HangUp', url: 'https://other.example/in', method: 'get' })

describe('the rows of an extension', () => {
  test('are listed over all pages, whoever they belong to', async () => {
    const { vendor, pbx } = await given({}, { ...company, pageSize: 2, rows: [row(1), row(2), row(3), row(4, 85218)] })
    expect(await outcome(pbx.subscriptions.list('85219'))).toEqual({
      ok: true,
      value: [1, 2, 3].map((id) => ({ id: String(id), extensionId: '85219', event: 'hangup', url: 'https://other.example/in', method: 'GET' }))
    })
    expect(vendor.received('event').map(({ path }) => path)).toEqual([1, 2, 3].map((page) => `/api/ver1.0/extension/85219/event/?page=${page}`))
  })

  test('of an extension that is not there: said so', async () => {
    const { pbx } = await given()
    const listed = await outcome(pbx.subscriptions.list('77777'))
    expect(listed).toEqual({ ok: false, error: { kind: 'unknown-extension', extensionId: '77777' } })
    expect(listed.ok || subscriptionErrorMessage(listed.error)).toBe('the PBX has no extension 77777')
  })

  test('come back after the token ended in the middle, and after the limit', async () => {
    const { vendor, pbx } = await given({}, { ...company, rows: [row(1)] })
    expect(await outcome(pbx.subscriptions.list('85219'))).toMatchObject({ ok: true })
    vendor.forgetTokens()
    vendor.misbehave(refuse('event', 429, 'slow down', { 'X-RateLimit-Reset': '0' }))
    expect(await outcome(pbx.subscriptions.list('85219'))).toMatchObject({ ok: true, value: [{ id: '1' }] })
  })
})

describe('a row', () => {
  test('is added in the vendor\'s words, and answered with its id', async () => {
    const { vendor, pbx } = await given()
    expect(await outcome(pbx.subscriptions.add(wanted))).toEqual({ ok: true, value: { ...wanted, id: '701' } })
    expect(vendor.rows()).toEqual([{ id: 701, extension: 85219, event_type: 'hangup', url: wanted.url, method: 'POST' }])
  })

  test('for which there is no room is told from one that is refused', async () => {
    const { pbx } = await given({}, { ...company, room: 0 })
    const full = await outcome(pbx.subscriptions.add(wanted))
    expect(full).toMatchObject({ ok: false, error: { kind: 'no-room' } })
    expect(full.ok || subscriptionErrorMessage(full.error)).toBe(
      'the PBX takes no more subscriptions: Limit of events exceeded, https://crm.example/hook?[secret] is not added (status 403)'
    )
    const refused = await outcome(pbx.subscriptions.add({ ...wanted, extensionId: '96800', event: 'answer' }))
    expect(refused).toMatchObject({ ok: false, error: { kind: 'refused' } })
  })

  test('is never sent twice: where the answer is lost or unreadable it may have been added', async () => {
    for (const how of [failAfterwards('event'), hangUp('event'), sayInstead('event', { odd: wanted.url })]) {
      const { vendor, pbx } = await given()
      vendor.misbehave(how)
      const answer = await outcome(pbx.subscriptions.add(wanted))
      expect(answer).toMatchObject({ ok: false, error: { kind: 'perhaps-added' } })
      expect(vendor.received('event')).toHaveLength(1)
    }
  })

  test('is removed, without a slash behind its id; one that vanished is gone, which is no error', async () => {
    const { vendor, pbx } = await given({}, { ...company, rows: [row(1), row(2)] })
    vendor.vanish(2)
    expect(await outcome(pbx.subscriptions.remove({ extensionId: '85219', id: '1' }))).toEqual({ ok: true, value: 'removed' })
    expect(await outcome(pbx.subscriptions.remove({ extensionId: '85219', id: '2' }))).toEqual({ ok: true, value: 'gone' })
    expect(vendor.rows()).toEqual([])
    expect(vendor.received('event').map(({ method, path }) => [method, path.slice(-8)])).toEqual([['DELETE', '/event/1'], ['DELETE', '/event/2']])
  })

  test('is not where its id could lead somewhere else', async () => {
    const { vendor, pbx } = await given()
    for (const id of ['', '..', '../../extension', '1?x', '1/2']) {
      expect(await outcome(pbx.subscriptions.remove({ extensionId: '85219', id }))).toMatchObject({ ok: false, error: { kind: 'invalid', field: 'id' } })
      expect(await outcome(pbx.subscriptions.list(id))).toMatchObject({ ok: false, error: { kind: 'invalid', field: 'extensionId' } })
      expect(await outcome(pbx.subscriptions.add({ ...wanted, extensionId: id }))).toMatchObject({ ok: false, error: { kind: 'invalid' } })
    }
    expect(vendor.received()).toEqual([])
  })
})

test('the secret of the URL comes back in no error, in whatever form the PBX quotes it', async () => {
  const { vendor, pbx } = await given()
  const quoted = [SECRET, wanted.url, encodeURIComponent(SECRET), new URLSearchParams({ secret: SECRET }).toString()]
  for (const text of quoted) {
    vendor.misbehave(refuse('event', 400, `no: ${text}`))
    const said = JSON.stringify(await outcome(pbx.subscriptions.add(wanted)))
    expect(said).not.toMatch(/tell|dont/)
  }
})
