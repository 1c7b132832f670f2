import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bitrixFinish, bitrixRegister } from '../../src/crm/bitrix24.js'
import { bitrix24 } from '../../src/crm/bitrix24Sender.js'
import { bitrixTokens, type BitrixCredentials } from '../../src/crm/bitrix24Tokens.js'
import type { Grant } from '../../src/store/crmGrants.js'
import { CLIENT } from '../story.js'
import { desk, staff, type Desk } from './desk.js'
import { answered, callback, EVERY_KIND, incomplete, missed, transferred, unsuccessful, wanted } from './records.js'
import { startBitrix24, type BitrixContents, type BitrixStandIn } from './standIns/bitrix24.js'
import { STORED_BUT } from './standIns/standIn.js'

const user = { USER_ID: 11 } as const
const registers = (record: Parameters<typeof wanted>[0]) => bitrixRegister(wanted(record).activity, user, true)
const finishes = (record: Parameters<typeof wanted>[0]) => bitrixFinish(wanted(record).activity, user, 'call-1')

describe('what Bitrix24 takes', () => {
  test('a talk', () => {
    expect(registers(answered())).toEqual({
      USER_ID: 11,
      PHONE_NUMBER: CLIENT,
      TYPE: 2,
      CALL_START_DATE: '2026-05-28T20:26:40+00:00',
      CRM_CREATE: 1,
      LINE_NUMBER: '74950000001',
      EXTERNAL_CALL_ID: 'a1/85101-a1',
      SHOW: 0,
      ADD_TO_CHAT: 0
    })
    expect(finishes(answered())).toEqual({ USER_ID: 11, CALL_ID: 'call-1', DURATION: 30, STATUS_CODE: '200', ADD_TO_CHAT: 0 })
  })

  test('1 outgoing, 2 incoming, 3 incoming and redirected, 4 callback', () => {
    const types = [unsuccessful(), missed(), transferred(), answered({ transfer: { from: { extension: '453*102' } } }), callback()].map((record) => registers(record).TYPE)
    expect(types).toEqual([1, 2, 3, 3, 4])
    expect(registers(transferred()).PHONE_NUMBER).toBe(CLIENT)
  })

  test('what came of it', () => {
    expect(EVERY_KIND.map((record) => [record.kind, finishes(record).STATUS_CODE, finishes(record).DURATION])).toEqual([
      ['answered', '200', 30],
      ['callback', '200', 30],
      ['transferred', '200', 30],
      ['unsuccessful', '486', 0],
      ['incomplete', 'OTHER', 0],
      ['missed', '304', 0]
    ])
    expect((['busy', 'no-answer', 'cancelled', 'congestion', 'unavailable', 'other'] as const).map((cause) => finishes(unsuccessful({ cause })).STATUS_CODE)).toEqual(['486', '304', '603-S', '503', '480', 'OTHER'])
    expect(finishes(incomplete()).FAILED_REASON).toBe('its end was not seen, 453*101')
  })
})

