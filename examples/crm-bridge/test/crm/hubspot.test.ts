import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hubspotInput } from '../../src/crm/hubspot.js'
import { hubspot } from '../../src/crm/hubspotSender.js'
import { CLIENT } from '../story.js'
import { desk, staff, type Desk } from './desk.js'
import { answered, callback, EVERY_KIND, incomplete, missed, transferred, unsuccessful, wanted } from './records.js'
import { HUBSPOT_TOKEN, ID_PROPERTY, startHubspot, type HubspotContents, type HubspotStandIn } from './standIns/hubspot.js'
import { STORED_BUT } from './standIns/standIn.js'

const mapped = (record: Parameters<typeof wanted>[0]) => hubspotInput(wanted(record).activity, { idProperty: ID_PROPERTY })

describe('what HubSpot takes', () => {
  test('a talk', () => {
    expect(hubspotInput(wanted(answered()).activity, { idProperty: ID_PROPERTY, owner: '11', link: 'https://bridge.example/r' })).toEqual({
      idProperty: ID_PROPERTY,
      id: 'a1/85101-a1',
      properties: {
        [ID_PROPERTY]: 'a1/85101-a1',
        hs_timestamp: '2026-05-28T20:26:40.000Z',
        hs_call_title: 'Incoming call',
        hs_call_body: 'talked 0:30, 453*101',
        hs_call_direction: 'INBOUND',
        hs_call_duration: '30000',
        hs_call_status: 'COMPLETED',
        hs_call_from_number: CLIENT,
        hs_call_to_number: '74950000001',
        hubspot_owner_id: '11',
        hs_call_recording_url: 'https://bridge.example/r'
      }
    })
  })

  test('what came of it', () => {
    expect(EVERY_KIND.map((record) => [record.kind, mapped(record).properties['hs_call_status'], mapped(record).properties['hs_call_direction']])).toEqual([
      ['answered', 'COMPLETED', 'INBOUND'],
      ['callback', 'COMPLETED', 'OUTBOUND'],
      ['transferred', 'COMPLETED', 'INBOUND'],
      ['unsuccessful', 'BUSY', 'OUTBOUND'],
      ['incomplete', undefined, 'INBOUND'],
      ['missed', 'MISSED', 'INBOUND']
    ])
    expect((['busy', 'no-answer', 'cancelled', 'congestion', 'unavailable', 'other'] as const).map((cause) => mapped(unsuccessful({ cause })).properties['hs_call_status'])).toEqual(['BUSY', 'NO_ANSWER', 'CANCELED', 'FAILED', 'FAILED', 'FAILED'])
  })

  test('the client is at his end of the line', () => {
    expect(mapped(callback()).properties['hs_call_to_number']).toBe(CLIENT)
    expect(mapped(transferred()).properties['hs_call_from_number']).toBe(CLIENT)
    expect(mapped(incomplete()).properties['hs_call_duration']).toBe('0')
  })
})

