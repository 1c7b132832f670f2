import { seconds, type EpochMicros, type Micros } from '../event/time.js'
import type { AccessError } from '../ports/AccessError.js'
import { READY_WITHIN } from '../ports/Recording.js'
import { isId } from './path.js'
import { globalFetch, type Fetch } from './Fetch.js'

/**
 * How often, and how far apart, something is tried: the delay doubles from the first to the longest, with jitter.
 *
 * @since 0.1.0
 * @category rest
 */
export interface RetryOptions {
  /** How often in all, the first time included; 1: no repetition. */
  readonly attempts?: number
  /** Before the first repetition, in microseconds. */
  readonly firstDelay?: Micros
  /** No wait is longer: microseconds. */
  readonly longestDelay?: Micros
}

/**
 * Access to the vendor's REST API. Times are microseconds.
 *
 * @since 0.1.0
 * @category rest
 */
export interface RestOptions {
  /** Where the API is: `https://apiproxy.telphin.ru` for RingMe; without `/api/ver1.0`. */
  readonly baseUrl: string
  /** Of the application that was registered with the PBX (OAuth2 client credentials). */
  readonly clientId: string
  /** It appears in no error and no log. */
  readonly clientSecret: string
  /** Whose extensions, records and calls. Default: `@me`, the client to whom the application belongs. */
  readonly client?: string
  /** Default: the global `fetch`. */
  readonly fetch?: Fetch
  /** For how long one request may take, its answer read to the end. Default: 10 s. */
  readonly timeout?: Micros
  /** For how long, in all, a call of a port may wait for the hourly limit to end. Default: 5 s. */
  readonly rateLimitWait?: Micros
  /** Repetition of what broke or failed inside the PBX, where repeating is safe. Default: 3 times, 0.25 s to 5 s apart. */
  readonly retry?: RetryOptions
  /** Repetition while a recording is not ready. Default: 4 times, 2 s to 10 s apart. */
  readonly readyRetry?: RetryOptions
  /** For how long after the end of its talk a missing recording counts as not ready. Default: 2 min. */
  readonly readyWithin?: Micros
  /** The clock. Default: the system's. */
  readonly now?: () => EpochMicros
}

/** The options with every choice made. */
export interface RestSettings {
  readonly baseUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly client: string
  readonly fetch: Fetch
  readonly timeout: Micros
  readonly rateLimitWait: Micros
  readonly retry: RetrySettings
  readonly readyRetry: RetrySettings
  readonly readyWithin: Micros
  readonly now: () => EpochMicros
}

export type RetrySettings = Required<RetryOptions>

const retryOf = (given: RetryOptions = {}, attempts: number, firstDelay: Micros, longestDelay: Micros): RetrySettings => ({
  attempts: given.attempts ?? attempts,
  firstDelay: given.firstDelay ?? firstDelay,
  longestDelay: given.longestDelay ?? longestDelay
})

/** What an unset variable of the environment gives in plain JavaScript is told as a misconfiguration. */
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export const restSettings = (options: RestOptions): RestSettings => ({
  baseUrl: text(options.baseUrl).replace(/\/+$/, ''),
  clientId: text(options.clientId),
  clientSecret: text(options.clientSecret),
  client: options.client ?? '@me',
  fetch: options.fetch ?? globalFetch,
  timeout: options.timeout ?? seconds(10),
  rateLimitWait: options.rateLimitWait ?? seconds(5),
  retry: retryOf(options.retry, 3, seconds(0.25), seconds(5)),
  readyRetry: retryOf(options.readyRetry, 4, seconds(2), seconds(10)),
  readyWithin: options.readyWithin ?? READY_WITHIN,
  now: options.now ?? (() => Date.now() * 1000)
})

const ORIGIN = /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i

/** What nobody can work with, found before anything is sent. */
export const misconfiguration = ({ baseUrl, client, clientId, clientSecret }: RestSettings): AccessError | undefined => {
  if (!ORIGIN.test(baseUrl)) return { kind: 'misconfigured', field: 'baseUrl', reason: 'is not the URL of an API: https://…' }
  if (!isId(client)) return { kind: 'misconfigured', field: 'client', reason: 'is no id' }
  if (clientId === '') return { kind: 'misconfigured', field: 'clientId', reason: 'is empty' }
  return clientSecret === '' ? { kind: 'misconfigured', field: 'clientSecret', reason: 'is empty' } : undefined
}