describe('the sender to Bitrix24', () => {
  let bitrix: BitrixStandIn
  let at: Desk
  const logged: Array<string> = []

  const sender = (credentials: Partial<BitrixCredentials> = {}, grants = new Map<string, Grant>()): Desk => {
    const tokens = bitrixTokens(
      { token: bitrix.token(), ...credentials },
      { read: (digest) => Promise.resolve(grants.get(digest)), write: (digest, grant) => Promise.resolve(grants.set(digest, grant)) }
    )
    return desk(bitrix24({ url: bitrix.url, tokens, perSecond: 1_000, createLeads: true }, staff({ '453*101': '11' }, logged)))
  }
  const begin = async (contents: BitrixContents = {}): Promise<void> => {
    await bitrix.close()
    bitrix = await startBitrix24({ users: [11, 99], contacts: [CLIENT], ...contents })
    at = sender()
  }
  const kinds = async (one: ReturnType<Desk['deliver']>): Promise<ReadonlyArray<string>> => (await one).map(({ kind }) => kind)

  beforeEach(async () => {
    bitrix = await startBitrix24({ users: [11, 99], contacts: [CLIENT] })
    at = sender()
    logged.length = 0
  })
  afterEach(() => bitrix.close())

  test('a call is registered, then finished', async () => {
    expect(await kinds(at.deliver(wanted(answered())))).toEqual(['done'])
    expect(bitrix.finished()).toMatchObject([{ EXTERNAL_CALL_ID: 'a1/85101-a1', CALL_DURATION: 30, CALL_FAILED_CODE: '200', PORTAL_USER_ID: 11 }])
    expect(bitrix.received().map(({ path }) => path)).toEqual(['/rest/telephony.externalCall.register', '/rest/telephony.externalCall.finish'])
    expect(at.memory('a1/85101-a1')).toMatchObject({ callId: 'externalCall.1', type: 'contact', id: '797' })
  })

  for (const [name, afterwards] of STORED_BUT) {
    test(`a registration that was stored and answered with ${name}: one call`, async () => {
      bitrix.misbehave({ on: /register/, afterwards })
      expect((await kinds(at.deliver(wanted(answered())))).at(-1)).toBe('done')
      expect(bitrix.finished()).toHaveLength(1)
      expect(bitrix.registered()).toHaveLength(1)
    })

    test(`the same, and half an hour passes: one call is finished, the other stays none`, async () => {
      bitrix.misbehave({ on: /register/, afterwards })
      await at.attempt(wanted(answered()))
      bitrix.wait()
      expect((await kinds(at.deliver(wanted(answered())))).at(-1)).toBe('done')
      expect(bitrix.finished()).toHaveLength(1)
    })

    test(`an end that was stored and answered with ${name}: one call, and nothing to correct`, async () => {
      bitrix.misbehave({ on: /finish/, afterwards })
      await at.attempt(wanted(answered()))
      bitrix.wait()
      expect((await kinds(at.deliver(wanted(answered(), { recording: 'https://storage.pbx.example/1.mp3' })))).at(-1)).toBe('done')
      expect(bitrix.finished()).toHaveLength(1)
      expect(bitrix.registered()).toHaveLength(1)
      expect(bitrix.comments()).toEqual([])
      expect(bitrix.recordings().get('externalCall.1')).toBe('https://storage.pbx.example/1.mp3')
    })

    test(`a comment that was stored and answered with ${name} is there once`, async () => {
      await at.deliver(wanted(missed()))
      bitrix.misbehave({ on: /comment.add/, afterwards })
      expect((await kinds(at.deliver(wanted(missed(), { retracted: true, revision: 2 })))).at(-1)).toBe('done')
      expect(bitrix.comments()).toHaveLength(1)
    })
  }

  test.each([
    [503, { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' }],
    [200, { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' }],
    [429, { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked due to operation time limit.' }]
  ])('a limit (%d %o) leaves no doubt', async (status, body) => {
    bitrix.misbehave({ on: /finish/, instead: { status, body } })
    expect(await at.attempt(wanted(answered()))).toMatchObject({ kind: 'away', sure: true, why: 'Bitrix24 asks for fewer requests' })
    expect(await kinds(at.deliver(wanted(answered())))).toEqual(['done'])
    expect(bitrix.received(/statistic/)).toEqual([])
    expect(bitrix.finished()).toHaveLength(1)
  })

  test('the token of a webhook is no application\'s, which is said', async () => {
    bitrix.misbehave({ on: /register/, instead: { status: 403, body: { error: 'WRONG_AUTH_TYPE', error_description: 'Current authorization type is denied for this method' } } })
    expect(await at.attempt(wanted(answered()))).toMatchObject({ kind: 'away', why: 'Bitrix24 takes calls from an application alone: CRM_TOKEN is that of a webhook' })
  })

  test('an application without the rights is told which it needs; one call in doubt is in nobody\'s way', async () => {
    await begin({ denied: ['telephony.externalCall.register'] })
    expect(await at.attempt(wanted(answered()))).toMatchObject({ kind: 'away', why: 'Bitrix24 does not let the application register calls: it needs the scope telephony' })
    await begin({ denied: ['voximplant.statistic.get'] })
    bitrix.misbehave({ on: /finish/, afterwards: 'hang up' })
    await at.attempt(wanted(answered()))
    expect(await at.attempt(wanted(answered()))).toMatchObject({ kind: 'refused', sure: false })
    expect(await kinds(at.deliver(wanted(answered({ id: 'a2/1' }))))).toEqual(['done'])
    expect(bitrix.finished()).toHaveLength(2)
  })

  test.each([
    ['nonsense', { result: 'yes' }],
    ['an error inside', { error: 'ERROR_CORE', error_description: 'Unexpected database error' }],
    ['nothing', null]
  ])('200 with %s at the end of a call is no success', async (_, body) => {
    bitrix.misbehave({ on: /finish/, instead: { status: 200, body } })
    expect(await kinds(at.deliver(wanted(answered())))).toEqual(['refused', 'done'])
    expect(bitrix.finished()).toHaveLength(1)
  })

  test('200 with LEAD_CREATION_ERROR: the call is there, and somebody is told', async () => {
    await begin({ noLeads: true })
    const [outcome] = await at.deliver(wanted(missed()))
    expect(outcome).toMatchObject({ kind: 'done', remark: 'Bitrix24 could not make a lead of its unknown number' })
    expect(bitrix.finished()).toHaveLength(1)
  })

  test('Bitrix24 forgets a call that was registered: it is registered anew', async () => {
    bitrix.misbehave({ on: /finish/, instead: { status: 500 } })
    await at.attempt(wanted(answered()))
    bitrix.forget()
    bitrix.wait()
    expect(await kinds(at.deliver(wanted(answered())))).toEqual(['refused', 'done'])
    expect(bitrix.finished()).toHaveLength(1)
  })

  test('a token that has expired is renewed, once, and the new one is kept for the next start', async () => {
    const renewal = { refreshToken: bitrix.refreshToken(), clientId: 'app-1', clientSecret: 'app-secret', url: `${bitrix.url}/oauth/token` }
    const credentials = { token: bitrix.token(), renewal }
    const grants = new Map<string, Grant>()
    at = sender(credentials, grants)
    bitrix.expire()
    expect(await kinds(at.deliver(wanted(answered())))).toEqual(['done'])
    at = sender(credentials, grants)
    expect(await kinds(at.deliver(wanted(answered({ id: 'a2/1' }))))).toEqual(['done'])
    expect(bitrix.received(/oauth/)).toHaveLength(1)
    expect(bitrix.finished()).toHaveLength(2)
  })

  test('a token that is not renewed: the CRM is away, and what to do is said without a secret', async () => {
    bitrix.expire()
    expect(await at.attempt(wanted(answered()))).toMatchObject({ kind: 'away', sure: true, why: 'Bitrix24 does not accept the token' })
    at = sender({ renewal: { refreshToken: 'old', clientId: 'app-1', clientSecret: 'app-secret', url: `${bitrix.url}/oauth/token` } })
    const outcome = await at.attempt(wanted(answered()))
    expect(outcome).toMatchObject({ kind: 'away', why: 'Bitrix24 does not renew the token: install the application again, and set CRM_TOKEN and CRM_REFRESH_TOKEN anew' })
    expect(JSON.stringify(outcome)).not.toMatch(/app-secret|bitrix-access/)
  })

  test('an internal number that Bitrix24 knows is enough; one that it does not know is the default user\'s, said once', async () => {
    await begin({ inner: ['102'] })
    await at.deliver(wanted(answered({ id: 'a/1', extension: '453*102' })))
    await at.deliver(wanted(answered({ id: 'a/2', extension: '453*103' })))
    await at.deliver(wanted(answered({ id: 'a/3', extension: '453*103' })))
    expect(bitrix.finished().map(({ PORTAL_USER_ID }) => PORTAL_USER_ID)).toEqual(['102', 99, 99])
    expect(logged).toEqual(['an employee is no user of the CRM: his calls go to the default user {"extension":"453*103"}'])
  })

  test('a missed call at a queue belongs to the default user, which is nothing to tell', async () => {
    await at.deliver(wanted(missed()))
    expect(bitrix.finished()).toMatchObject([{ PORTAL_USER_ID: 99, CALL_FAILED_CODE: '304' }])
    expect(logged).toEqual([])
  })

  test('two talks of one client in half an hour are two calls', async () => {
    await at.deliver(wanted(answered()))
    await at.deliver(wanted(answered({ id: 'a2/85101-a2' })))
    expect(bitrix.finished()).toHaveLength(2)
  })

  test('a finished call stays: what changed, and that it does not count, are comments on the client\'s card', async () => {
    await at.deliver(wanted(answered()))
    await at.deliver(wanted(answered({ talkTime: 62_000_000 }), { revision: 2 }))
    await at.deliver(wanted(answered({ talkTime: 62_000_000 }), { revision: 3, retracted: true }))
    expect(bitrix.finished()).toHaveLength(1)
    expect(bitrix.comments()).toEqual([
      'Correction of this call: talked 1:02, 453*101. It was entered as: talked 0:30, 453*101. [a1/85101-a1 2]',
      'This call does not count: what the telephone system reported later contradicts it. It was entered as: talked 1:02, 453*101. [a1/85101-a1 3]'
    ])
  })

  test('where there is no card, or no right to comment, that is said', async () => {
    await begin({ contacts: [] })
    await at.deliver(wanted(missed()))
    expect(await at.deliver(wanted(missed(), { retracted: true, revision: 2 }))).toMatchObject([{ kind: 'done', remark: 'it stays in Bitrix24 as it was finished, on no card where that could be noted' }])
    await begin({ denied: ['crm.timeline.comment.add'] })
    await at.deliver(wanted(missed()))
    expect(await at.deliver(wanted(missed(), { retracted: true, revision: 2 }))).toMatchObject([{ kind: 'done', remark: 'it stays in Bitrix24 as it was finished, and Bitrix24 does not take a comment on it' }])
  })

  test('a record that is retracted between its registration and its end is never finished', async () => {
    bitrix.misbehave({ on: /finish/, instead: { status: 500 } })
    await at.attempt(wanted(missed()))
    expect(await kinds(at.deliver(wanted(missed(), { retracted: true, revision: 2 })))).toEqual(['done'])
    expect([...bitrix.finished(), ...bitrix.comments()]).toEqual([])
  })

  test('a record that changes while nobody knows whether it was finished: one call, and a comment if it was', async () => {
    bitrix.misbehave({ on: /finish/, afterwards: 'hang up' })
    await at.attempt(wanted(answered()))
    await at.deliver(wanted(answered({ talkTime: 62_000_000 }), { revision: 2 }))
    expect(bitrix.finished()).toMatchObject([{ CALL_DURATION: 30 }])
    expect(bitrix.comments()).toEqual(['Correction of this call: talked 1:02, 453*101. [a1/85101-a1 2]'])
  })

  test('a recording is attached once, after the end, and again if it could not be fetched', async () => {
    const recording = 'https://storage.pbx.example/1.mp3'
    bitrix.misbehave({ on: /attach/, instead: { status: 400, body: { error: 'ERROR_CORE', error_description: 'Server returns HTTP error code 404' } } })
    expect(await kinds(at.deliver(wanted(answered(), { recording })))).toEqual(['refused', 'done'])
    expect(await kinds(at.deliver(wanted(answered({ did: '74950000002' }), { recording, revision: 2 })))).toEqual(['done'])
    expect(bitrix.received(/attach/)).toHaveLength(2)
    expect(bitrix.finished()).toHaveLength(1)
    expect(bitrix.comments()).toEqual([])
  })
})
