import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Samples a second, of two bytes each. */
const RATE = 8_000
const SECONDS = 6
const HEADER = 44

/** A recording that nobody recorded: a few notes as a WAV file, others for each id. */
export const tone = (id: string): Uint8Array => {
  const samples = RATE * SECONDS
  const wav = Buffer.alloc(HEADER + samples * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(wav.length - 8, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(RATE, 24)
  wav.writeUInt32LE(RATE * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples * 2, 40)
  for (let i = 0; i < samples; i++) {
    const second = i / RATE
    const note = (id.charCodeAt(Math.floor(second * 2) % Math.max(1, id.length)) || 0) % 12
    // each note swells and fades, or it would click
    const loud = Math.sin(Math.PI * ((second * 2) % 1)) * 6_000
    wav.writeInt16LE(Math.round(loud * Math.sin(2 * Math.PI * 262 * 2 ** (note / 12) * second)), HEADER + i * 2)
  }
  return wav
}

/** Where the recordings of the stand-in lie: on the loopback, whatever is asked for. */
export const startTones = async (): Promise<{ readonly urlOf: (id: string) => string; readonly close: () => void }> => {
  const server = createServer((request, response) => {
    const wav = tone(request.url ?? '')
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    const [start, end] = [Number(from ?? 0), Math.min(wav.length, to === undefined || to === '' ? wav.length : Number(to) + 1)]
    const headers = { 'content-type': 'audio/wav', 'accept-ranges': 'bytes', 'content-length': Math.max(0, end - start) }
    if (from === undefined) response.writeHead(200, headers)
    else response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${end - 1}/${wav.length}` })
    response.end(wav.subarray(start, end))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    urlOf: (id) => `http://127.0.0.1:${port}/${encodeURIComponent(id)}.wav`,
    close: () => {
      server.close()
      server.closeAllConnections()
    }
  }
}
