import type { PlatformSignal } from '../platform/abort.js'

/**
 * A request, as it is handed to `fetch`.
 *
 * @since 0.1.0
 * @category rest
 */
export interface FetchInit {
  /** What the adapter sends. */
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Names in any case. */
  readonly headers: Record<string, string>
  /** JSON, or a form. */
  readonly body?: string
  /** A redirection is never followed: the token would go along. */
  readonly redirect: 'manual'
  /** Ends the request. */
  readonly signal: PlatformSignal
}

/**
 * As much of an answer as is read.
 *
 * @since 0.1.0
 * @category rest
 */
export interface FetchResponse {
  /** Of HTTP. */
  readonly status: number
  /** Names in any case. */
  readonly headers: { readonly get: (name: string) => string | null }
  /** The whole body. */
  readonly text: () => Promise<string>
}

/**
 * As much of `fetch` as is used. The global one is one; so is any wrapper that logs, proxies or counts.
 * It must understand gzip, as all of them do.
 *
 * @since 0.1.0
 * @category rest
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>

/** The platform's, in the shape that is used here. */
declare const fetch: Fetch

/** The global `fetch`, looked up when it is used, so that one that is put there later counts. */
export const globalFetch: Fetch = (url, init) => fetch(url, init)
