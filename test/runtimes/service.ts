import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { build } from 'vite'
import type { Consumer } from '../package/consumer.js'
import { environment, type Runtime } from './Runtime.js'

/** The secret in the address to which the events are sent. */
export const SECRET = 'x1'

/** A function from a request to an answer, the same in every runtime: events to `/hook`, and what became of them at `/records`. */
const ANSWER = `import { correlator } from 'call-legs'
import { changes, changeStream } from 'call-legs/stream'
import { webhook } from 'call-legs/webhook'
const calls = correlator()
let state = calls.initial
const lines = []
const hook = webhook({
  secret: '${SECRET}',
  onEvent: ({ event, fields }) => {
    lines.push(JSON.stringify(fields))
    state = calls.step(state, event)[0]
  },
  onUndecodable: () => undefined
})
const kindsOf = async (told) => {
  const kinds = []
  for await (const { change, record } of told) kinds.push(record ? record.kind : change)
  return kinds
}
const streamed = () => new ReadableStream({ start: (c) => { for (const line of lines) c.enqueue(line); c.close() } })
export const answer = async (request) =>
  new URL(request.url).pathname === '/hook'
    ? hook(request)
    : Response.json({
        records: calls.records(state),
        iterated: await kindsOf(changes(lines, { ticking: 'none' })),
        piped: await kindsOf(streamed().pipeThrough(changeStream({ ticking: 'none' })))
      })
`

/** How a runtime is made to serve that function, on a free port of the loopback, which it prints. */
export interface Server {
  /** Writes what is to be run, and answers the words of the runtime's command. */
  readonly prepare: (project: Consumer) => Promise<ReadonlyArray<string>>
}

const module = (listen: string): Server => ({
  prepare: (project) => {
    project.write('answer.mjs', ANSWER)
    return Promise.resolve([project.write('serve.mjs', `import { answer } from './answer.mjs'\n${listen}\n`)])
  }
})

export const NODE_SERVER = module(`import { serve } from '@hono/node-server'
serve({ fetch: answer, hostname: '127.0.0.1', port: 0 }, ({ port }) => console.log(JSON.stringify({ port })))`)

export const DENO_SERVER = module("Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: ({ port }) => console.log(JSON.stringify({ port })) }, answer)")

export const BUN_SERVER = module("const { port } = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: answer })\nconsole.log(JSON.stringify({ port }))")

const WORKERD_CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [(name = "worker", esModule = embed "worker.js")], compatibilityDate = "2026-01-01"))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
`

/** A worker is one file, as its tools bundle it. */
export const WORKERD_SERVER: Server = {
  prepare: async (project) => {
    project.write('answer.mjs', ANSWER)
    const entry = project.write('worker.mjs', "import { answer } from './answer.mjs'\nexport default { fetch: answer }\n")
    await build({
      configFile: false,
      logLevel: 'silent',
      root: project.folder,
      build: { outDir: project.folder, emptyOutDir: false, lib: { entry, formats: ['es'], fileName: () => 'worker.js' } }
    })
    return [project.write('worker.capnp', WORKERD_CONFIG), '--control-fd=1']
  }
}

export interface Running {
  readonly origin: string
  readonly stop: () => Promise<void>
}

/** Starts the runtime, and waits until it says at which port it listens. */
export const serving = async ({ program, words }: Runtime, server: Server, project: Consumer): Promise<Running> => {
  const child = spawn(program, [...words, ...(await server.prepare(project))], { cwd: project.folder, env: environment(project.folder), stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    void ended.then(() => reject(new Error(`it ended before it listened: ${said}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { port: listening } = JSON.parse(line)
      if (typeof listening === 'number') resolve(listening)
    })
  })
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill()
      await ended
    }
  }
}
