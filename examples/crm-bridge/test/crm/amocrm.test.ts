import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { activityOf } from '../../src/crm/Activity.js'
import { amoCall, amoUnsorted } from '../../src/crm/amocrm.js'
import { amocrm } from '../../src/crm/amocrmSender.js'
import { CLIENT } from '../story.js'
import { desk, staff, type Desk } from './desk.js'
import { answered, callback, EVERY_KIND, hidden, incomplete, missed, transferred, unsuccessful, wanted } from './records.js'
import { AMO_TOKEN, startAmocrm, type AmoStandIn } from './standIns/amocrm.js'
import { STORED_BUT } from './standIns/standIn.js'

const mapped = (record: Parameters<typeof wanted>[0]) => amoCall(wanted(record).activity, { source: 'PBX' })

describe('what amoCRM takes', () => {
  test('a talk', () => {
    expect(amoCall(wanted(answered()).activity, { source: 'PBX', user: 11, link: 'https://bridge.example/r' })).toEqual({
      uniq: 'a1/85101-a1',
      direction: 'inbound',
      phone: CLIENT,
      duration: 30,
      source: 'PBX',
      call_result: 'talked 0:30, 453*101',
      call_status: 4,
      responsible_user_id: 11,
      link: 'https://bridge.example/r',
      created_at: 1_780_000_000
    })
  })

  test('a miss, whoever rang, is one call', () => {
    expect(mapped(missed())).toMatchObject({ direction: 'inbound', duration: 0, call_status: 6, call_result: 'missed at queue 453*887; rang 453*101, 453*102' })
  })

  test('a callback is one talk, outbound', () => expect(mapped(callback())).toMatchObject({ direction: 'outbound', call_status: 4, duration: 30 }))

  test('a forward outside for a caller is his inbound call, not the colleague\'s', () =>
    expect(mapped(transferred())).toMatchObject({ direction: 'inbound', phone: CLIENT, call_status: 4, call_result: 'talked 0:30, 453*103, a transfer from 453*103' }))

  test.each([
    ['busy', 7],
    ['no-answer', 6],
    ['cancelled', 6],
    ['congestion', 6],
    ['unavailable', 3],
    ['other', 6]
  ] as const)('nobody reached, %s: %d', (cause, status) => expect(mapped(unsuccessful({ cause }))).toMatchObject({ call_status: status, duration: 0, direction: 'outbound' }))

  test('a call whose end was not seen claims no result', () => {
    expect(mapped(incomplete())).toMatchObject({ duration: 0, call_result: 'its end was not seen, 453*101' })
    expect(mapped(incomplete())).not.toHaveProperty('call_status')
  })

  test('every kind has a client, whole seconds and an id of its own', () => {
    for (const record of EVERY_KIND) {
      const call = mapped(record)
      expect(call).toMatchObject({ uniq: record.id, phone: CLIENT })
      expect(Number.isInteger(call.duration) && call.duration >= 0).toBe(true)
      expect(Number.isInteger(call.created_at)).toBe(true)
      expect(amoUnsorted(wanted(record).activity, { source: 'PBX' })).toMatchObject({ source_uid: record.id, metadata: { uniq: record.id, phone: CLIENT, duration: call.duration } })
    }
  })

  test('without a number there is nothing to take; a short one stays short', () => {
    expect(activityOf(hidden())).toBeUndefined()
    expect(activityOf(answered({ remoteNumber: '453*102' }))).toBeUndefined()
    expect(activityOf(answered({ remoteNumber: '112' }))?.client).toBe('112')
    expect(activityOf(answered({ remoteNumber: '8 916 000-00-01' }))?.client).toBe(CLIENT)
  })
})

