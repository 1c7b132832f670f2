/** What a link to the playground holds. */
export interface Linked {
  readonly events: string
  readonly directory: string
}

const bytesThrough = async (bytes: BlobPart, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())

/** The fragment of a link: it stays in the browser, no server sees it. */
export const fragmentOf = async (linked: Linked): Promise<string> => {
  const packed = await bytesThrough(JSON.stringify(linked), new CompressionStream('deflate-raw'))
  return btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** What a fragment holds; nothing, if it is none of ours. */
export const linkedOf = async (fragment: string): Promise<Linked | undefined> => {
  if (fragment === '') return undefined
  try {
    const packed = Uint8Array.from(atob(fragment.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
    const read: unknown = JSON.parse(new TextDecoder().decode(await bytesThrough(packed, new DecompressionStream('deflate-raw'))))
    if (typeof read !== 'object' || read === null || !('events' in read) || !('directory' in read)) return undefined
    return typeof read.events === 'string' && typeof read.directory === 'string' ? { events: read.events, directory: read.directory } : undefined
  } catch {
    return undefined
  }
}
