import { defineConfig } from 'vitest/config'
import base from './vitest.config.js'

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/mutation/rules.ts'],
    setupFiles: 'test/mutation/setup.ts',
    isolate: false,
    env: { CALL_LEGS_RUNS: process.env.CALL_LEGS_RUNS ?? '0.02' },
    coverage: {
      include: ['src/{event,wire,leg,call,record}/**/*.ts', 'src/reducer/transitions.ts'],
      reporter: ['text', 'html']
    }
  }
})