describe('the sender to HubSpot', () => {
  let hub: HubspotStandIn
  let at: Desk
  const logged: Array<string> = []
  const kinds = async (one: ReturnType<Desk['deliver']>): Promise<ReadonlyArray<string>> => (await one).map(({ kind }) => kind)
  const sender = (users?: Readonly<Record<string, string>>): Desk => desk(hubspot({ url: hub.url, token: HUBSPOT_TOKEN, perSecond: 1_000, idProperty: ID_PROPERTY }, staff(users, logged)))
  const begin = async (contents: HubspotContents): Promise<void> => {
    await hub.close()
    hub = await startHubspot({ owners: ['11', '99'], contacts: { [CLIENT]: '501' }, ...contents })
    at = sender()
  }

  beforeEach(async () => {
    hub = await startHubspot({ owners: ['11', '99'], contacts: { [CLIENT]: '501' } })
    at = sender()
    logged.length = 0
  })
  afterEach(() => hub.close())

  test('a call of a contact is there, and on his card', async () => {
    expect(await kinds(at.deliver(wanted(answered())))).toEqual(['done'])
    expect(hub.calls()).toMatchObject([{ [ID_PROPERTY]: 'a1/85101-a1', hubspot_owner_id: '11' }])
    expect(hub.associations()).toEqual(['1 501'])
  })

  for (const [name, afterwards] of STORED_BUT) {
    test.each([['upsert'], ['search'], ['associations']])(`%s that was done and answered with ${name}: one call, on one card`, async (on) => {
      hub.misbehave({ on: new RegExp(on), afterwards })
      expect((await kinds(at.deliver(wanted(answered())))).at(-1)).toBe('done')
      expect(hub.calls()).toHaveLength(1)
      expect(hub.associations()).toEqual(['1 501'])
    })

    test(`a removal that was done and answered with ${name}: it is gone`, async () => {
      await at.deliver(wanted(missed()))
      hub.misbehave({ on: /DELETE/, afterwards })
      expect((await kinds(at.deliver(wanted(missed(), { retracted: true, revision: 2 })))).at(-1)).toBe('done')
      expect(hub.calls()).toEqual([])
      expect(hub.archived()).toBe(1)
    })
  }

  test('a record that changes, and its recording, change the call', async () => {
    await at.deliver(wanted(answered()))
    await at.deliver(wanted(answered({ talkTime: 62_000_000 }), { revision: 2, recording: 'https://bridge.example/r' }))
    expect(hub.calls()).toMatchObject([{ hs_call_duration: '62000', hs_call_recording_url: 'https://bridge.example/r' }])
  })

  test('a record that is retracted is removed, also if nobody knows whether it was stored; one that counts after all is there again', async () => {
    await at.crash(wanted(missed()))
    await at.deliver(wanted(missed(), { retracted: true, revision: 2 }))
    expect(hub.calls()).toEqual([])
    await at.deliver(wanted(missed(), { revision: 3 }))
    expect(hub.calls()).toHaveLength(1)
    await at.crash(wanted(missed({ id: 'b/missed' }), { retracted: true, revision: 2 }))
    expect(hub.archived()).toBe(1)
  })

  test('429 says how long to wait', async () => {
    hub.misbehave({ on: /upsert/, instead: { status: 429, headers: { 'retry-after': '7' }, body: { errorType: 'RATE_LIMIT', policyName: 'SECONDLY', message: `limit of ${HUBSPOT_TOKEN}` } } })
    const outcome = await at.attempt(wanted(answered()))
    expect(outcome).toMatchObject({ kind: 'away', sure: true, why: 'the CRM asks for fewer requests', after: expect.closeTo(7_000, -2) })
    expect(JSON.stringify(outcome)).not.toContain(HUBSPOT_TOKEN)
  })

  test.each([
    ['errors inside', 207, { status: 'COMPLETE', results: [], numErrors: 1, errors: [{ status: 'error', category: 'OTHER', message: 'no' }] }],
    ['errors beside a result', 200, { status: 'COMPLETE', results: [{ id: '1' }], numErrors: 1, errors: [{ message: 'no' }] }],
    ['nonsense', 200, { results: 'many' }],
    ['nothing', 200, undefined]
  ])('a success with %s is none', async (_, status, body) => {
    hub.misbehave({ on: /upsert/, instead: { status, body } })
    expect(await kinds(at.deliver(wanted(answered())))).toEqual(['refused', 'done'])
  })

  test('an account without the unique property takes nothing, and is told what to do', async () => {
    await begin({ hasProperty: false })
    expect(await at.attempt(wanted(answered()))).toMatchObject({ kind: 'away', why: `HubSpot has no property ${ID_PROPERTY} of calls with unique values: make one, or set CRM_ID_PROPERTY` })
  })

  test('an owner whom HubSpot does not have: the default one, and if that is wrong too, none', async () => {
    at = sender({ '101': '12' })
    expect(await kinds(at.deliver(wanted(answered())))).toEqual(['done'])
    expect(hub.calls()).toMatchObject([{ hubspot_owner_id: '99' }])
    expect(logged).toHaveLength(1)
    await begin({ owners: [] })
    expect(await kinds(at.deliver(wanted(answered())))).toEqual(['done'])
    expect(hub.calls()[0]).not.toHaveProperty('hubspot_owner_id')
  })
})
