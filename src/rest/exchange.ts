import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as Json from 'fp-ts/lib/Json.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import type { AccessError } from '../ports/AccessError.js'
import { reasonOf, type Signal } from '../ports/Port.js'
import { newAbort } from '../platform/abort.js'
import type { RestSettings } from './RestOptions.js'
import { withoutSecrets } from './secrecy.js'
import { waitFor } from '../platform/waiting.js'

/** A request to the vendor's API, without what every request carries. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** From the slash behind the host on. */
  readonly path: string
  readonly body?: { readonly type: 'application/json' | 'application/x-www-form-urlencoded'; readonly text: string }
  /** What else must not come back in an error, beside the client's secret and the token. */
  readonly secrets?: ReadonlyArray<string>
}

/** What the API answered, whatever its status. */
export interface ApiAnswer {
  readonly status: number
  readonly text: string
  /** `X-RateLimit-Reset`, as sent. */
  readonly rateLimitReset: string | null
  /** What it says went wrong: `{"message", "status"?}`, without secrets. */
  readonly message: string
}

/** Why there is no answer to work with. */
export interface Failure {
  readonly error: AccessError
  /** The PBX may have done what it was asked to: only before it was reached, or if it refused, it certainly has not. */
  readonly perhapsDone: boolean
}

export const notDone = (error: AccessError): Failure => ({ error, perhapsDone: false })
export const perhapsDone = (error: AccessError): Failure => ({ error, perhapsDone: true })

/** The system's words for a connection that never came about: nothing was sent. */
const NEVER_CONNECTED: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

const causeOf = (thrown: unknown): unknown => (thrown instanceof Error ? thrown.cause : undefined)

const codeOf = (cause: unknown): unknown => (typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined)

const brokenOff = (thrown: unknown, hide: (text: string) => string): Failure => {
  const cause = causeOf(thrown)
  const code = codeOf(cause)
  const why = cause === undefined ? '' : `: ${reasonOf(cause)}`
  const reason = hide(`${reasonOf(thrown)}${why}${typeof code === 'string' && !why.includes(code) ? ` (${code})` : ''}`)
  return { error: { kind: 'unreachable', reason }, perhapsDone: !NEVER_CONNECTED.has(code) }
}

const ApiMessage: t.Type<{ readonly message: string }, { readonly message: string }, unknown> = t.type({ message: t.string })

const messageOf = (text: string, hide: (text: string) => string): string =>
  pipe(
    Json.parse(text),
    E.chainW((json) => ApiMessage.decode(json)),
    E.match(
      () => '',
      ({ message }) => hide(message)
    )
  )

/**
 * One request and its answer, read to the end, within the time-out. Redirects are not followed: they would
 * carry the credentials to somebody else.
 */
export const exchange =
  ({ baseUrl, clientSecret, fetch, timeout }: RestSettings) =>
  async ({ method, path, body, secrets = [] }: ApiRequest, token: string | undefined, signal: Signal | undefined): Promise<Either<Failure, ApiAnswer>> => {
    if (signal?.aborted === true) return E.left(notDone({ kind: 'cancelled' }))
    const hide = withoutSecrets(clientSecret, token ?? '', ...secrets)
    const abort = newAbort()
    const ask = async (): Promise<ApiAnswer> => {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        headers: {
          Accept: 'application/json',
          // without it the vendor's API does not answer
          'Accept-Encoding': 'gzip',
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'Content-Type': body.type })
        },
        ...(body === undefined ? {} : { body: body.text }),
        redirect: 'manual',
        signal: abort.signal
      })
      const text = await response.text()
      return {
        status: response.status,
        text,
        rateLimitReset: response.headers.get('X-RateLimit-Reset'),
        message: messageOf(text, hide)
      }
    }
    try {
      const waited = await waitFor(ask(), { within: timeout, signal, onInterrupted: abort.abort })
      if ('done' in waited) return E.right(waited.done)
      return E.left(perhapsDone(waited.interrupted === 'cancelled' ? { kind: 'cancelled' } : { kind: 'timed-out', after: timeout }))
    } catch (thrown) {
      return E.left(brokenOff(thrown, hide))
    }
  }
