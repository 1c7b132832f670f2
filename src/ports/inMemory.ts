import { left, right, type Either } from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { digitsOf } from '../event/extension.js'
import type { AccessError } from './AccessError.js'
import type { CallbackAnswer, CallbackError, CallbackPort, CallbackRequest } from './Callback.js'
import type { DirectoryPort, Extension } from './Directory.js'
import type { CallHistory, HistoryError, HistoryPort } from './History.js'
import type { HistoryListPort } from './HistoryList.js'
import type { Port } from './Port.js'
import type { RecordingError, RecordingUrlPort } from './Recording.js'
import type { ResponsiblePort } from './Responsible.js'

/**
 * A port that always fails in this way: for the tests of what an application does then.
 *
 * @example
 * import { failingPort, outcome } from 'call-legs'
 * import type { HistoryPort } from 'call-legs'
 * const history: HistoryPort = failingPort({ kind: 'unreachable' as const, reason: 'no route' })
 * assert.deepStrictEqual(await outcome(history('ab12')), { ok: false, error: { kind: 'unreachable', reason: 'no route' } })
 *
 * @since 0.1.0
 * @category in memory
 */
export const failingPort =
  <Err>(error: Err): Port<unknown, Err, never> =>
  () =>
    TE.left(error)

/**
 * A callback port that places nothing and remembers everything.
 *
 * @since 0.1.0
 * @category in memory
 */
export interface InMemoryCallback {
  /** The port that a test hands to the application. */
  readonly port: CallbackPort
  /** What it was asked to place so far. */
  readonly requests: () => ReadonlyArray<CallbackRequest>
}

const numbered = (_: CallbackRequest, n: number): Either<CallbackError, CallbackAnswer> =>
  right({ callId: n.toString(16).padStart(32, '0') })

/**
 * The stand-in for click-to-call.
 *
 * @param decide what it answers to its n-th request (1, 2, 3 …). Default: a CallID that is the number, in 32 hex digits
 *
 * @example
 * import { inMemoryCallback, outcome } from 'call-legs'
 * const callback = inMemoryCallback()
 * const request = { extensionId: '85219', sources: ['453*102'], destination: '+79160000001' }
 * const answer = await outcome(callback.port(request))
 * assert.deepStrictEqual(answer, { ok: true, value: { callId: '00000000000000000000000000000001' } })
 * assert.deepStrictEqual(callback.requests(), [request])
 *
 * @since 0.1.0
 * @category in memory
 */
export const inMemoryCallback = (decide = numbered): InMemoryCallback => {
  let asked: ReadonlyArray<CallbackRequest> = []
  return {
    port: (request, { signal } = {}) =>
      () => {
        if (signal?.aborted === true) return Promise.resolve(left({ kind: 'cancelled' }))
        asked = [...asked, request]
        return Promise.resolve(decide(request, asked.length))
      },
    requests: () => asked
  }
}

/**
 * The stand-in for recordings: URL, or error, by recording id. An id that is not here is not found.
 *
 * @example
 * import { inMemoryRecordings, outcome } from 'call-legs'
 * const port = inMemoryRecordings({ '85219-0f1e': 'https://pbx.example/85219-0f1e.mp3' })
 * assert.deepStrictEqual(await outcome(port({ recordingId: '85219-0f1e' })), { ok: true, value: 'https://pbx.example/85219-0f1e.mp3' })
 *
 * @since 0.1.0
 * @category in memory
 */
export const inMemoryRecordings = (urls: Readonly<Record<string, string | RecordingError>>): RecordingUrlPort => {
  const known = new Map(Object.entries(urls))
  return ({ recordingId }) => {
    const found = known.get(recordingId) ?? { kind: 'not-found', reason: `recording ${recordingId}` }
    return typeof found === 'string' ? TE.right(found) : TE.left(found)
  }
}

/**
 * The stand-in for the call history. A call that is not here is not found.
 *
 * @example
 * import { inMemoryHistory, outcome } from 'call-legs'
 * const port = inMemoryHistory([{ callId: 'ab12', legs: [] }])
 * assert.deepStrictEqual(await outcome(port('AB12')), { ok: true, value: { callId: 'ab12', legs: [] } })
 * assert.deepStrictEqual(await outcome(port('cd34')), { ok: false, error: { kind: 'not-found', callId: 'cd34' } })
 *
 * @since 0.1.0
 * @category in memory
 */
export const inMemoryHistory = (calls: ReadonlyArray<CallHistory>): HistoryPort => {
  const known = new Map(calls.map((call) => [call.callId.toLowerCase(), call]))
  return (asked) => {
    const callId = asked.toLowerCase()
    const found = known.get(callId)
    return found === undefined ? TE.left<HistoryError>({ kind: 'not-found', callId }) : TE.right(found)
  }
}

/**
 * The stand-in for the call history as a list: all calls on one page.
 *
 * @example
 * import { inMemoryHistoryList, outcome } from 'call-legs'
 * const list = inMemoryHistoryList([{ callId: 'ab12', startedAt: 1_780_000_686_000_000, legs: [] }])
 * assert.deepStrictEqual(await outcome(list({ since: 1_780_000_700_000_000, until: 1_780_000_800_000_000 })), {
 *   ok: true,
 *   value: { calls: [], problems: [] }
 * })
 *
 * @since 0.1.0
 * @category in memory
 */
export const inMemoryHistoryList =
  (calls: ReadonlyArray<CallHistory>): HistoryListPort =>
  ({ since, until }) =>
    TE.right({ calls: calls.filter(({ startedAt = since }) => startedAt >= since && startedAt < until), problems: [] })

/**
 * The stand-in for the directory.
 *
 * @example
 * import { inMemoryDirectory, outcome } from 'call-legs'
 * const port = inMemoryDirectory([{ id: '85219', name: '453*102', type: 'phone' }])
 * assert.deepStrictEqual(await outcome(port()), { ok: true, value: [{ id: '85219', name: '453*102', type: 'phone' }] })
 *
 * @since 0.1.0
 * @category in memory
 */
export const inMemoryDirectory =
  (extensions: ReadonlyArray<Extension>): DirectoryPort =>
  () =>
    TE.right<AccessError, ReadonlyArray<Extension>>(extensions)

/**
 * The stand-in for the responsible employee: extension by the caller's number, compared digit for digit.
 *
 * @example
 * import { inMemoryResponsible, outcome } from 'call-legs'
 * const port = inMemoryResponsible({ '+7 916 000-00-01': '453*102' })
 * assert.deepStrictEqual(await outcome(port({ callId: 'ab12', callerNumber: '79160000001' })), { ok: true, value: '453*102' })
 * assert.deepStrictEqual(await outcome(port({ callId: 'ab12' })), { ok: true, value: undefined })
 *
 * @since 0.1.0
 * @category in memory
 */
export const inMemoryResponsible = (extensionsByNumber: Readonly<Record<string, string>>): ResponsiblePort => {
  const known = new Map(Object.entries(extensionsByNumber).map(([number, extension]) => [digitsOf(number), extension]))
  return ({ callerNumber }) => TE.right(callerNumber === undefined ? undefined : known.get(digitsOf(callerNumber)))
}
