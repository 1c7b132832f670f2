/**
 * Two builds beside each other, in turns in one process, so that what else the machine does falls on both alike:
 * `npm run bench -- --beside PATH_OF_THE_OTHER_DIST`. Prints the fastest go of each, the least memory, and the ratio new / old.
 */
import type { CallEvent, Correlator, State } from 'call-legs'
import type * as library from 'call-legs'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { BEGINNING, directory } from './pbx/days.js'
import { everydayStories } from './pbx/everyday.js'
import { BUSY, linesOf } from './pbx/stream.js'

type Library = typeof library
/** Measures this build beside the one in another folder. */
export const beside = async (other: string): Promise<void> => {
  const folders = { old: resolve(other), new: dirname(fileURLToPath(import.meta.resolve('call-legs'))) }
  const load = async (folder: string): Promise<Library> => import(pathToFileURL(join(folder, 'index.js')).href)
  const libraries = { old: await load(folders.old), new: await load(folders.new) }
  type Build = keyof typeof libraries
  const BUILDS: ReadonlyArray<Build> = ['old', 'new']

  const lines = [...linesOf({ seed: 41, stories: everydayStories, startAt: BEGINNING, every: BUSY, events: 100_000 }, { call: () => undefined })].map(({ text }) => text)
  const objects = lines.map((line): unknown => JSON.parse(line))

  const told = (name: string, old: number, now: number, unit: string): void =>
    console.log(`${name.padEnd(46)} old ${old.toFixed(2)} ${unit}, new ${now.toFixed(2)} ${unit}: ${(now / old).toFixed(2)}`)

  /** Of each build the fastest of so many goes. */
  const compare = (name: string, goes: number, go: (build: Build) => number, unit: string): void => {
    const best = { old: Infinity, new: Infinity }
    for (let i = 0; i < goes; i++) for (const build of i % 2 === 0 ? BUILDS : [...BUILDS].reverse()) best[build] = Math.min(best[build], go(build))
    told(name, best.old, best.new, unit)
  }

  const perEvent = (work: () => void): number => {
    const from = performance.now()
    work()
    return ((performance.now() - from) * 1000) / lines.length
  }

  const events = (build: Build): ReadonlyArray<CallEvent> =>
    objects.flatMap((object) => {
      const read = libraries[build].decode(object)
      return read._tag === 'Right' && read.right.kind !== 'ignored' ? [read.right] : []
    })
  const known = { old: events('old'), new: events('new') }
  const machines = Object.fromEntries(
    BUILDS.map((build) => [build, libraries[build].correlator({ directory, closedRetention: libraries[build].minutes(10) })])
  ) as Readonly<Record<Build, Correlator<State>>>

  compare('decode an object', 12, (build) => perEvent(() => objects.forEach((object) => libraries[build].decode(object))), 'µs')
  compare('decode a line of JSON', 8, (build) => perEvent(() => lines.forEach((line) => libraries[build].decode(line))), 'µs')
  compare('step', 8, (build) => perEvent(() => void known[build].reduce((state, event) => machines[build].step(state, event)[0], machines[build].initial)), 'µs')
  compare('step, and a tick after it', 8, (build) =>
    perEvent(() => void known[build].reduce((state, event) => machines[build].tick(machines[build].step(state, event)[0], event.at)[0], machines[build].initial)), 'µs')
  compare('line to record, ticks included', 6, (build) =>
    perEvent(() => void lines.reduce((state, line, i) => machines[build].tick(machines[build].ingest(state, line)[0], known[build][i]?.at ?? 1_790_000_000_000_000)[0], machines[build].initial)), 'µs')
  compare('one call of 1 000 outgoing legs, step by step', 3, (build) => {
    const calls = libraries[build].correlator()
    const leg = (i: number, kind: 'dial' | 'hangup'): CallEvent => ({
      kind,
      callId: 'c',
      subCallId: `l${i}`,
      at: BEGINNING + i * 1_000 + (kind === 'dial' ? 0 : 10_000_000),
      direction: 'outgoing',
      parties: { callerNumber: '453*101', calledNumber: `+7916${i}` },
      status: kind === 'dial' ? 'CALLING' : 'ANSWER'
    })
    const from = performance.now()
    let state = calls.initial
    for (const kind of ['dial', 'hangup'] as const) for (let i = 0; i < 1_000; i++) [state] = calls.step(state, leg(i, kind))
    return performance.now() - from
  }, 'ms')

  // the command line, each run in a process of its own, which tells how much memory it took
  const folder = mkdtempSync(join(tmpdir(), 'call-legs-beside-'))
  const [file, extensions] = [join(folder, 'events.ndjson'), join(folder, 'directory.json')]
  writeFileSync(file, `${lines.join('\n')}\n`)
  writeFileSync(extensions, JSON.stringify(directory))
  const nowhere = openSync('/dev/null', 'w')
  const MEMORY = "data:text/javascript,process.on('exit',()=>process.stderr.write('\\nmaxRSS='+process.resourceUsage().maxRSS))"
  interface Ran {
    readonly time: number
    readonly memory: number
  }
  const classify = (build: Build, ...options: ReadonlyArray<string>): Ran => {
    const from = performance.now()
    const { stderr } = spawnSync(process.execPath, ['--import', MEMORY, join(folders[build], 'cli.js'), 'classify', '--format', 'json', ...options, '--directory', extensions, file], { stdio: ['ignore', nowhere, 'pipe'], encoding: 'utf8' })
    return { time: performance.now() - from, memory: Number(/maxRSS=(\d+)/.exec(stderr)?.[1]) / 1024 }
  }
  for (const options of [[], ['--changes']]) {
    const name = ['classify', ...options, 'FILE, 100 000 lines'].join(' ')
    const ran = { old: [classify('old', ...options)], new: [classify('new', ...options)] }
    for (let i = 0; i < 3; i++) for (const build of BUILDS) ran[build].push(classify(build, ...options))
    const least = (build: Build, of: keyof Ran): number => Math.min(...ran[build].map((one) => one[of]))
    for (const [of, unit] of [['time', 'ms'], ['memory', 'MiB']] as const) told(`${name}, ${of}`, least('old', of), least('new', of), unit)
  }
  rmSync(folder, { recursive: true })
}
