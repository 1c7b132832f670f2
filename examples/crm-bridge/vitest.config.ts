import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/prepare.ts',
    // processes and databases, one after the other: there are two cores, and the crash tests are about time
    fileParallelism: false,
    testTimeout: 400_000,
    hookTimeout: 400_000
  }
})
