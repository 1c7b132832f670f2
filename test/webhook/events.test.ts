import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { callReducer, correlator, type Change } from '../../src/index.js'
import { ledgerOf } from '../laws/run.js'
import { ANSWER, HANGUP, RING, handler, served } from './hook.js'

/** A correlator in memory, as a small service has it. */
const running = () => {
  const calls = correlator({})
  const changes: Array<Change> = []
  let state = calls.initial
  const take = (transition: (of: typeof calls, from: typeof state) => ReturnType<typeof calls.drain>): void => {
    const [next, told] = transition(calls, state)
    state = next
    changes.push(...told)
  }
  return {
    take,
    ledger: () => {
      take((of, from) => of.drain(from))
      return ledgerOf(changes)
    }
  }
}

test('a call by POST: each event is handed over with the time of its receipt, and answered 200', async () => {
  const { post, events } = await served({ now: () => 1_780_000_800_000_000 })
  for (const body of [RING, ANSWER, HANGUP]) {
    const answer = await post(body)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  }
  expect(events.map(({ event, receivedAt }) => [event.kind, event.callId, event.receivedAt, receivedAt])).toEqual(
    ['dial', 'answer', 'hangup'].map((kind) => [kind, 'ab12', 1_780_000_800_000_000, 1_780_000_800_000_000])
  )
  expect(events[0]?.fields).toEqual({
    EventType: 'dial-in',
    EventTime: '1780000686000000',
    CallID: 'AB12',
    SubCallID: '85102-ab12',
    CallFlow: 'in',
    CallerIDNum: '+79160000001',
    CalledNumber: '453*102'
  })
})

test('a call by GET', async () => {
  const { get, events } = await served()
  expect((await get(RING)).status).toBe(200)
  expect(events.map(({ event }) => event.kind)).toEqual(['dial'])
})

test('the clock of the system tells the receipt, if none is handed in, or one that tells another unit', async () => {
  for (const now of [undefined, () => Date.now(), () => Number.NaN]) {
    const { post, events } = await served(now === undefined ? {} : { now })
    const before = Date.now() * 1000
    await post(RING)
    expect(events[0]?.receivedAt).toBeGreaterThanOrEqual(before)
    expect(events[0]?.receivedAt).toBeLessThanOrEqual(Date.now() * 1000)
    expect(events[0]?.event.receivedAt).toBe(events[0]?.receivedAt)
  }
})

test('the query wins over the body, unless it is empty; of a repeated key the first that is not empty counts', async () => {
  const { post, events } = await served()
  await post(`${HANGUP}&ExtType=phone&Bridged=&Bridged=no&Bridged=yes`, '?ExtType=queue&CallStatus=')
  expect(events[0]?.event).toMatchObject({ extensionType: 'queue', status: 'ANSWER', bridged: 'no' })
  expect(events[0]?.fields).toMatchObject({ ExtType: 'queue', CallStatus: 'ANSWER', Bridged: 'no' })
})

test('an event without a time of its own happened when it was received', async () => {
  const { post, events } = await served({ now: () => 1_780_000_800_000_000 })
  await post('EventType=dial-in&CallID=ab&SubCallID=1-ab')
  expect(events[0]?.event.at).toBe(1_780_000_800_000_000)
})

