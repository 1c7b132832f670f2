import type { WebRequest } from './WebRequest.js'

declare const TextDecoder: new () => { readonly decode: (bytes?: Uint8Array, options?: { readonly stream: boolean }) => string }

/** What came of reading a body. */
export type ReadBody = { readonly text: string } | { readonly unread: 'too-long' | 'broken-off' | 'taken' }

const bytesOf = (chunk: unknown): Uint8Array | undefined =>
  ArrayBuffer.isView(chunk) ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) : undefined

/** What the sender says that is coming, if he says it. */
const announced = (request: WebRequest): number => {
  const length = request.headers.get('content-length')
  return length !== null && /^\d+$/.test(length) ? Number(length) : 0
}

/**
 * Reads a body as UTF-8 (what is none becomes U+FFFD), but no further than the limit, whatever length was
 * announced. The rest is left where it is.
 */
export const readBody = async (request: WebRequest, maxBytes: number): Promise<ReadBody> => {
  if (request.bodyUsed) return { unread: 'taken' }
  if (announced(request) > maxBytes) return { unread: 'too-long' }
  if (request.body === null) return { text: '' }
  let reader: ReturnType<typeof request.body.getReader>
  try {
    reader = request.body.getReader()
  } catch {
    return { unread: 'taken' }
  }
  const giveUp = (unread: 'too-long' | 'broken-off'): ReadBody => {
    // nobody waits for this: a sender that has gone away may never let it end
    reader.cancel().catch(() => undefined)
    return { unread }
  }
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { text: text + decoder.decode() }
      const bytes = bytesOf(value)
      if (bytes === undefined) return giveUp('broken-off')
      length += bytes.length
      if (length > maxBytes) return giveUp('too-long')
      text += decoder.decode(bytes, { stream: true })
    }
  } catch {
    return giveUp('broken-off')
  }
}
