import type { WebRequest } from './WebRequest.js'

declare const TextDecoder: new () => { readonly decode: (bytes?: Uint8Array, options?: { readonly stream: boolean }) => string }

/**
 * What came of reading a body. It is `doubtful` where nothing came and nothing tells for sure whether anything was
 * sent: somebody may have taken it.
 */
export type ReadBody = { readonly text: string; readonly doubtful: boolean } | { readonly unread: 'too-long' | 'broken-off' | 'taken' }

const bytesOf = (chunk: unknown): Uint8Array | undefined =>
  ArrayBuffer.isView(chunk) ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) : undefined

/** How many bytes the sender says that he sends, if he says it. */
const announced = ({ headers }: WebRequest): number | undefined => {
  const length = headers.get('content-length')?.trim() ?? ''
  return /^\d+$/.test(length) ? Number(length) : undefined
}

/** Does the head of the request say that a body comes, of whatever length? */
const isAnnounced = ({ headers }: WebRequest): boolean =>
  !/^0*$/.test(headers.get('content-length')?.trim() ?? '') || headers.get('transfer-encoding') !== null

/**
 * A reader in front of the handler that leaves no other trace leaves a body that is shorter than was announced. A
 * content type alone announces nothing for sure: a client may send it, and no body.
 */
const wholeBody = (request: WebRequest, text: string, length: number): ReadBody => {
  if (length < (announced(request) ?? 0) || (length === 0 && isAnnounced(request))) return { unread: 'taken' }
  return { text, doubtful: length === 0 && announced(request) === undefined && request.headers.get('content-type') !== null }
}

/**
 * Reads a body as UTF-8 (what is none becomes U+FFFD), but no further than the limit, whatever length was
 * announced. The rest is left where it is. That of a GET cannot be read.
 */
export const readBody = async (request: WebRequest, maxBytes: number): Promise<ReadBody> => {
  if (request.method === 'GET') return { text: '', doubtful: isAnnounced(request) }
  if (request.bodyUsed) return { unread: 'taken' }
  if ((announced(request) ?? 0) > maxBytes) return { unread: 'too-long' }
  if (request.body === null) return wholeBody(request, '', 0)
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
      if (done) return wholeBody(request, text + decoder.decode(), length)
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
