import { execFile } from 'node:child_process'
import { writeFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { correlator, hours, minutes, seconds, type Change, type State } from '../../src/index.js'
import { changes } from '../../src/stream/index.js'
import { streamRun } from '../../src/stream/StreamRun.js'
import { answered, keeping, lost, NINE, silentAfter, sleep, word, words } from './inputs.js'

const run = promisify(execFile)

test('a miss settles while nothing comes, by a real clock', async () => {
  const { source } = silentAfter(...lost('m1'))
  const began = performance.now()
  for await (const change of changes(source, { ticking: 'wall', config: { settle: seconds(0.2) } })) {
    expect(word(change)).toBe('registered m1/missed')
    break
  }
  expect(performance.now() - began).toBeGreaterThanOrEqual(199)
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('misses settle one after another, each in its time, and the state is handed out each time', async () => {
  const source = async function* () {
    yield* lost('m1')
    await sleep(150)
    yield* lost('m2')
    await sleep(600)
  }
  const { states, onState } = keeping()
  const told: Array<string> = []
  for await (const change of changes(source(), { ticking: 'wall', config: { settle: seconds(0.3) }, onState })) told.push(`${word(change)} after ${states.length} states`)
  expect(told).toEqual(['registered m1/missed after 4 states', 'registered m2/missed after 5 states'])
  expect(states.map(([, input]) => input !== undefined)).toEqual([true, true, true, true, false, false])
})

test('what the source has ready goes before the time: a backlog is read before anything settles', async () => {
  // the queue gives up, and settles at once; the phone's answer came meanwhile, and is ready
  const source = [...lost('m1'), ...answered('m1')]
  const { seen, source: silent } = silentAfter(...source)
  const stop = new AbortController()
  const told: Array<string> = []
  setTimeout(() => stop.abort(), 100)
  for await (const change of changes(silent, { ticking: 'wall', config: { settle: 0 }, signal: stop.signal })) told.push(word(change))
  expect(seen.asked).toBe(6)
  expect(told).toEqual(['registered m1/85101-m1'])
})

describe('a saved state is taken up while more is waiting', () => {
  const config = { settle: seconds(0.01) }
  /** Saved when the queue had given up, and the phone's answer was still to come. */
  const saved = (): State => {
    const calls = correlator(config)
    return lost('m1').reduce<State>((state, text) => calls.ingest(state, text, Date.now() * 1000 - minutes(1))[0], calls.initial)
  }
  const slowly = async function* () {
    for (const text of answered('m1')) {
      await sleep(30)
      yield text
    }
    await sleep(30)
  }

  test('it gets a head start: no false miss', async () => {
    expect(await words(changes(slowly(), { ticking: 'wall', config, from: saved() }))).toEqual(['registered m1/85101-m1'])
  })

  test('without one the miss settles first, and is taken back', async () => {
    expect(await words(changes(slowly(), { ticking: 'wall', config, from: saved(), headStart: 0 }))).toEqual([
      'registered m1/missed',
      'revised m1/missed',
      'retracted m1/missed',
      'registered m1/85101-m1'
    ])
  })

  test('after it the time goes on', async () => {
    const { source } = silentAfter()
    const began = performance.now()
    for await (const change of changes(source, { ticking: 'wall', config, from: saved(), headStart: seconds(0.2) })) {
      expect(word(change)).toBe('registered m1/missed')
      break
    }
    expect(performance.now() - began).toBeGreaterThanOrEqual(199)
  })
})

describe('a clock of one\'s own', () => {
  const clocked = (options: { readonly from?: State } = {}) => {
    const clock = { now: NINE + hours(100) }
    return { clock, calls: streamRun({ ticking: 'wall', now: () => clock.now, ...options }) }
  }
  const take = (calls: ReturnType<typeof streamRun>, texts: ReadonlyArray<string>): ReadonlyArray<Change> => texts.flatMap(calls.take)

  test('waiting is reckoned from the receipt: events of long ago are given up no sooner than others', () => {
    const { clock, calls } = clocked()
    expect(take(calls, [...lost('m1'), ...answered('c2')]).map(word)).toEqual(['registered c2/85101-c2'])
    expect(calls.tick()).toEqual([])
    clock.now += seconds(5)
    expect(calls.tick().map(word)).toEqual(['registered m1/missed'])
    // still held: what comes late is no late event
    clock.now += hours(2) - seconds(6)
    expect(calls.tick()).toEqual([])
    expect(calls.take(answered('m1')[0] ?? '').map(word)).toEqual(['revised m1/missed'])
  })

  test('an event that has its receipt keeps it', () => {
    const { calls } = clocked()
    const kept = correlator().ingest(correlator().initial, lost('m1')[0], NINE)[0]
    const event = { kind: 'dial', callId: 'm1', subCallId: '1', at: NINE, receivedAt: NINE, direction: 'incoming', parties: {} } as const
    calls.take(event)
    expect(correlator().due(calls.state())).toBe(NINE + hours(24))
    expect(correlator().due(kept)).toBe(NINE + hours(24))
  })

  test('it is looked at once a minute at least, for it may be set; and not at all while nothing is held', () => {
    const { clock, calls } = clocked()
    expect(calls.patience()).toBeUndefined()
    take(calls, answered('c1'))
    expect(calls.patience()).toBe(minutes(1))
    take(calls, lost('m1'))
    expect(calls.patience()).toBe(seconds(5))
    clock.now -= hours(1)
    expect(calls.patience()).toBe(minutes(1))
    clock.now += hours(2)
    expect(calls.patience()).toBeLessThan(0)
    expect(calls.tick().map(word)).toEqual(['registered m1/missed'])
  })

  test('a saved state has ten seconds of head start, an empty one none', () => {
    const { calls: before } = clocked()
    take(before, lost('m1'))
    const { clock, calls } = clocked({ from: before.state() })
    clock.now += seconds(9.9)
    expect(calls.patience()).toBe(seconds(0.1))
    expect(calls.tick()).toEqual([])
    clock.now += seconds(0.1)
    expect(calls.tick().map(word)).toEqual(['registered m1/missed'])
  })
})

test('a process whose consumer has stopped ends by itself: no timer is left, whatever is still held', async () => {
  const folder = join(import.meta.dirname, '../../.cache/stream')
  mkdirSync(folder, { recursive: true })
  const program = join(folder, `ends-${process.pid}.mts`)
  const source = join(import.meta.dirname, '../../src/stream/index.ts')
  writeFileSync(
    program,
    `import { changes } from ${JSON.stringify(source)}
async function* inputs() { yield* ${JSON.stringify([...lost('m1'), ...answered('c1')])} ; await new Promise(() => undefined) }
for await (const change of changes(inputs(), { ticking: 'wall' })) { console.log(change.change); break }
const stop = new AbortController()
setTimeout(() => stop.abort(), 50)
for await (const change of changes(inputs(), { ticking: 'wall', signal: stop.signal })) console.log(change.change)
console.log('over')
`
  )
  const { stdout } = await run(process.execPath, ['--import', 'tsx', program], { timeout: 20_000, cwd: join(import.meta.dirname, '../..') })
  rmSync(program)
  expect(stdout.trim().split('\n')).toEqual(['registered', 'registered', 'over'])
})
