import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How a bridge ended: its exit status, or the signal that ended it. */
export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A bridge in a process of its own. */
export interface BridgeProcess {
  /** `http://127.0.0.1:PORT`, or another address of the loopback. */
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Settles when the process has ended, whoever ended it. */
  readonly ended: Promise<Ending>
  /** Sends the signal, and waits for the end. Default: SIGTERM, for which the bridge finishes what is in hand. */
  readonly end: (signal?: NodeJS.Signals) => Promise<Ending>
  /** Everything that it wrote so far, to both outputs. */
  readonly said: () => string
}

/** What a bridge is started with. */
export interface BridgeStart {
  /** Its environment beside `PATH`: `DATA_DIR` or `DATABASE_URL`, `BRIDGE_FAULT`, `SETTLE_MS` and so on. */
  readonly env: Readonly<Record<string, string>>
  /** The port of a bridge that was there before; default: any that is free. */
  readonly port?: number
  /** It must be ready within so many milliseconds; default: 90 s. */
  readonly within?: number
}

const folder = fileURLToPath(new URL('..', import.meta.url))

const running = new Set<ChildProcess>()

// whatever becomes of the tests, no bridge outlives them
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

const READY = /listening on (http:\/\/127\.0\.0\.\d:(\d+))/

/** A bridge that was launched, and may be ready some day. */
export interface Launched {
  /**
   * When it takes requests. It rejects, with what the process said, if that ends first: `BRIDGE_FAULT` may kill a
   * bridge while it starts.
   */
  readonly ready: Promise<BridgeProcess>
  /** Settles when the process has ended, whoever ended it. */
  readonly ended: Promise<Ending>
  readonly said: () => string
}

/** Launches a bridge: what `npm run build` made of it, which starts in a fraction of the time that its sources take. */
export const launchBridge = ({ env, port = 0, within = 90_000 }: BridgeStart): Launched => {
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  running.add(child)
  let output = ''
  const said = (): string => output
  const ended = new Promise<Ending>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ code, signal })
    })
  })
  const ready = new Promise<BridgeProcess>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the bridge was not ready within ${within} ms; it said:\n${output}`))
    }, within)
    child.once('error', reject)
    void ended.then(({ code, signal }) => {
      clearTimeout(late)
      reject(new Error(`the bridge ended (${signal ?? code ?? 'unknown'}) before it was ready; it said:\n${output}`))
    })
    const listen = (chunk: string): void => {
      output += chunk
      const found = READY.exec(output)
      if (found === null || child.pid === undefined) return
      clearTimeout(late)
      resolve({
        url: found[1] ?? '',
        port: Number(found[2]),
        pid: child.pid,
        ended,
        said,
        end: (signal = 'SIGTERM') => {
          child.kill(signal)
          return ended
        }
      })
    }
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', listen)
  })
  // whoever waits for its end alone need not hear that it was never ready
  ready.catch(() => undefined)
  return { ready, ended, said }
}

/** Launches a bridge and waits until it takes requests. */
export const startBridge = (start: BridgeStart): Promise<BridgeProcess> => launchBridge(start).ready

/** Ends every bridge that still runs: for `afterEach`. */
export const endBridges = (): Promise<unknown> =>
  Promise.all(
    [...running].map(
      (child) =>
        new Promise((resolve) => {
          child.once('close', resolve)
          child.kill('SIGKILL')
        })
    )
  )
