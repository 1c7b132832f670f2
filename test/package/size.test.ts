import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { ENTRY_POINTS, PEERS, root } from './consumer.js'

/** What a program is that imports this, minified and compressed with brotli, in bytes; without the peers. */
const sizeOf = async (code: string): Promise<number> => {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root },
    alias: Object.fromEntries(ENTRY_POINTS.map((name) => [name, `${root}/dist/${name === 'call-legs' ? 'index' : name.replace('call-legs/', '')}.js`])),
    external: [...PEERS, ...PEERS.map((peer) => `${peer}/*`)],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'error'
  })
  return brotliCompressSync(outputFiles[0]?.contents ?? new Uint8Array()).length
}

/** Whoever makes an entry point larger than this says so here. */
const LIMITS: Readonly<Record<string, number>> = {
  'call-legs': 23_800,
  'call-legs/rest': 8_900,
  'call-legs/interactive': 4_200,
  'call-legs/webhook': 5_500,
  'call-legs/stream': 19_700,
  'call-legs/diagram': 4_700,
  'call-legs/summary': 2_900,
  'call-legs/reconcile': 15_100,
  'call-legs/restate': 17_900,
  'call-legs/testing': 25_800
}

describe('the size of an entry point, minified and compressed, without its peers', () => {
  test.each(ENTRY_POINTS)('%s', async (name) => {
    const size = await sizeOf(`export * from '${name}'`)
    expect(size).toBeLessThanOrEqual(LIMITS[name] ?? 0)
    // a limit that is far off holds nothing
    expect(size).toBeGreaterThan(0.75 * (LIMITS[name] ?? Infinity))
  })
})

test('whoever needs a part takes a part', async () => {
  const all = await sizeOf("export * from 'call-legs'")
  expect(await sizeOf("export { ledger } from 'call-legs'")).toBeLessThan(0.7 * all)
  expect(await sizeOf("export { decode } from 'call-legs'")).toBeLessThan(0.3 * all)
})
