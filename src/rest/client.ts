import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { seconds, type Micros } from '../event/time.js'
import type { AccessError } from '../ports/AccessError.js'
import type { Signal } from '../ports/Port.js'
import { exchange, notDone, perhapsDone, type ApiAnswer, type ApiRequest, type Failure } from './exchange.js'
import { limitedUntil } from './rateLimit.js'
import { misconfiguration, type RestSettings } from './RestOptions.js'
import { retrying } from './retrying.js'
import { sharedToken } from './tokens.js'
import { pause } from '../platform/waiting.js'

/** A request, and whether sending it twice does no harm. */
export interface AuthorisedRequest extends ApiRequest {
  readonly repeatable: boolean
}

/** The vendor's API: with the token, the hourly limit and repetition seen to. It answers with a 2xx or a 404. */
export type Client = (request: AuthorisedRequest, signal: Signal | undefined) => Promise<Either<Failure, ApiAnswer>>

/** What passes by itself. A limit without an end is one on requests at the same time, and does. */
const passing = ({ error }: Failure): boolean =>
  error.kind === 'unreachable' ||
  error.kind === 'unavailable' ||
  error.kind === 'timed-out' ||
  (error.kind === 'rate-limited' && error.until === undefined)

/** The status, and the API's own words if it has any. */
const words = ({ status, message }: ApiAnswer): string => (message === '' ? `status ${status}` : `${message} (status ${status})`)

/** What an answer with this status is; an answer to go on with, or why not. */
const judged = (answer: ApiAnswer): Either<Failure, ApiAnswer> => {
  const { status } = answer
  if ((status >= 200 && status < 300) || status === 404) return E.right(answer)
  if (status === 401) return E.left(notDone({ kind: 'unauthorized', reason: words(answer) }))
  if (status >= 500) return E.left(perhapsDone({ kind: 'unavailable', reason: words(answer) }))
  if (status >= 400) return E.left(notDone({ kind: 'refused', reason: words(answer) }))
  return E.left(perhapsDone({ kind: 'unreadable', reason: `status ${status}; redirects are not followed` }))
}

/** A limit that is said to be over already is waited for a little all the same, so that nothing goes round and round. */
const SHORTEST_WAIT = seconds(0.1)

/** For how much longer one call of a port may wait for the hourly limit, its repetitions included. */
interface Patience {
  left: Micros
}

export const newClient = (settings: RestSettings): Client => {
  const { now, rateLimitWait, retry } = settings
  const send = exchange(settings)
  const again = retrying<Failure>(retry, passing, notDone({ kind: 'cancelled' }))
  const wrong = misconfiguration(settings)

  /** Sends; where the hourly limit is used up, waits for its end if that is near enough, and sends again. */
  const withinLimit = async (
    request: ApiRequest,
    token: string | undefined,
    signal: Signal | undefined,
    patience: Patience
  ): Promise<Either<Failure, ApiAnswer>> => {
    for (;;) {
      const sent = await send(request, token, signal)
      if (E.isLeft(sent) || sent.right.status !== 429) return sent
      const until = limitedUntil(sent.right.rateLimitReset, now())
      const wait = until === undefined ? undefined : Math.max(until - now(), SHORTEST_WAIT)
      if (wait === undefined || wait > patience.left) {
        const error: AccessError = { kind: 'rate-limited', ...(until === undefined ? {} : { until }), reason: words(sent.right) }
        return E.left(notDone(error))
      }
      patience.left -= wait
      if (!(await pause(wait, signal))) return E.left(notDone({ kind: 'cancelled' }))
    }
  }

  const tokens = sharedToken(settings, async (request) => {
    const sent = await withinLimit(request, undefined, undefined, { left: rateLimitWait })
    const answer = E.isLeft(sent) ? sent : judged(sent.right)
    // whatever else it says, a token that is refused is refused because of the credentials
    if (E.isRight(answer) && answer.right.status === 404) return E.left(notDone({ kind: 'refused', reason: words(answer.right) }))
    return E.isLeft(answer) && answer.left.error.kind === 'refused'
      ? E.left(notDone({ kind: 'unauthorized', reason: answer.left.error.reason }))
      : answer
  })

  return async (request, signal) => {
    if (wrong !== undefined) return E.left(notDone(wrong))
    const patience: Patience = { left: rateLimitWait }
    let renewed = false
    const askForToken = async (): Promise<Either<Failure, string>> => {
      const token = await tokens.get(signal)
      return E.isLeft(token) ? E.left(notDone(token.left)) : token
    }
    // a request that is repeated asks for the token each time; one that is not must get its token by patience alone
    const tokenFor = () => (request.repeatable ? askForToken() : again(askForToken, signal))
    const attempt = async (): Promise<Either<Failure, ApiAnswer>> => {
      for (;;) {
        const token = await tokenFor()
        if (E.isLeft(token)) return token
        const sent = await withinLimit(request, token.right, signal, patience)
        if (E.isLeft(sent)) return sent
        if (sent.right.status !== 401 || renewed) return judged(sent.right)
        renewed = true
        tokens.drop(token.right)
      }
    }
    return request.repeatable ? again(attempt, signal) : attempt()
  }
}
