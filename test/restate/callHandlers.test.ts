import { isRight } from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, fromMillis, hours, ledger, sortLedger, type CallRecord, type Change } from '../../src/index.js'
import { callHandlers, callKey, type CallChanges } from '../../src/restate/index.js'
import { bare, runs } from '../laws/run.js'
import { companyConfig, disorderedArb, streamArb, type WireEvent } from '../pbx/index.js'
import { engine, type Engine } from './Engine.js'

const NOW = 1_780_000_000_000

const DIAL = {
  EventType: 'dial-in', EventTime: '1780000000000000', CallID: 'ab12', SubCallID: '85219-ab12', CallerIDNum: '+79160000001', CalledNumber: '453*102'
}
const ANSWER = { ...DIAL, EventType: 'answer', EventTime: '1780000003000000' }
const HANGUP = { ...DIAL, EventType: 'hangup', EventTime: '1780000063000000', CallStatus: 'ANSWER', Duration: '60000000' }

/** A sink that counts how often it took each change. */
const sinkOf = () => {
  const records = new Map<string, CallRecord>()
  const revisions = new Map<string, number>()
  const anomalies = new Set<string>()
  const takeOne = (change: Change): void => {
    if (change.change === 'anomaly') anomalies.add(JSON.stringify(change.anomaly))
    if (change.change === 'anomaly' || change.change === 'rejected') return
    const { id } = change.change === 'retracted' ? change.previous : change.record
    if (change.revision <= (revisions.get(id) ?? 0)) return
    // a change of a record comes after the one before it
    expect(change.revision).toBe((revisions.get(id) ?? 0) + 1)
    revisions.set(id, change.revision)
    if (change.change === 'retracted') records.delete(id)
    else records.set(id, change.record)
  }
  return { take: ({ changes }: CallChanges) => { changes.forEach(takeOne) }, records, anomalies }
}

const callIdOf = (raw: WireEvent): string | undefined => {
  const read = decode(raw)
  return isRight(read) && read.right.kind !== 'ignored' ? read.right.callId : undefined
}

const sorted = (texts: Iterable<string>): ReadonlyArray<string> => [...texts].sort()

const event = (machine: Engine, raw: WireEvent, receivedAt = fromMillis(NOW), tenant = 'acme') =>
  machine.invoke({ key: callKey({ tenant, callId: callIdOf(raw) ?? '' }), method: 'event', parameter: { raw, receivedAt } })

test('whatever crashes wherever, the sink has the ledger of the events, and nothing is left', async () => {
  const disordered = streamArb({ calls: 3 }).chain(({ events }) => disorderedArb(events))
  await fc.assert(
    fc.asyncProperty(disordered, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), async (events, dice) => {
      const sink = sinkOf()
      const machine = engine({ handlers: callHandlers({ config: companyConfig, sink: sink.take }), now: NOW, crashAt: () => dice.next().value === 0 })
      const readable = events.filter((raw) => callIdOf(raw) !== undefined)
      for (const raw of readable) await event(machine, raw)
      await machine.wait()
      const { records, anomalies } = ledger(companyConfig)(readable)
      expect(bare(sortLedger([...sink.records.values()]))).toEqual(bare(records))
      expect(sorted(sink.anomalies)).toEqual(sorted(anomalies.map((anomaly) => JSON.stringify(anomaly))))
      expect(machine.store.size).toBe(0)
      expect(machine.timers()).toBe(0)
    }),
    runs(150)
  )
})

describe('given a call that was answered', () => {
  const begun = async () => {
    const told: Array<CallChanges> = []
    const machine = engine({ handlers: callHandlers({ sink: (changes) => { told.push(changes) } }), now: NOW })
    for (const raw of [DIAL, ANSWER]) await event(machine, raw)
    return { machine, told }
  }

  test('its state can be read, and one timer waits', async () => {
    const { machine } = await begun()
    expect(machine.store.get('acme/ab12')?.get('call')).toMatchObject({ held: { callId: 'ab12', legs: [{ events: [{ kind: 'dial' }, { kind: 'answer' }] }] } })
    expect(machine.timers()).toBe(1)
  })

  test('when it ends, then its record is told with tenant and CallID', async () => {
    const { machine, told } = await begun()
    await event(machine, HANGUP)
    expect(told).toMatchObject([{ tenant: 'acme', callId: 'ab12', changes: [{ change: 'registered', revision: 1, record: { kind: 'answered' } }] }])
  })

  test('when it ends, then the timer of the open call is superseded and does nothing', async () => {
    const { machine, told } = await begun()
    await event(machine, HANGUP)
    await machine.wait(NOW + 3 * 3_600_000)
    expect(machine.store.get('acme/ab12')?.get('call')).toMatchObject({ gone: { callId: 'ab12' } })
    const before = machine.store.get('acme/ab12')
    await machine.invoke({ key: 'acme/ab12', method: 'tick', parameter: { at: fromMillis(NOW) + hours(24) } })
    expect(machine.store.get('acme/ab12')).toEqual(before)
    expect(told.length).toBe(1)
  })

  test('when it was let go, then it shrinks to its CallID, and that goes too', async () => {
    const { machine } = await begun()
    await event(machine, HANGUP)
    await machine.wait(NOW + 3 * 3_600_000)
    expect(Object.keys(machine.store.get('acme/ab12')?.get('call') ?? {})).toEqual(['v', 'gone'])
    await machine.wait()
    expect(machine.store.size).toBe(0)
  })

  test('another tenant has a call of its own by the same CallID', async () => {
    const { machine } = await begun()
    await event(machine, DIAL, fromMillis(NOW), 'other')
    expect([...machine.store.keys()].sort()).toEqual(['acme/ab12', 'other/ab12'])
  })

  test('it is explained while it is held, and nothing else is', async () => {
    const { machine } = await begun()
    const handlers = callHandlers({ sink: () => undefined })
    const ctx = { get: (name: string) => Promise.resolve(machine.store.get('acme/ab12')?.get(name) ?? null) }
    const asked = (key: string, get: unknown) => handlers.explain({ ...ctx, key, get } as never)
    expect(await asked('acme/ab12', ctx.get)).toMatchObject({ callId: 'ab12' })
    expect(await asked('acme/cd34', () => Promise.resolve(null))).toBeNull()
  })
})

