import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CallRecord, Config } from 'call-legs'

const root = join(import.meta.dirname, '..')

/** Five ports in a row that nobody uses. */
const freePorts = async (): Promise<number> => {
  const isFree = (port: number): Promise<boolean> =>
    new Promise((tell) => {
      const server = createServer().once('error', () => tell(false)).listen(port, '127.0.0.1', () => server.close(() => tell(true)))
    })
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000)
    if ((await Promise.all([0, 1, 2, 3, 4].map((n) => isFree(first + n)))).every(Boolean)) return first
  }
}

export interface Stack {
  readonly folder: string
  /** Starts what does not run. */
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Sends them, some at a time and each until it is taken; calls back before each. */
  readonly send: (lines: ReadonlyArray<string>, before?: (place: number) => void) => Promise<void>
  /** Where events are taken. */
  readonly url: string
  /** Waits until no event waits for its call. */
  readonly idle: () => Promise<void>
  readonly kill: (what: 'restate' | 'service' | 'worker') => void
  /** Of the sink's table. */
  readonly rows: () => ReadonlyArray<{ readonly id: string; readonly record: CallRecord | null; readonly revision: number; readonly applied: number; readonly writtenBy: number }>
  readonly oddities: () => ReadonlyArray<string>
  /** How many values are kept of calls. */
  readonly kept: () => Promise<number>
}

const childrenOf = (pid: number): ReadonlyArray<number> =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' }).split('\n').filter((line) => line.trim() !== '').map(Number)

/** Does it with each, so many at a time, begun in their order. */
const share = async (lines: ReadonlyArray<string>, connections: number, act: (line: string, place: number) => Promise<void>): Promise<void> => {
  let next = 0
  const hand = async (): Promise<void> => {
    for (let place = next++; place < lines.length; place = next++) await act(lines[place] ?? '', place)
  }
  await Promise.all(Array.from({ length: connections }, hand))
}

/** Sends it until it is taken. */
const deliver = async (url: string, line: string): Promise<void> => {
  for (const began = Date.now(); ; ) {
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(JSON.parse(line)) }).catch(() => undefined)
    await answer?.text()
    if (answer?.ok === true) return
    if (Date.now() - began > 60_000) throw new Error('an event was not taken for a minute')
    await sleep(100)
  }
}

/** Sends them over so many connections, and writes down how long each took in milliseconds. */
export const post = (url: string, lines: ReadonlyArray<string>, connections: number, times: Array<number>): Promise<void> =>
  share(lines, connections, async (line) => {
    const began = performance.now()
    await deliver(url, line)
    times.push(performance.now() - began)
  })

/** A copy of the whole example, in a folder and on ports of its own. */
export const stackOf = async (config: Config, services: number): Promise<Stack> => {
  const folder = mkdtempSync(join(tmpdir(), 'call-legs-restate-'))
  const port = await freePorts()
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  const env = { ...process.env, DATA_DIR: folder, PORT: String(port), SERVICES: String(services), CONFIG: join(folder, 'config.json') }
  const run = (command: string): Promise<void> =>
    new Promise((done, failed) => {
      spawn(process.execPath, [join(root, 'run.mjs'), command], { env, stdio: ['ignore', 'ignore', 'inherit'] }).on('exit', (status) =>
        status === 0 ? done() : failed(new Error(`run.mjs ${command} ended with ${String(status)}`))
      )
    })
  const pidOf = (name: string): number => JSON.parse(readFileSync(join(folder, 'pids.json'), 'utf8'))[name]
  const read = (query: string): ReadonlyArray<Readonly<Record<string, unknown>>> => {
    const database = new DatabaseSync(join(folder, 'records.sqlite'), { timeout: 10_000 })
    const rows = database.prepare(query).all()
    database.close()
    return rows
  }

  const count = async (query: string): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${port + 2}/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query })
    })
    return ((await answer.json()) as { rows: ReadonlyArray<{ n: number }> }).rows[0]?.n ?? Number.NaN
  }
  const url = `http://127.0.0.1:${port}/hook/acme`

  return {
    folder,
    start: () => run('start'),
    stop: async () => {
      await run('stop')
      rmSync(folder, { recursive: true, force: true })
    },
    send: (lines, before) => share(lines, 16, async (line, place) => {
      before?.(place)
      await deliver(url, line)
    }),
    url,
    idle: async () => {
      while ((await count("select count(*) as n from sys_invocation where status not in ('completed', 'scheduled')")) > 0) await sleep(50)
    },
    kill: (what) => {
      const pids = what === 'worker' ? childrenOf(pidOf('service')).slice(0, 1) : [pidOf(what)]
      for (const pid of pids) process.kill(pid, 'SIGKILL')
    },
    rows: () =>
      read('select * from records order by id').map(({ id, record, revision, applied, written_by }) => ({
        id: String(id),
        record: typeof record === 'string' ? JSON.parse(record) : null,
        revision: Number(revision),
        applied: Number(applied),
        writtenBy: Number(written_by)
      })),
    oddities: () => read('select oddity from oddities').map(({ oddity }) => String(oddity)),
    kept: () => count('select count(*) as n from state')
  }
}
