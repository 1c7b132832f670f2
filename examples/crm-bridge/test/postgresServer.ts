import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A PostgreSQL server of our own, in a temporary folder, on 127.0.0.1. */
export interface PostgresServer {
  /** A new, empty database, as the environment of a bridge says it. */
  readonly database: () => { readonly DATABASE_URL: string }
  /** `SIGINT`: a fast shutdown; `SIGQUIT`: without a farewell; `SIGKILL`: the server process is killed, as by the kernel. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>
  /** Starts it again, on the same port and folder. */
  readonly start: () => Promise<void>
  /** The end: stopped, its folder removed. */
  readonly remove: () => Promise<void>
}

const DEBIAN = '/usr/lib/postgresql'

const programs = (): string | undefined => {
  if (!existsSync(DEBIAN)) return undefined
  return readdirSync(DEBIAN)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')))
}

/** PostgreSQL refuses to be run by root: then it is run by `nobody`. */
const NOBODY = 65534
const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

const running = new Set<ChildProcess>()

process.on('exit', () => {
  for (const child of running) child.kill('SIGQUIT')
})

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

/** Why there is none, for the word with which a test is skipped. */
export const NO_POSTGRES = `PostgreSQL is not installed in ${DEBIAN}`

export const postgresIsInstalled = (): boolean => programs() !== undefined

/** Makes a server and starts it. */
export const postgresServer = async (): Promise<PostgresServer> => {
  const bin = programs()
  if (bin === undefined) throw new Error(NO_POSTGRES)
  const folder = mkdtempSync(join(tmpdir(), 'bridge-postgres-'))
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'bridge', '-A', 'trust', '-E', 'UTF8', '--no-sync'], { ...owner, cwd: folder, stdio: 'pipe' })
  const port = await freePort()
  const url = (name: string): string => `postgres://bridge@127.0.0.1:${port}/${name}`
  const psql = (sql: string): string =>
    execFileSync(join(bin, 'psql'), ['-X', '-q', '-t', '-A', '-d', url('postgres'), '-c', sql], { cwd: folder, stdio: 'pipe', encoding: 'utf8' })
  let child: ChildProcess | undefined
  let databases = 0

  // Without fsync nothing is lost when a process is killed, only when the machine is: the tests kill processes.
  const options = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off', '-c', 'max_connections=60']

  const answers = (): boolean => {
    try {
      return psql('select 1').trim() === '1'
    } catch {
      return false
    }
  }
  const start = async (): Promise<void> => {
    let said = ''
    const server = spawn(join(bin, 'postgres'), options, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    server.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
    })
    running.add(server)
    server.once('close', () => running.delete(server))
    child = server
    for (let tries = 0; !answers(); tries++) {
      if (server.exitCode !== null || server.signalCode !== null || tries > 200) throw new Error(`PostgreSQL did not start:\n${said}`)
      await pause(50)
    }
  }
  const stop = (signal: NodeJS.Signals = 'SIGINT'): Promise<void> =>
    new Promise((resolve) => {
      const server = child
      child = undefined
      if (server === undefined || server.exitCode !== null || server.signalCode !== null) return resolve()
      server.once('close', () => resolve())
      server.kill(signal)
    })
  await start()
  return {
    database: () => {
      const name = `bridge_${++databases}`
      psql(`create database ${name}`)
      return { DATABASE_URL: url(name) }
    },
    start,
    stop,
    remove: async () => {
      await stop('SIGQUIT')
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
