import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** What the tests use of playwright-core, which `npm run browser` installs beside them. */
export interface Page {
  readonly goto: (url: string) => Promise<unknown>
  readonly setContent: (html: string) => Promise<unknown>
  readonly addScriptTag: (script: { readonly content: string }) => Promise<unknown>
  readonly evaluate: {
    /** A script by itself: the page's own rules for scripts do not concern it. */
    (script: string): Promise<unknown>
    <A, R>(work: (input: A) => R | Promise<R>, input: A): Promise<R>
  }
  readonly waitForSelector: (selector: string) => Promise<unknown>
  readonly locator: (selector: string) => Locator
  readonly keyboard: { readonly press: (key: string) => Promise<void>; readonly type: (text: string) => Promise<void> }
  readonly on: (event: 'console' | 'pageerror', told: (message: { readonly type?: () => string; readonly text?: () => string; readonly message?: string }) => void) => void
  readonly url: () => string
  readonly screenshot: (options: { readonly path: string; readonly fullPage: boolean }) => Promise<unknown>
  readonly close: () => Promise<void>
}

export interface Locator {
  readonly click: () => Promise<void>
  readonly focus: () => Promise<void>
  readonly fill: (text: string) => Promise<void>
  readonly selectOption: (value: string) => Promise<unknown>
  readonly first: () => Locator
  readonly count: () => Promise<number>
  readonly textContent: () => Promise<string | null>
  readonly allTextContents: () => Promise<ReadonlyArray<string>>
  readonly inputValue: () => Promise<string>
}

export interface Browser {
  readonly newPage: (options: { readonly colorScheme: 'light' | 'dark'; readonly locale?: string; readonly viewport: { readonly width: number; readonly height: number } }) => Promise<Page>
  readonly close: () => Promise<void>
}

interface Playwright {
  readonly chromium: { readonly launch: (options: { readonly executablePath: string; readonly args: ReadonlyArray<string> }) => Promise<Browser> }
}

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const program = PROGRAMS.find((path) => existsSync(path))
const modules = join(import.meta.dirname, 'node_modules')
/** Is there a browser, and what drives it? */
export const isBrowserThere = program !== undefined && existsSync(join(modules, 'playwright-core'))

const isPlaywright = (u: unknown): u is Playwright => typeof u === 'object' && u !== null && 'chromium' in u

/** A browser of its own. */
export const openBrowser = async (): Promise<Browser> => {
  const playwright: unknown = createRequire(join(modules, 'x.js'))('playwright-core')
  if (program === undefined || !isPlaywright(playwright)) throw new Error('there is no browser')
  return playwright.chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/** A script of a package that was installed beside these tests. */
export const scriptOf = (path: string): string => readFileSync(join(modules, path), 'utf8')
