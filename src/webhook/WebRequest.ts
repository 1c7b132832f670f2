/**
 * As much of a request's body as is read: every `ReadableStream` is one.
 *
 * @since 0.1.0
 * @category webhook
 */
export interface WebBody {
  /** Reads it piece by piece. */
  readonly getReader: () => {
    readonly read: () => Promise<{ readonly done: boolean; readonly value?: unknown }>
    readonly cancel: () => Promise<void>
  }
}

/**
 * As much of a `Request` as is read. The one of every runtime is one (Node, Deno, Bun, Workers, browsers),
 * and neither this library nor its consumers need the DOM's types for it.
 *
 * @since 0.1.0
 * @category webhook
 */
export interface WebRequest {
  /** `GET` or `POST`; others are refused. */
  readonly method: string
  /** With its query. */
  readonly url: string
  /** Names in any case. */
  readonly headers: { readonly get: (name: string) => string | null }
  /** Absent in a GET. */
  readonly body: WebBody | null
  /** Has somebody read the body already? */
  readonly bodyUsed: boolean
}

/** Is it a request of the web platform? The headers of Node's own, of Express and of Fastify have no `get`. */
export const isWebRequest = (given: unknown): given is WebRequest => {
  if (typeof given !== 'object' || given === null || !('method' in given && 'url' in given && 'headers' in given)) return false
  const { method, url, headers } = given
  return typeof method === 'string' && typeof url === 'string' && typeof headers === 'object' && headers !== null && 'get' in headers && typeof headers.get === 'function'
}

/** What to do about it. */
export const NO_REQUEST =
  "the webhook's handler takes a Request of the web platform, and was given something else: in node:http, Express and Fastify wrap it, getRequestListener(handle) of @hono/node-server; in Hono hand it context.req.raw"
