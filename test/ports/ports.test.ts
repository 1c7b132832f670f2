import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  clickToCall,
  clickToCallErrorMessage,
  failingPort,
  historyErrorMessage,
  inMemoryCallback,
  inMemoryDirectory,
  inMemoryHistory,
  inMemoryRecordings,
  inMemoryResponsible,
  outcome,
  portFrom,
  portFromWith,
  recordingErrorMessage,
  recordingUrlOf,
  type HistoryPort,
  type RecordingUrlPort
} from '../../src/ports/index.js'
import { without } from './without.js'

describe('a plain async function as a port', () => {
  test('its value is the answer; the options reach it', async () => {
    const seen: Array<unknown> = []
    const port = portFrom((n: number, options) => {
      seen.push(options)
      return Promise.resolve(n + 1)
    })
    const { signal } = new AbortController()
    expect(await port(1)()).toEqual(right(2))
    expect(await port(2, { signal })()).toEqual(right(3))
    expect(seen).toEqual([{}, { signal }])
  })

  test('nothing runs before it is asked to', async () => {
    let runs = 0
    const task = portFrom(() => Promise.resolve(++runs))(undefined)
    expect(runs).toBe(0)
    await task()
    expect(runs).toBe(1)
  })

  const unreadable = { get message() { throw new Error('x') } }
  const thrown: ReadonlyArray<readonly [string, unknown, string]> = [
    ['an Error', new Error('the CRM is down'), 'the CRM is down'],
    ['an Error without words', new TypeError(), 'TypeError'],
    ['a text', 'no', 'no'],
    ['nothing', undefined, 'undefined'],
    ['an object without a prototype', Object.create(null), 'something that cannot be read was thrown'],
    ['an error that throws when it is read', Object.setPrototypeOf(unreadable, Error.prototype), 'something that cannot be read was thrown'],
    ['a novel', new Error('x'.repeat(1000)), 'x'.repeat(200)]
  ]
  for (const [name, what, reason] of thrown) {
    test(`what it throws becomes the error: ${name}`, async () => {
      const rejects = portFrom(async () => {
        await Promise.resolve()
        throw what
      })
      const throws = portFrom(() => {
        throw what
      })
      expect(await outcome(rejects(undefined))).toEqual({ ok: false, error: { kind: 'failed', reason } })
      expect(await outcome(throws(undefined))).toEqual({ ok: false, error: { kind: 'failed', reason } })
    })
  }

  test('with errors of its own', async () => {
    const port = portFromWith(
      () => Promise.reject(new Error('gone')),
      (error) => ({ kind: 'mine' as const, error })
    )
    expect(await outcome(port(undefined))).toEqual({ ok: false, error: { kind: 'mine', error: new Error('gone') } })
  })
})

describe('the stand-ins', () => {
  test('for click-to-call remembers what it was asked, and can be told what to answer', async () => {
    const request = { extensionId: '85219', sources: ['453*102'], destination: '+79160000001' }
    const callback = inMemoryCallback((_, n) => (n === 1 ? left({ kind: 'unavailable', reason: 'status 500' }) : right({ callId: 'ab12' })))
    expect(await outcome(callback.port(request))).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
    expect(await outcome(callback.port(request))).toEqual({ ok: true, value: { callId: 'ab12' } })
    expect(await outcome(callback.port(request, { signal: AbortSignal.abort() }))).toEqual({ ok: false, error: { kind: 'cancelled' } })
    expect(callback.requests()).toEqual([request, request])
  })

  test('for recordings, with errors', async () => {
    const port = inMemoryRecordings({ A: 'https://pbx.example/a.mp3', B: { kind: 'refused', reason: 'no' } })
    expect(await outcome(port({ recordingId: 'A' }))).toEqual({ ok: true, value: 'https://pbx.example/a.mp3' })
    expect(await outcome(port({ recordingId: 'B' }))).toEqual({ ok: false, error: { kind: 'refused', reason: 'no' } })
    expect(await outcome(port({ recordingId: 'constructor' }))).toMatchObject({ error: { kind: 'not-found' } })
  })

  test('for the history, the directory and the responsible employee', async () => {
    expect(await outcome(inMemoryHistory([{ callId: 'AB12', legs: [] }])('ab12'))).toMatchObject({ ok: true })
    expect(await outcome(inMemoryDirectory([])())).toEqual({ ok: true, value: [] })
    const responsible = inMemoryResponsible({ '+79160000001': '453*102' })
    expect(await outcome(responsible({ callId: 'ab12', callerNumber: '+79160000009' }))).toEqual({ ok: true, value: undefined })
  })
})

