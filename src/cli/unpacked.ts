import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** What gzip writes begins so. */
const isPacked = (chunk: Uint8Array): boolean => chunk[0] === 0x1f && chunk[1] === 0x8b

/** The chunks of a source from this one on. */
async function* from(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield first
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
  } finally {
    // whoever stops early ends the source
    await rest.return?.()
  }
}

/** The bytes of a source as they are, or, if gzip packed them, as they were before. */
export async function* unpacked(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]()
  const first = await chunks.next()
  if (first.done === true) return
  const all = from(first.value, chunks)
  if (!isPacked(first.value)) {
    yield* all
    return
  }
  // a failure of the source reaches whoever reads the bytes
  yield* pipeline(Readable.from(all), createGunzip({ chunkSize: 262_144 }), () => undefined)
}
