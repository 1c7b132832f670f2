/// <reference types="vite/types/importMeta.d.ts" />
import { describe } from 'vitest'

/**
 * The tests of the rules that need no build and take no second, the stories before the laws: a mutant is dead with the
 * first test that fails. In one file, for every mutant is a new run, which loads the library once for each file.
 */
const FILES = import.meta.glob([
  '../{event,wire,leg,call,record,rules}/**/*.test.ts',
  '../laws/{reference,once,time,goingBack,told,ledger}.test.ts',
  '../correlator/{explain,rubbish,transitions}.test.ts'
])

const isLaw = (file: string): boolean => file.includes('/laws/')

for (const [file, load] of Object.entries(FILES).sort(([a], [b]) => Number(isLaw(a)) - Number(isLaw(b)))) {
  describe(file, async () => {
    await load()
  })
}
