import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    alias: {
      'call-legs/rest': source('./src/rest/index.ts'),
      'call-legs/interactive': source('./src/interactive/index.ts'),
      'call-legs/webhook': source('./src/webhook/index.ts'),
      'call-legs/stream': source('./src/stream/index.ts'),
      'call-legs/summary': source('./src/summary/index.ts'),
      'call-legs': source('./src/index.ts')
    }
  },
  test: {
    // as native Node: the default import of a CommonJS module is its exports
    deps: { interopDefault: false },
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000
  }
})
