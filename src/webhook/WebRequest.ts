/**
 * As much of a request's body as is read: every `ReadableStream` is one.
 *
 * @since 0.1.0
 * @category webhook
 */
export interface WebBody {
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
  readonly method: string
  readonly url: string
  readonly headers: { readonly get: (name: string) => string | null }
  readonly body: WebBody | null
  /** Has somebody read the body already? */
  readonly bodyUsed: boolean
}
