import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from 'vitest'

/** A program that runs JavaScript, and its words before the name of the file. */
export interface Runtime {
  readonly name: string
  readonly program: string
  readonly words: ReadonlyArray<string>
}

/** Where `npm run runtimes` installs them. */
const installed = (path: string): string => join(import.meta.dirname, 'node_modules', path)

const node = (major: number): Runtime => ({ name: `Node ${major}`, program: installed(`node-${major}/bin/node`), words: [] })

/** The lines of Node that people run, beside the one that runs this. */
export const OTHER_NODES: ReadonlyArray<Runtime> = [node(22), node(24), node(26)]
export const NODES: ReadonlyArray<Runtime> = [{ name: `the Node that runs the tests, ${process.versions.node}`, program: process.execPath, words: [] }, ...OTHER_NODES]

export const DENO: Runtime = {
  name: 'Deno',
  program: installed('@deno/linux-x64-glibc/deno'),
  words: ['run', '--quiet', '--no-lock', '--no-remote', '--node-modules-dir=manual', '--allow-read', '--allow-env', '--allow-net=127.0.0.1']
}
export const BUN: Runtime = { name: 'Bun', program: installed('@oven/bun-linux-x64/bin/bun'), words: ['--no-install'] }
export const WORKERD: Runtime = { name: 'workerd', program: installed('@cloudflare/workerd-linux-64/bin/workerd'), words: ['serve'] }

/** Nothing of the test runner's own, and nothing that a runtime keeps for longer than the tests. */
export const environment = (folder: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: folder,
  TZ: 'UTC',
  DENO_DIR: join(folder, 'deno'),
  DENO_NO_UPDATE_CHECK: '1',
  NO_COLOR: '1'
})

/** Tests under a runtime; where it is not installed they are skipped, and their name says so. */
export const under = (runtime: Runtime, tests: () => void): void => {
  const there = existsSync(runtime.program)
  describe.skipIf(!there)(there ? `under ${runtime.name}` : `under ${runtime.name} (skipped: not installed; npm run runtimes installs it)`, tests)
}
