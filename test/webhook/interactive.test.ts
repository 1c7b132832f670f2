import { describe, expect, test } from 'vitest'
import { inMemoryResponsible, portFrom } from '../../src/index.js'
import { emptyResponse, route, type Routed } from '../../src/interactive/index.js'
import { parsed } from '../interactive/parsed.js'
import { served, until } from './hook.js'

const ASKS = 'EventType=call_interactive&CallID=AB12&CallerIDNum=%2B79160000001&CalledExtension=453*800@pbx.example&EventTime=1780000686000000&SubCallID=1-ab'

const heard = async (answer: Response) => ({ status: answer.status, type: answer.headers.get('content-type'), xml: await answer.text() })
const greeting = { status: 200, type: 'text/xml; charset=utf-8', xml: emptyResponse }

test('the caller goes to the responsible employee, by the address to which the events come', async () => {
  const routed: Array<Routed> = []
  const { post, get, events, ignored, undecodable } = await served({
    secret: 'right',
    interactive: route(inMemoryResponsible({ '+79160000001': '453*102' }), { variable: 'responsible' }),
    onRouted: (what) => void routed.push(what)
  })
  for (const answer of [await post(ASKS, '?secret=right'), await get(`secret=right&${ASKS}`)]) {
    const { status, type, xml } = await heard(answer)
    expect([status, type]).toEqual([200, 'text/xml; charset=utf-8'])
    expect(parsed(xml).children).toEqual([{ name: 'SetVar', attributes: { name: 'responsible' }, text: '453*102', children: [] }])
  }
  expect(routed.map(({ outcome, request }) => [outcome.kind, request?.calledExtension])).toEqual([['found', '453*800'], ['found', '453*800']])
  expect([events, ignored, undecodable]).toEqual([[], [], []])
})

test('the application is asked with the merged fields, without the secret', async () => {
  const asked: Array<unknown> = []
  const { post } = await served({
    secret: 'right',
    interactive: (raw) => {
      asked.push(raw)
      return route(inMemoryResponsible({}), { variable: 'x' })(raw)
    }
  })
  expect(await heard(await post(ASKS, '?secret=right&CalledDID=74950000001'))).toEqual(greeting)
  expect(asked).toEqual([
    {
      EventType: 'call_interactive',
      CallID: 'AB12',
      CallerIDNum: '+79160000001',
      CalledExtension: '453*800@pbx.example',
      EventTime: '1780000686000000',
      SubCallID: '1-ab',
      CalledDID: '74950000001'
    }
  ])
})

test('without anybody to answer it the caller hears the greeting, and it is told', async () => {
  const { post, failures, events, ignored, undecodable } = await served()
  expect(await heard(await post(ASKS))).toEqual(greeting)
  expect(failures).toEqual([{ kind: 'not-routed', status: 200 }])
  expect([events, ignored, undecodable]).toEqual([[], [], []])
})

describe('an answer that fails: the greeting, and why', () => {
  const failing = {
    throws: () => { throw new Error('boom') },
    'has a task that throws': () => () => { throw new Error('boom') },
    rejects: () => () => Promise.reject(new Error('boom'))
  }
  test.each(Object.entries(failing))('one that %s', async (_how, interactive) => {
    const { post, failures } = await served({ interactive })
    expect(await heard(await post(ASKS))).toEqual(greeting)
    expect(failures).toMatchObject([{ kind: 'callback-failed', status: 200, callback: 'interactive', reason: 'boom' }])
  })
})

test('a look-up that takes too long: the greeting in time', async () => {
  const routed: Array<Routed> = []
  const { post } = await served({
    interactive: route(portFrom(() => new Promise<string>(() => undefined)), { variable: 'x', within: 100_000 }),
    onRouted: (what) => void routed.push(what)
  })
  const began = performance.now()
  expect(await heard(await post(ASKS))).toEqual(greeting)
  expect(performance.now() - began).toBeLessThan(3_000)
  expect(routed.map(({ outcome }) => outcome)).toEqual([{ kind: 'too-slow', after: 100_000 }])
})

test('the caller does not wait for what the application makes of it', async () => {
  const { post } = await served({
    interactive: route(inMemoryResponsible({ '+79160000001': '453*102' }), { variable: 'x' }),
    onRouted: () => new Promise(() => undefined)
  })
  expect((await post(ASKS)).status).toBe(200)
})

test('what the application makes of it may fail', async () => {
  for (const onRouted of [() => Promise.reject(new Error('boom')), () => { throw new Error('boom') }]) {
    const { post, failures } = await served({ interactive: route(inMemoryResponsible({}), { variable: 'x' }), onRouted })
    expect(await heard(await post(ASKS))).toEqual(greeting)
    await until(() => failures.length > 0)
    expect(failures).toMatchObject([{ kind: 'callback-failed', status: 200, callback: 'onRouted', reason: 'boom' }])
  }
})

test('a request that cannot be read is answered too', async () => {
  const routed: Array<Routed> = []
  const { post } = await served({
    interactive: route(inMemoryResponsible({}), { variable: 'x' }),
    onRouted: (what) => void routed.push(what)
  })
  expect(await heard(await post('EventType=call_interactive'))).toEqual(greeting)
  expect(routed.map(({ outcome }) => outcome.kind)).toEqual(['not-a-request'])
})