test('the answer waits for the sink: what is answered 200 is stored', async () => {
  let store = (): void => undefined
  const { post } = await served({ onEvent: () => new Promise<void>((resolve) => (store = resolve)) })
  let answered = false
  const answer = post(RING).then((response) => {
    answered = true
    return response
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(answered).toBe(false)
  store()
  expect((await answer).status).toBe(200)
})

test('one event that is stored slowly holds up no other', async () => {
  let release = (): void => undefined
  const { post } = await served({ onEvent: ({ event }) => (event.kind === 'dial' ? new Promise<void>((resolve) => (release = resolve)) : undefined) })
  const slow = post(RING)
  expect((await post(ANSWER)).status).toBe(200)
  release()
  expect((await slow).status).toBe(200)
})

const away = new Error('the database is away')
const sinks = { rejects: () => Promise.reject(away), throws: () => { throw away } }
const incidents = { onEvent: RING, onUndecodable: 'EventType=dial-in', onIgnored: 'EventType=voicemail' }
for (const [how, sink] of Object.entries(sinks)) {
  test.each(Object.entries(incidents))(`%s that ${how} is answered 500, without a word of why, and told`, async (callback, body) => {
    const { post, failures } = await served({ [callback]: sink })
    const answer = await post(body)
    expect([answer.status, await answer.text()]).toEqual([500, 'could not be stored\n'])
    expect(failures).toEqual([{ kind: 'callback-failed', status: 500, callback, reason: 'the database is away', thrown: away }])
  })
}

test('onFailure may fail too: the answer is the same', async () => {
  for (const onFailure of [() => Promise.reject(new Error('the log is full')), () => { throw new Error('the log is full') }]) {
    const { post } = await served({ onEvent: sinks.throws, onFailure })
    expect((await post(RING)).status).toBe(500)
  }
})

test('what is no event is handed over as it was sent, and answered 200', async () => {
  const { post, undecodable, events } = await served({ now: () => 1_780_000_800_000_000 })
  const answer = await post('EventType=hangup&CallID=AB12&Bridged=perh%61ps&%zz=%', '?ExtType=queue')
  expect(answer.status).toBe(200)
  expect(undecodable).toEqual([
    {
      text: 'ExtType=queue&EventType=hangup&CallID=AB12&Bridged=perh%61ps&%zz=%',
      fields: { ExtType: 'queue', EventType: 'hangup', CallID: 'AB12', Bridged: 'perhaps', '%zz': '%' },
      error: { field: 'Bridged', value: 'perhaps', reason: 'is neither yes nor no' },
      receivedAt: 1_780_000_800_000_000
    }
  ])
  expect(events).toEqual([])
})

test('somebody looks at the address with a browser: no event, and no harm', async () => {
  const { get, undecodable } = await served()
  expect((await get('')).status).toBe(200)
  expect(undecodable).toMatchObject([{ text: '', fields: {}, error: { field: 'EventType', reason: 'is missing' } }])
})

test('messages and voicemails are ignored, and answered 200', async () => {
  const { post, ignored, failures } = await served({ now: () => 1_780_000_800_000_000 })
  expect((await post('EventType=voicemail&CallID=ab')).status).toBe(200)
  expect((await post('event_type=call-status-change')).status).toBe(200)
  expect(ignored).toEqual([
    { eventType: 'voicemail', fields: { EventType: 'voicemail', CallID: 'ab' }, receivedAt: 1_780_000_800_000_000 },
    { eventType: 'call-status-change', fields: { event_type: 'call-status-change' }, receivedAt: 1_780_000_800_000_000 }
  ])
  expect(failures).toEqual([])
})

test('the answers are not to be cached: a GET that is repeated must come through', async () => {
  const { get } = await served()
  expect((await get(RING)).headers.get('cache-control')).toBe('no-store')
})

test('a body that somebody has read before is told, and answered 500: it may have been an event', async () => {
  const readAndLetGo = async ({ body }: Request): Promise<void> => {
    const reader = body?.getReader()
    while ((await reader?.read())?.done === false);
    reader?.releaseLock()
  }
  const ways = [(request: Request) => request.text(), (request: Request) => Promise.resolve(request.body?.getReader()), readAndLetGo]
  for (const read of ways) {
    const { handle, events, undecodable, failures } = handler()
    const request = new Request('http://crm.example/hook', { method: 'POST', body: new URLSearchParams(RING) })
    await read(request)
    expect((await handle(request)).status).toBe(500)
    expect([events, undecodable, failures]).toEqual([[], [], [{ kind: 'body-taken', status: 500 }]])
  }
})

test('a clock that throws costs the event, but is told', async () => {
  const { handle, failures } = handler({ now: () => { throw new Error('no clock') } })
  expect((await handle(new Request('http://crm.example/hook'))).status).toBe(500)
  expect(failures).toEqual([{ kind: 'unexpected', status: 500, reason: 'no clock' }])
})

test('a recorded day over HTTP, eight requests at a time, comes to the ledger that reading it comes to', async () => {
  const bodies = readFileSync('examples/events/day.form', 'utf8').split('\n').filter((body) => body !== '')
  const overHttp = running()
  const { post } = await served({ onEvent: ({ event }) => overHttp.take((calls, state) => calls.step(state, event)) })
  for (let i = 0; i < bodies.length; i += 8) {
    const answers = await Promise.all(bodies.slice(i, i + 8).map((body) => post(body)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  }
  const read = running()
  for (const body of bodies) read.take((calls, state) => calls.ingest(state, body))
  const ledger = overHttp.ledger()
  expect(ledger).toEqual(read.ledger())
  expect(ledger.length).toBeGreaterThan(60)
})

test('an engine that holds a state per call takes a delivery as it is', async () => {
  const call = callReducer()
  let state = call.initial
  const kinds: Array<string> = []
  const { post } = await served({
    onEvent: ({ event }) => {
      const [next, changes] = call.step(state, event)
      state = next
      for (const change of changes) if (change.change === 'registered') kinds.push(change.record.kind)
    }
  })
  for (const body of [HANGUP, RING, ANSWER]) await post(body)
  expect(kinds).toEqual(['answered'])
})
