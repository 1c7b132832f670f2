import { Bench } from 'tinybench'
import { type Attempt, type Side } from './Side.js'

/** Nanoseconds for one event, tick or call of each side. */
export type Round = Readonly<Record<string, number>>

const collectGarbage = (): void => {
  if (globalThis.gc === undefined) throw new Error('node must be run with --expose-gc')
  globalThis.gc({ type: 'minor' })
  globalThis.gc({ type: 'minor' })
}

/**
 * Milliseconds. Wall time, unless the process was told to count what its own threads work: on a machine that is busy
 * with something else wall time says more about that. Garbage collection and compilation are in both.
 */
const clock = (): (() => number) => {
  if (process.env['BENCH_CLOCK'] !== 'cpu') return () => performance.now()
  return () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
}

/** Every side once, one after the other, each on fresh input and with the garbage of the others collected. */
export const round = (sides: ReadonlyArray<Side>): Round => {
  const bench = new Bench({ time: 0, iterations: 1, warmup: false, retainSamples: true, throws: true, now: clock() })
  for (const { name, fresh } of sides) {
    let attempt: Attempt | undefined
    bench.add(name, () => attempt?.run(), {
      beforeEach: () => {
        attempt = fresh()
        collectGarbage()
      },
      afterEach: () => {
        attempt?.check()
        attempt = undefined
      }
    })
  }
  bench.runSync()
  return Object.fromEntries(
    sides.map(({ name, count }) => {
      const result = bench.getTask(name)?.result
      if (result?.state !== 'completed') throw new Error(`${name} was not measured`)
      return [name, (result.latency.p50 * 1e6) / count]
    })
  )
}