test('the word that a call was placed reaches its records', async () => {
  const sink = sinkOf()
  const machine = engine({ handlers: callHandlers({ sink: sink.take }), now: NOW })
  await machine.invoke({ key: 'acme/ab12', method: 'placed', parameter: { at: fromMillis(NOW), context: { deal: 7 } } })
  for (const raw of [DIAL, ANSWER, HANGUP]) await event(machine, raw)
  expect([...sink.records.values()]).toMatchObject([{ kind: 'callback', callBackId: 'ab12', context: { deal: 7 } }])
})

test('changes can go to an object of Restate, keyed as the call is', async () => {
  const sent: Array<unknown> = []
  const machine = engine({ handlers: callHandlers({ sink: { service: 'crm', method: 'take' } }), now: NOW, sent: (call) => sent.push(call) })
  for (const raw of [DIAL, ANSWER, HANGUP]) await event(machine, raw)
  expect(sent).toMatchObject([{ service: 'crm', method: 'take', key: 'acme/ab12', parameter: { changes: [{ change: 'registered' }] } }])
})

test.each([1, 2, 3, 4, 5, 6])('wherever it crashes, and with another configuration afterwards, the sink is told one thing: place %i', async (place) => {
  const told: Array<CallChanges> = []
  let isOther = false
  let left = Infinity
  const machine = engine({
    handlers: callHandlers({ config: () => (isOther ? { normaliseNumber: () => '0' } : {}), sink: (changes) => { told.push(changes) } }),
    now: NOW,
    crashAt: () => {
      left -= 1
      isOther ||= left === 0
      return left === 0
    }
  })
  for (const raw of [DIAL, ANSWER]) await event(machine, raw)
  left = place
  await event(machine, HANGUP)
  expect(machine.crashes()).toBe(1)
  expect(told.length).toBe(place === 4 ? 2 : 1)
  expect(new Set(told.map((changes) => JSON.stringify(changes))).size).toBe(1)
})

test('what the sink answers is not kept: a driver may answer anything', async () => {
  const answer: Record<string, unknown> = { rows: 1n }
  answer['itself'] = answer
  const machine = engine({ handlers: callHandlers({ sink: () => Promise.resolve(answer) as Promise<never> }), now: NOW })
  for (const raw of [DIAL, ANSWER, HANGUP]) await event(machine, raw)
  expect(machine.store.get('acme/ab12')?.get('call')).toMatchObject({ held: { callId: 'ab12' } })
})

test('a sink that fails is tried again, and the call does not go on before it', async () => {
  const handlers = callHandlers({ sink: () => Promise.reject(new Error('the CRM is away')) })
  const machine = engine({ handlers, now: NOW })
  for (const raw of [DIAL, ANSWER]) await event(machine, raw)
  const before = machine.store.get('acme/ab12')
  await expect(event(machine, HANGUP)).rejects.toThrow('the CRM is away')
  expect(machine.store.get('acme/ab12')).toBe(before)
})

test.each([undefined, null, 5, 'EventType=fax', { raw: { ...DIAL, EventType: 'no such' } }, { raw: '\0' }, { raw: { ...DIAL, CallID: 'cd34' } }])(
  'what is no event of the call is told as rejected and changes nothing: %j',
  async (parameter) => {
    const told: Array<CallChanges> = []
    const machine = engine({ handlers: callHandlers({ sink: (changes) => { told.push(changes) } }), now: NOW })
    await machine.invoke({ key: 'acme/ab12', method: 'event', parameter })
    expect(told).toMatchObject([{ changes: [{ change: 'rejected' }] }])
    expect(machine.store.size).toBe(0)
  }
)

test.each([undefined, null, {}, { at: 5 }, { at: 'soon' }])('a word of a placed call or of a tick that means nothing changes nothing: %j', async (parameter) => {
  const machine = engine({ handlers: callHandlers({ sink: () => undefined }), now: NOW })
  await machine.invoke({ key: 'acme/ab12', method: 'placed', parameter })
  await machine.invoke({ key: 'acme/ab12', method: 'tick', parameter })
  expect(machine.store.size).toBe(0)
})

test('a state that this version cannot read is left as it is, and tried again', async () => {
  const machine = engine({ handlers: callHandlers({ sink: () => undefined }), now: NOW })
  await event(machine, DIAL)
  const kept = machine.store.get('acme/ab12') as Map<string, unknown>
  kept.set('call', { v: 99 })
  await expect(event(machine, ANSWER)).rejects.toThrow('the state of this call cannot be read')
  expect(kept.get('call')).toEqual({ v: 99 })
})

test('a configuration that means nothing is found when the handlers are made', () => {
  expect(() => callHandlers({ config: { settle: 5 }, sink: () => undefined })).toThrow(TypeError)
})
