import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^call-legs\/([a-z]+)$/, replacement: source('./src/$1/index.ts') },
      { find: /^call-legs$/, replacement: source('./src/index.ts') }
    ]
  },
  test: {
    // as native Node: the default import of a CommonJS module is its exports
    deps: { interopDefault: false },
    include: ['test/**/*.test.ts', 'examples/testing/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000
  }
})
