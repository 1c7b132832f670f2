import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // processes and databases, one after the other: there are two cores, and the figures of the crash tests are about time
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000
  }
})
