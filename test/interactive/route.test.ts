import fc from 'fast-check'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { failingPort, inMemoryResponsible, portFrom, type ResponsiblePort, type Signal } from '../../src/ports/index.js'
import { emptyResponse, interactiveResponse, route, routeOutcomeMessage, type RouteOutcome } from '../../src/interactive/index.js'
import { parsed } from './parsed.js'

const asked = { EventType: 'call_interactive', CallID: 'AB12', CallerIDNum: '+79160000001', CalledExtension: '453*800@pbx.example' }
const request = { callId: 'ab12', callerNumber: '+79160000001', calledExtension: '453*800' }
const options = { variable: 'responsible' }

const unhandled: Array<unknown> = []
const note = (reason: unknown): void => void unhandled.push(reason)
beforeEach(() => void process.on('unhandledRejection', note))
afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 5))
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

test('found: the IVR is told the extension', async () => {
  const { xml, outcome, ...rest } = await route(inMemoryResponsible({ '+79160000001': '453*102' }), options)(asked)()
  expect(outcome).toEqual({ kind: 'found', extension: '453*102' })
  expect(parsed(xml).children).toEqual([{ name: 'SetVar', attributes: { name: 'responsible' }, text: '453*102', children: [] }])
  expect(rest).toEqual({ request })
})

test('found: another answer, if the application wants one', async () => {
  const answer = route(inMemoryResponsible({ '+79160000001': '453*102' }), {
    ...options,
    respond: (to, { callerNumber }) =>
      interactiveResponse([{ action: 'SetCaller', name: callerNumber ?? 'anonymous', number: '42' }], { action: 'SimpleTransfer', to, final: false, timeout: 20 })
  })
  expect(parsed((await answer(asked)()).xml).children.map(({ name }) => name)).toEqual(['SetCaller', 'SimpleTransfer'])
})

describe('nobody: the normal greeting', () => {
  for (const [name, nobody] of [['undefined', undefined], ['null', null], ['an empty text', '']] as const) {
    test(name, async () => {
      const port: ResponsiblePort = () => TE.right(nobody ?? undefined)
      expect(await route(nobody === undefined ? port : portFrom(() => Promise.resolve(nobody as string)), options)(asked)()).toEqual({
        xml: emptyResponse,
        outcome: { kind: 'nobody' },
        request
      })
    })
  }
})

describe('failed: the normal greeting, and the error', () => {
  const broken: ReadonlyArray<readonly [string, unknown, string]> = [
    ['a plain function that rejects', portFrom(() => Promise.reject(new Error('the CRM is down'))), 'the CRM is down'],
    ['a port that throws', () => { throw new Error('boom') }, 'boom'],
    ['a port whose task throws', () => () => { throw new Error('boom') }, 'boom'],
    ['a port whose promise rejects', () => () => Promise.reject(new Error('boom')), 'boom'],
    ['no port at all', undefined, 'port'],
    ['a port without a task', () => undefined, ''],
    ['a port that answers nothing', () => () => undefined, '']
  ]
  for (const [name, port, reason] of broken) {
    test(name, async () => {
      expect(await route(port as ResponsiblePort, options)(asked)()).toEqual({
        xml: emptyResponse,
        outcome: { kind: 'failed', error: { kind: 'failed', reason: expect.stringContaining(reason) } },
        request
      })
    })
  }

  test('a port that says what is wrong', async () => {
    const error = { kind: 'unreachable', reason: 'no route to the CRM' } as const
    expect(await route(failingPort(error), options)(asked)()).toMatchObject({ xml: emptyResponse, outcome: { kind: 'failed', error } })
  })

  test('an answer of the application\'s own that throws', async () => {
    const answer = route(inMemoryResponsible({ '+79160000001': '453*102' }), { ...options, respond: () => { throw new Error('boom') } })
    expect(await answer(asked)()).toMatchObject({ xml: emptyResponse, outcome: { kind: 'failed', error: { reason: 'boom' } } })
  })
})

