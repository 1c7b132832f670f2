import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { seconds, type EpochMicros } from '../event/time.js'
import type { AccessError } from '../ports/AccessError.js'
import type { Signal } from '../ports/Port.js'
import { TokenAnswer } from './answers.js'
import type { ApiAnswer, ApiRequest, Failure } from './exchange.js'
import { read } from './reading.js'
import type { RestSettings } from './RestOptions.js'
import { waitFor } from '../platform/waiting.js'

/** The one token that all requests share. */
export interface Tokens {
  /** A token that should be good now; whoever asks while one is being fetched waits for the same. */
  readonly get: (signal: Signal | undefined) => Promise<Either<AccessError, string>>
  /** The PBX did not take this one: it is not handed out any more. */
  readonly drop: (token: string) => void
}

declare const URLSearchParams: new (fields: Record<string, string>) => { readonly toString: () => string }

const tokenRequest = ({ clientId, clientSecret }: RestSettings): ApiRequest => ({
  method: 'POST',
  path: '/oauth/token',
  body: {
    type: 'application/x-www-form-urlencoded',
    text: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }).toString()
  }
})

/** A token is renewed this long before its end, so that it is still good when a request that carries it arrives. */
const MARGIN = seconds(60)

/** Until when a token is handed out. Without `expires_in`: until the PBX does not take it any more. */
const handedOutUntil = (asked: EpochMicros, expiresIn: number | undefined): EpochMicros =>
  expiresIn === undefined ? Number.POSITIVE_INFINITY : asked + seconds(expiresIn) - Math.min(MARGIN, seconds(expiresIn) / 10)

/**
 * Fetches, shares and renews the token (OAuth2 client credentials; there is no refresh token).
 *
 * @param send sends the request once, and answers with a 2xx; whoever asks for the token asks again
 */
export const sharedToken = (
  settings: RestSettings,
  send: (request: ApiRequest) => Promise<Either<Failure, ApiAnswer>>
): Tokens => {
  let current: { readonly token: string; readonly until: EpochMicros } | undefined
  let pending: Promise<Either<AccessError, string>> | undefined

  const ask = async (): Promise<Either<AccessError, string>> => {
    const asked = settings.now()
    const answer = await send(tokenRequest(settings))
    if (E.isLeft(answer)) return E.left(answer.left.error)
    const token = read('the token', TokenAnswer)(answer.right)
    if (E.isLeft(token)) return token
    const { access_token, expires_in } = token.right
    current = { token: access_token, until: handedOutUntil(asked, expires_in) }
    return E.right(access_token)
  }

  return {
    get: async (signal) => {
      if (current !== undefined && settings.now() < current.until) return E.right(current.token)
      pending ??= ask().finally(() => {
        pending = undefined
      })
      // one caller's giving up must not take the token from the others
      const waited = await waitFor(pending, { signal })
      return 'done' in waited ? waited.done : E.left({ kind: 'cancelled' })
    },
    drop: (token) => {
      if (current?.token === token) current = undefined
    }
  }
}
