import * as TE from 'fp-ts/lib/TaskEither.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { PortFailure } from './AccessError.js'

/**
 * As much of the platform's `AbortSignal` as a port needs; every `AbortSignal` is one.
 *
 * @since 0.1.0
 * @category port
 */
export interface Signal {
  /** Is it over? */
  readonly aborted: boolean
  /** Tells when it is. */
  readonly addEventListener: (type: 'abort', listener: () => void) => void
  /** Nobody waits for it any more. */
  readonly removeEventListener: (type: 'abort', listener: () => void) => void
}

/**
 * What every port takes beside its input.
 *
 * @since 0.1.0
 * @category port
 */
export interface PortOptions {
  /** Aborting it ends the wait; the port then answers `cancelled`. */
  readonly signal?: Signal
}

/**
 * A port: something that the application, or an adapter, can do for the library, and the library for the
 * application. It never throws and its promise never rejects: whatever goes wrong is in `E`.
 *
 * @since 0.1.0
 * @category port
 */
export interface Port<Input, E, A> {
  (input: Input, options?: PortOptions): TaskEither<E, A>
}

/**
 * What came of a port, as plain data, for those who use no fp-ts.
 *
 * @since 0.1.0
 * @category port
 */
export type Outcome<E, A> = { readonly ok: true; readonly value: A } | { readonly ok: false; readonly error: E }

/**
 * Runs what a port answers with, and tells the outcome as plain data.
 *
 * @example
 * import { inMemoryDirectory, outcome } from 'call-legs'
 * const port = inMemoryDirectory([{ id: '85219', name: '453*102', type: 'phone' }])
 * const answer = await outcome(port())
 * assert.ok(answer.ok)
 * assert.deepStrictEqual(answer.value, [{ id: '85219', name: '453*102', type: 'phone' }])
 *
 * @since 0.1.0
 * @category port
 */
export const outcome = async <E, A>(task: TaskEither<E, A>): Promise<Outcome<E, A>> => {
  const result = await task()
  return result._tag === 'Right' ? { ok: true, value: result.right } : { ok: false, error: result.left }
}

/** What a thrown thing says of itself, cut to 200 characters; it may be anything, and reading it may throw again. */
export const reasonOf = (thrown: unknown): string => {
  try {
    return (thrown instanceof Error ? thrown.message || thrown.name : String(thrown)).slice(0, 200)
  } catch {
    return 'something that cannot be read was thrown'
  }
}

/**
 * Makes a port of a plain async function. What it throws becomes the error `failed`, with the message.
 *
 * @example
 * import { outcome, portFrom } from 'call-legs'
 * import type { ResponsiblePort } from 'call-legs'
 * const port: ResponsiblePort = portFrom(async ({ callerNumber }) => {
 *   if (callerNumber === undefined) throw new Error('the CRM is down')
 *   return callerNumber === '+79160000001' ? '453*102' : undefined
 * })
 * assert.deepStrictEqual(await outcome(port({ callId: 'ab12', callerNumber: '+79160000001' })), { ok: true, value: '453*102' })
 * assert.deepStrictEqual(await outcome(port({ callId: 'ab12' })), {
 *   ok: false,
 *   error: { kind: 'failed', reason: 'the CRM is down' }
 * })
 *
 * @since 0.1.0
 * @category port
 */
export const portFrom = <Input, A>(
  run: (input: Input, options: PortOptions) => Promise<A>
): Port<Input, PortFailure, A> =>
  portFromWith(run, (thrown) => ({ kind: 'failed', reason: reasonOf(thrown) }))

/**
 * Makes a port of a plain async function that has errors of its own: what it throws is read by `onThrown`.
 *
 * @example
 * import { outcome, portFromWith } from 'call-legs'
 * import type { HistoryPort } from 'call-legs'
 * const history: HistoryPort = portFromWith(
 *   async (callId: string) => { throw new Error(`nothing of ${callId}`) },
 *   () => ({ kind: 'not-found' as const, callId: 'ab12' })
 * )
 * assert.deepStrictEqual(await outcome(history('ab12')), { ok: false, error: { kind: 'not-found', callId: 'ab12' } })
 *
 * @since 0.1.0
 * @category port
 */
export const portFromWith =
  <Input, E, A>(
    run: (input: Input, options: PortOptions) => Promise<A>,
    onThrown: (thrown: unknown) => E
  ): Port<Input, E, A> =>
  (input, options = {}) =>
    TE.tryCatch(async () => run(input, options), onThrown)