describe('too slow: the normal greeting in time', () => {
  const slow: ReadonlyArray<readonly [string, ResponsiblePort]> = [
    ['a look-up that never ends', () => () => new Promise(() => undefined)],
    ['a look-up that finds somebody later', portFrom(() => new Promise((resolve) => setTimeout(resolve, 150, '453*102')))],
    ['a look-up that fails later', () => () => new Promise((_, reject) => setTimeout(reject, 110, new Error('late')))]
  ]
  for (const [name, port] of slow) {
    test(name, async () => {
      const began = performance.now()
      const routed = await route(port, { ...options, within: 100_000 })(asked)()
      expect(performance.now() - began).toBeLessThan(5_000)
      expect(routed).toEqual({ xml: emptyResponse, outcome: { kind: 'too-slow', after: 100_000 }, request })
      await new Promise((resolve) => setTimeout(resolve, 80))
    })
  }

  test('the look-up is told by its signal', async () => {
    let signal: Signal | undefined
    await route(
      portFrom((_, given) => {
        signal = given.signal
        return new Promise<string>(() => undefined)
      }),
      { ...options, within: 20_000 }
    )(asked)()
    expect(signal?.aborted).toBe(true)
  })

  test('two seconds, if the application says nothing', async () => {
    const began = performance.now()
    const { outcome } = await route(() => () => new Promise(() => undefined), options)(asked)()
    expect(outcome).toEqual({ kind: 'too-slow', after: 2_000_000 })
    expect(performance.now() - began).toBeGreaterThan(1_990)
  })
})

describe('an answer that the IVR could not be told: the normal greeting, and why', () => {
  test('of the look-up', async () => {
    for (const extension of ['a\u0000b', '\ud800', 'two\nlines', 'sales', '453*102@pbx.example', ' ']) {
      expect(await route(inMemoryResponsible({ '+79160000001': extension }), options)(asked)()).toMatchObject({
        xml: emptyResponse,
        outcome: { kind: 'unsayable', error: { kind: 'wrong-field', field: 'value' } }
      })
    }
  })

  test('of the configuration', async () => {
    expect(await route(inMemoryResponsible({ '+79160000001': '453*102' }), { variable: 'no name' })(asked)()).toMatchObject({
      outcome: { kind: 'unsayable', error: { kind: 'wrong-field', field: 'name', value: 'no name' } }
    })
  })
})

test('what is no request is answered too, and nobody is looked up', async () => {
  let lookUps = 0
  const port = portFrom(() => Promise.resolve(String(++lookUps)))
  expect(await route(port, options)('EventType=dial-in')()).toEqual({
    xml: emptyResponse,
    outcome: { kind: 'not-a-request', error: { field: 'EventType', value: 'dial-in', reason: 'is not call_interactive' } }
  })
  expect(lookUps).toBe(0)
})

test('whatever comes and whatever the look-up says, the answer can be read and the outcome has a sentence', async () => {
  const found = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('<', '&', ']]>', '"', '\u0000', '\ud800') }), fc.stringMatching(/^[0-9*#+]{1,5}$/))
  const raw = fc.oneof(fc.constant<unknown>(asked), fc.anything(), fc.string())
  await fc.assert(
    fc.asyncProperty(raw, found, async (sent, extension) => {
      const { xml, outcome } = await route(portFrom(() => Promise.resolve(extension)), options)(sent)()
      const document = parsed(xml)
      expect(document.name).toBe('Response')
      if (outcome.kind === 'found') expect(document.children[0]?.text).toBe(extension)
      else expect(document.children).toEqual([])
      expect(routeOutcomeMessage(outcome)).not.toBe('')
    }),
    { numRuns: 200 }
  )
})

test('every outcome has a sentence', () => {
  const built = interactiveResponse([{ action: 'SetVar', name: '', value: '' }])
  const sentences: ReadonlyArray<readonly [RouteOutcome, string]> = [
    [{ kind: 'nobody' }, 'normal greeting: the caller belongs to nobody in particular'],
    [{ kind: 'failed', error: { kind: 'failed', reason: 'the CRM is down' } }, 'normal greeting: the look-up failed: the CRM is down'],
    [{ kind: 'not-a-request', error: { field: 'CallID', value: '', reason: 'is missing' } }, 'normal greeting: CallID is missing']
  ]
  for (const [outcome, sentence] of sentences) expect(routeOutcomeMessage(outcome)).toBe(sentence)
  expect(isLeft(built) && routeOutcomeMessage({ kind: 'unsayable', error: built.left })).toMatch(
    /^normal greeting: the look-up's answer cannot be told to the IVR: action 1, SetVar: name "" is no name of a variable/
  )
})
