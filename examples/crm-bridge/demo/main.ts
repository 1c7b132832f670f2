/*
 * The bridge with everything around it, on this machine:
 *
 *   npm run demo
 *
 * A stand-in for the vendor's API (so that click-to-call and the directory work), the bridge itself in a process of its
 * own, and the stand-in PBX that plays the bundled day against it: what was before the last hour at once, that hour
 * four times as fast as it happened, again and again. Ctrl-C ends all of it.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { eventsOfPlaced } from '../../../test/vendor/events.js'
import { startVendor } from '../../../test/vendor/Vendor.js'
import { clients, contents } from './company.js'

const folder = fileURLToPath(new URL('..', import.meta.url))
const children = new Set<ChildProcess>()
const stopping = new AbortController()

const start = (script: string, args: ReadonlyArray<string>, env: Readonly<Record<string, string | undefined>>): ChildProcess => {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  children.add(child)
  child.once('close', (code) => {
    children.delete(child)
    if (!stopping.signal.aborted) end(code ?? 1)
    if (children.size === 0) process.exit()
  })
  return child
}

/** Everything that was started ends, by its own process. */
const end = (code: number): void => {
  stopping.abort()
  process.exitCode = code
  for (const child of children) child.kill('SIGTERM')
}

/** The line with which the bridge says that it is ready. */
const addressOf = (bridge: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    bridge.stdout?.setEncoding('utf8').on('data', (said: string) => {
      const found = /listening on (\S+)/.exec(said)
      if (found?.[1] !== undefined) resolve(found[1])
    })
  })

const vendor = await startVendor(contents)
const bridge = start('src/main.ts', [], { PBX_URL: vendor.url, PBX_CLIENT_ID: vendor.clientId, PBX_CLIENT_SECRET: vendor.clientSecret, LOG_LEVEL: 'error' })

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(0))

/** What is clicked on the page is placed by the stand-in of the API, and somebody must pick up. */
let picked = 0
const pickUp = (hook: string): void => {
  for (const asked of vendor.placed().slice(picked)) {
    picked += 1
    const began = Date.now() * 1000
    void (async () => {
      for (const event of eventsOfPlaced(asked, { at: began })) {
        await sleep(Math.max(0, Number(event.EventTime) / 1000 - Date.now()))
        await fetch(hook, { method: 'POST', body: new URLSearchParams(event) }).catch(() => undefined)
      }
    })()
  }
}

const url = await addressOf(bridge)
const { BRIDGE_SECRET: secret, BRIDGE_TOKEN: token } = process.env
const hook = secret ? `${url}/hook?secret=${encodeURIComponent(secret)}` : `${url}/hook`
const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
await fetch(`${url}/api/clients`, { method: 'PUT', headers, body: JSON.stringify(clients) })
const player = start('pbx/main.ts', ['--to', hook, '--speed', '4', '--live', '60m', '--rounds', '0'], {})
player.stdout?.resume()
console.log(`\nThe bridge is at ${url} : open it in a browser. Ctrl-C ends everything.\n`)
for (; !stopping.signal.aborted; await sleep(300)) pickUp(hook)
