import { Bench } from 'tinybench'
import type { Attempt, Side } from './Side.js'

/** Nanoseconds for one event, tick or call of each side. */
export type Round = Readonly<Record<string, number>>

/**
 * Moves the inputs out of the young generation, where the clock would pay for them. Not a full collection: that one
 * throws away compiled code whose shapes of objects have no example left, which no service at work ever sees.
 */
const settleInputs = (): void => {
  if (globalThis.gc === undefined) throw new Error('node must be run with --expose-gc')
  globalThis.gc({ type: 'minor' })
  globalThis.gc({ type: 'minor' })
}

export type Clock = 'wall' | 'cpu'

/** Milliseconds that went by, or that the threads of this process worked. */
const clocks: Readonly<Record<Clock, () => number>> = {
  wall: () => performance.now(),
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
}

/**
 * Every side for at least so many milliseconds, and at least once; one after the other, each go on fresh input. Of
 * several goes the median.
 */
export const round = (sides: Readonly<Record<string, Side>>, clock: Clock, milliseconds: number): Round => {
  const bench = new Bench({ time: milliseconds, iterations: 1, warmup: false, retainSamples: true, throws: true, now: clocks[clock] })
  for (const [name, { fresh }] of Object.entries(sides)) {
    let attempt: Attempt | undefined
    bench.add(name, () => attempt?.run(), {
      beforeEach: () => {
        attempt = fresh()
        settleInputs()
      },
      afterEach: () => {
        attempt?.check()
        attempt = undefined
      }
    })
  }
  bench.runSync()
  return Object.fromEntries(
    Object.entries(sides).map(([name, { count }]) => {
      const result = bench.getTask(name)?.result
      if (result?.state !== 'completed') throw new Error(`${name} was not measured`)
      return [name, (result.latency.p50 * 1e6) / count]
    })
  )
}