describe('a click, whole', () => {
  const extensions = [
    { id: '85219', name: '453*102', type: 'phone' },
    { id: '96857', name: '453*887', type: 'queue' }
  ] as const
  const now = () => 1_780_000_686_000_000

  test('a queue is refused and the port is not asked', async () => {
    const callback = inMemoryCallback()
    const call = clickToCall({ callback: callback.port, extensions, now })
    const answer = await outcome(call({ source: '453*887', destination: '+79160000001' }))
    expect(answer).toMatchObject({ ok: false, error: { kind: 'not-a-phone' } })
    expect(!answer.ok && clickToCallErrorMessage(answer.error)).toBe('453*887 is a queue: it cannot be the source of a call')
    expect(callback.requests()).toEqual([])
  })

  test('what the port cannot do is told', async () => {
    const call = clickToCall({ callback: failingPort({ kind: 'cancelled' as const }), extensions, now })
    expect(await call({ source: '453*102', destination: '+79160000001' })()).toEqual(left({ kind: 'cancelled' }))
  })

  test('without a context none is placed', async () => {
    const call = clickToCall({ callback: inMemoryCallback().port, extensions, now })
    expect(await call({ source: '453*102', destination: '+79160000001' })()).toEqual(
      right({ callId: '00000000000000000000000000000001', at: now(), destination: '+79160000001' })
    )
  })
})

describe('the recording of a record', () => {
  const ended = 1_780_000_750_238_219
  const talk = {
    v: 1,
    id: 'ab12/85219-ab12',
    kind: 'answered',
    direction: 'incoming',
    successful: true,
    callId: 'ab12',
    subCallId: '85219-ab12',
    endedAt: ended,
    because: ['R-in']
  } as const
  const urls = inMemoryRecordings({ A: 'https://pbx.example/a.mp3' })
  const leg = { extensionId: '85219', recordingId: 'A' }
  const urlOf = (history: HistoryPort, { later = 3_600_000_000, recordingUrl = urls }: { later?: number; recordingUrl?: RecordingUrlPort } = {}) =>
    recordingUrlOf({ recordingUrl, history, now: () => ended + later })

  test('by its own id, without the history', async () => {
    const history: HistoryPort = failingPort({ kind: 'unreachable' as const, reason: 'x' })
    expect(await outcome(urlOf(history)({ ...talk, recordingId: 'A' }))).toEqual({ ok: true, value: 'https://pbx.example/a.mp3' })
  })

  test('by the history', async () => {
    expect(await outcome(urlOf(inMemoryHistory([{ callId: 'ab12', legs: [leg] }]))(talk))).toEqual({ ok: true, value: 'https://pbx.example/a.mp3' })
  })

  const missing: ReadonlyArray<readonly [string, HistoryPort, string]> = [
    ['the history does not have the call', inMemoryHistory([]), 'the call history does not have ab12'],
    ['the history does not have the leg', inMemoryHistory([{ callId: 'ab12', legs: [] }]), 'the call history has no leg that is ab12/85219-ab12'],
    ['the history has no recording', inMemoryHistory([{ callId: 'ab12', legs: [{ extensionId: '85219' }] }]), 'the call history has none for ab12/85219-ab12']
  ]
  for (const [name, history, reason] of missing) {
    test(`${name}: not ready at first, not found later`, async () => {
      expect(await outcome(urlOf(history, { later: 119_000_000 })(talk))).toEqual({ ok: false, error: { kind: 'not-ready', reason } })
      expect(await outcome(urlOf(history, { later: 120_000_000 })(talk))).toEqual({ ok: false, error: { kind: 'not-found', reason } })
    })
  }

  test('an incomplete one has no end to wait from', async () => {
    const incomplete = { ...talk, kind: 'incomplete', successful: false } as const
    expect(await outcome(urlOf(inMemoryHistory([]), { later: 0 })(without(incomplete, 'endedAt')))).toMatchObject({ error: { kind: 'not-found' } })
  })

  test('what hinders the history is told', async () => {
    const refused = { kind: 'refused', reason: 'Access denied' } as const
    expect(await outcome(urlOf(failingPort(refused))(talk))).toEqual({ ok: false, error: refused })
  })

  test('every error has a sentence', () => {
    expect(recordingErrorMessage({ kind: 'not-found', reason: 'recording A' })).toBe('there is no recording: recording A')
    expect(recordingErrorMessage({ kind: 'refused', reason: 'no' })).toBe('the PBX refused: no')
    expect(historyErrorMessage({ kind: 'cancelled' })).toBe('cancelled by the caller')
  })
})

test('a port without fp-ts is as good', async () => {
  const task = portFrom(() => Promise.resolve('453*102'))(undefined)
  const result = await task()
  expect(isLeft(result) ? undefined : result.right).toBe('453*102')
})