describe('the sender to amoCRM', () => {
  let amo: AmoStandIn
  let at: Desk
  const logged: Array<string> = []
  const sender = (token = AMO_TOKEN, users: Readonly<Record<string, string>> = { '453*101': '11' }): Desk =>
    desk(amocrm({ url: `${amo.url}/`, token, perSecond: 1_000 }, 'PBX', staff(users, logged)))
  const kinds = async (one: ReturnType<Desk['deliver']>): Promise<ReadonlyArray<string>> => (await one).map(({ kind }) => kind)

  beforeEach(async () => {
    amo = await startAmocrm({ contacts: [CLIENT], users: [11, 99] })
    at = sender()
    logged.length = 0
  })
  afterEach(() => amo.close())

  test('a call of a contact stands on his card', async () => {
    expect(await kinds(at.deliver(wanted(answered())))).toEqual(['done'])
    expect(amo.calls()).toMatchObject([{ uniq: 'a1/85101-a1', responsible_user_id: 11 }])
    expect(at.memory('a1/85101-a1')).toEqual({ type: 'contacts', id: '1000' })
  })

  test('a number that is no contact becomes one incoming lead', async () => {
    expect(await kinds(at.deliver(wanted(missed({ remoteNumber: '+79160000077' }))))).toEqual(['done'])
    expect(amo.calls()).toEqual([])
    expect(amo.unsorted()).toMatchObject([{ source_uid: 'a1/missed', metadata: { phone: '+79160000077' } }])
  })

  for (const [name, afterwards] of STORED_BUT) {
    test(`a call that was stored and answered with ${name} is there once`, async () => {
      amo.misbehave({ on: /POST .*calls/, afterwards })
      expect((await kinds(at.deliver(wanted(answered())))).at(-1)).toBe('done')
      expect(amo.calls()).toHaveLength(1)
      expect(amo.received(/POST .*calls/)).toHaveLength(1)
      expect(at.memory('a1/85101-a1')).toEqual({ type: 'contacts', id: '1000' })
      expect(amo.notes()).toEqual([])
    })

    test(`an incoming lead that was stored and answered with ${name} is there once`, async () => {
      amo.misbehave({ on: /POST .*sip/, afterwards })
      expect((await kinds(at.deliver(wanted(missed({ remoteNumber: '+79160000077' }))))).at(-1)).toBe('done')
      expect(amo.unsorted()).toHaveLength(1)
      expect(amo.received(/POST .*sip/)).toHaveLength(1)
    })

    test(`a note that was stored and answered with ${name} is there once`, async () => {
      await at.deliver(wanted(missed()))
      amo.misbehave({ on: /POST .*notes/, afterwards })
      expect((await kinds(at.deliver(wanted(missed(), { retracted: true, revision: 2 })))).at(-1)).toBe('done')
      expect(amo.notes()).toHaveLength(1)
    })
  }

  test.each([
    [429, { 'retry-after': '1' }],
    [401, {}],
    [402, {}],
    [500, {}],
    [302, { location: 'https://elsewhere.example/' }]
  ])('a %d before it did anything: nothing is lost, and it says why', async (status, headers) => {
    amo.misbehave({ on: /calls/, instead: { status, body: { title: `no, ${AMO_TOKEN}` }, headers: { ...headers } } })
    const [first, second] = await at.deliver(wanted(answered()))
    expect(first).toMatchObject({ kind: 'away' })
    expect(JSON.stringify(first)).not.toContain(AMO_TOKEN)
    if (status === 429) expect(first).toMatchObject({ sure: true, after: expect.closeTo(1_000, -2) })
    expect(second?.kind).toBe('done')
    expect(amo.calls()).toHaveLength(1)
  })

  test.each([
    ['an error inside', { _total_items: 0, errors: [{ title: 'Something', detail: 'strange' }], _embedded: { calls: [] } }],
    ['an empty object', {}],
    ['a list', []],
    ['null', null]
  ])('200 with %s is no success', async (_, body) => {
    amo.misbehave({ on: /POST .*calls/, instead: { status: 200, body } })
    const outcomes = await at.deliver(wanted(answered()))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'done'])
    expect(amo.calls()).toHaveLength(1)
  })

  test('a CRM that is not there is away, without a doubt', async () => {
    await amo.close()
    expect(await at.attempt(wanted(answered()))).toMatchObject({ kind: 'away', sure: true, why: 'the CRM cannot be reached' })
    amo = await startAmocrm()
  })

  test('an employee without a user: the default user\'s, said once', async () => {
    await at.deliver(wanted(answered({ extension: '453*105' })))
    await at.deliver(wanted(answered({ id: 'a2/85105-a2', extension: '453*105' })))
    expect(amo.calls().map(({ responsible_user_id }) => responsible_user_id)).toEqual([99, 99])
    expect(logged).toEqual(['an employee is no user of the CRM: his calls go to the default user {"extension":"453*105"}'])
  })

  test('a user whom the CRM no longer has: the default user\'s, said once', async () => {
    at = sender(AMO_TOKEN, { '101': '12' })
    expect(await kinds(at.deliver(wanted(answered())))).toEqual(['done'])
    expect(amo.calls()).toMatchObject([{ responsible_user_id: 99 }])
    expect(logged).toHaveLength(1)
  })

  test('a record that changed after it was sent: one note on its card, none if it says the same', async () => {
    await at.deliver(wanted(answered()))
    await at.deliver(wanted(answered({ talkTime: 62_000_000 }), { revision: 2 }))
    await at.deliver(wanted(answered({ talkTime: 62_000_000, recordingId: 'x' }), { revision: 3 }))
    expect(amo.calls()).toHaveLength(1)
    expect(amo.notes()).toEqual([
      { type: 'contacts', id: 1_000, text: 'Correction of this call: talked 1:02, 453*101. It was entered as: talked 0:30, 453*101. [a1/85101-a1 2]' }
    ])
  })

  test('a record that was retracted after it was sent: a note says that it does not count', async () => {
    await at.deliver(wanted(missed()))
    await at.deliver(wanted(missed(), { retracted: true, revision: 2 }))
    expect(amo.notes().map(({ text }) => text)).toEqual([
      'This call does not count: what the telephone system reported later contradicts it. It was entered as: missed at queue 453*887; rang 453*101, 453*102. [a1/missed 2]'
    ])
  })

  test('a recording that came later is a note with its link', async () => {
    await at.deliver(wanted(answered()))
    await at.deliver(wanted(answered(), { recording: 'https://bridge.example/r' }))
    expect(amo.notes().map(({ text }) => text)).toEqual(['Recording: https://bridge.example/r [a1/85101-a1 1 recorded]'])
  })

  test('an incoming lead that nobody has taken cannot be corrected, which is said; taken, it can', async () => {
    const miss = missed({ remoteNumber: '+79160000077' })
    await at.deliver(wanted(miss))
    const [waiting] = await at.deliver(wanted({ ...miss, rang: [] }, { revision: 2 }))
    expect(waiting).toMatchObject({ kind: 'done', remark: 'it stands among the incoming leads as it was, where nothing can be noted' })
    amo.accept('uid-1')
    await at.deliver(wanted(miss, { retracted: true, revision: 3 }))
    expect(amo.notes()).toMatchObject([{ type: 'leads', id: 7_000 }])
  })

  test('a crash after it was stored, and the record is retracted meanwhile: it is found, and noted', async () => {
    await at.crash(wanted(missed()))
    expect(await kinds(at.deliver(wanted(missed(), { retracted: true, revision: 2 })))).toEqual(['done'])
    expect(amo.calls()).toHaveLength(1)
    expect(amo.notes()).toHaveLength(1)
  })

  test('a crash before anything was sent, and the record is retracted meanwhile: nothing is sent', async () => {
    amo.misbehave({ on: /calls/, instead: { status: 500 } })
    await at.crash(wanted(missed()))
    expect(await kinds(at.deliver(wanted(missed(), { retracted: true, revision: 2 })))).toEqual(['done'])
    expect([...amo.calls(), ...amo.notes()]).toEqual([])
  })
})
