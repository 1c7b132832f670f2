import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { 'call-legs': fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  test: {
    // as native Node: the default import of a CommonJS module is its exports
    deps: { interopDefault: false },
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000
  }
})
