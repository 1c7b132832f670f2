import { describe } from 'vitest'
import { isBrowserThere } from './Browser.js'

/** Tests in a browser; where there is none they are skipped, and their name says so. */
export const inBrowser = (name: string, tests: () => void): void => {
  describe.skipIf(!isBrowserThere)(isBrowserThere ? name : `${name} (skipped: needs chromium, and npm run browser)`, tests)
}
