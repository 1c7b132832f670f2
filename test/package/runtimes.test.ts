import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
// in the project, but not under node_modules, so that `call-legs` is found by its own name, built
const scratch = join(root, '.cache/runtimes')
mkdirSync(scratch, { recursive: true })
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const anywhere = `import type { Change } from 'call-legs'
import { webhook } from 'call-legs/webhook'
import { changes, changeStream } from 'call-legs/stream'
export const handle: (request: Request) => Promise<Response> = webhook({ onEvent: () => undefined, onUndecodable: async () => undefined })
export const status: Promise<number> = handle(new Request('https://crm.example/hook', { method: 'POST' })).then((answer) => answer.status)
// @ts-expect-error an answer is a Response, which has no such thing
export const nonsense = handle(new Request('https://crm.example/hook')).then((answer) => answer.nonsense)
const stop = new AbortController()
export const told: AsyncIterable<Change> = changes(new ReadableStream<string>(), { ticking: 'wall', signal: stop.signal })
export const piped: ReadableStream<Change> = new ReadableStream<string>().pipeThrough(changeStream({ ticking: 'replay' }))
// @ts-expect-error it reads no numbers
export const numbers = new ReadableStream<number>().pipeThrough(changeStream({ ticking: 'replay' }))
// @ts-expect-error who tells the time must be said
export const timeless = changes([], {})
// @ts-expect-error only a replay has a lateness
export const late = changes([], { ticking: 'wall', lateness: 5 })
`

/** That a stream can be iterated is a library of its own among the DOM's. */
const RUNTIMES: ReadonlyArray<readonly [name: string, lib: string, types: string | undefined, program: string]> = [
  [
    'the DOM, as Deno, Bun, Next and browsers have it, and Hono',
    'es2022,dom,dom.asynciterable',
    undefined,
    `${anywhere}import { Hono } from 'hono'
declare const serve: (handler: (request: Request) => Response | Promise<Response>) => void
serve(handle)
new Hono().post('/hook', (context) => handle(context.req.raw))
`
  ],
  ['Node', 'es2022', 'node', anywhere],
  ['Node beside the DOM', 'es2022,dom,dom.asynciterable', 'node', anywhere],
  ['Workers', 'es2022', '@cloudflare/workers-types', `${anywhere}export default { fetch: handle } satisfies ExportedHandler\n`],
  [
    'nothing of any runtime',
    'es2022',
    undefined,
    `import { webhook, type PlatformResponse, type WebRequest, type WebResponse } from 'call-legs/webhook'
import { changes, changeStream } from 'call-legs/stream'
export const handle: (request: WebRequest) => Promise<PlatformResponse> = webhook({ onEvent: () => undefined, onUndecodable: async () => undefined })
export const same: PlatformResponse extends WebResponse ? true : false = true
export const status: Promise<number> = handle({ method: 'GET', url: '/hook', headers: { get: () => null }, body: null, bodyUsed: false }).then((answer) => answer.status)
export const told = changes(['EventType=hangup'], { ticking: 'none' })
export const stream: TransformStream = changeStream({ ticking: 'none' })
`
  ]
]

test.each(RUNTIMES)('the webhook and the streams have the types of %s, their declarations checked too', async (name, lib, types, program) => {
  const file = join(scratch, `${name.replace(/\W+/g, '-')}.ts`)
  writeFileSync(file, program)
  const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck', 'false']
  const ambient = types === undefined ? ['--typeRoots', join(scratch, 'none')] : ['--types', types]
  const { stdout } = await run('npx', ['tsc', ...options, '--lib', lib, ...ambient, file], { cwd: root }).catch((failed: unknown) =>
    failed instanceof Error && 'stdout' in failed ? { stdout: String(failed.stdout) } : Promise.reject(new Error(String(failed)))
  )
  expect(stdout).toBe('')
})
