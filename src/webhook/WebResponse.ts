/**
 * The platform's own `Response`, where the consumer's types have one: what a server wants to be given.
 *
 * @since 0.1.0
 * @category webhook
 */
export type PlatformResponse = typeof globalThis extends { Response: { prototype: infer R } } ? R : WebResponse

/**
 * As much of an answer as can be said without the platform's types.
 *
 * @since 0.1.0
 * @category webhook
 */
export interface WebResponse {
  /** Of HTTP. */
  readonly status: number
  /** Names in any case. */
  readonly headers: { readonly get: (name: string) => string | null }
  /** The body. */
  readonly text: () => Promise<string>
}

type Headers = Readonly<Record<string, string>>

declare const Response: new (body: string | null, init: { readonly status: number; readonly headers: Record<string, string> }) => PlatformResponse

/** Nobody between the PBX and the handler may answer the next event in its stead. */
const answer = (status: number, body: string | null, headers: Headers): PlatformResponse =>
  new Response(body, { status, headers: { 'cache-control': 'no-store', ...headers } })

/** The PBX reads nothing of it. */
export const accepted = (): PlatformResponse => answer(200, null, {})

export const inWords = (status: number, sentence: string, headers: Headers = {}): PlatformResponse =>
  answer(status, `${sentence}\n`, { 'content-type': 'text/plain; charset=utf-8', ...headers })

export const xmlAnswer = (xml: string): PlatformResponse => answer(200, xml, { 'content-type': 'text/xml; charset=utf-8' })

/** With it the IVR goes on as if nobody had been asked. Without the builder of XML, which not everybody has installed. */
export const EMPTY_XML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
