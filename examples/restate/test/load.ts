/**
 * `node run.mjs load`: how many events a second are taken, and how long each waits, with one process that runs
 * calls and with two. `node run.mjs load URL`: the same events to another webhook.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { post, stackOf } from './stack.ts'

const CONNECTIONS = 32
const lines = execFileSync(process.execPath, [join(import.meta.dirname, '../../../dist/cli.js'), 'simulate', '--calls', '700', '--seed', '5'], { encoding: 'utf8', maxBuffer: 1 << 28 })
  .split('\n')
  .filter((line) => line !== '')

const target = process.argv[2]

/** Sends all; answers per second, until the last was taken and until the last was judged, and the milliseconds of a request. */
const measure = async (url: string, idle: () => Promise<void>): Promise<string> => {
  const times: Array<number> = []
  const began = performance.now()
  await post(url, lines, CONNECTIONS, times)
  const taken = performance.now() - began
  await idle()
  const judged = performance.now() - began
  times.sort((a, b) => a - b)
  const at = (share: number): number => Math.round(times[Math.floor(times.length * share)] ?? 0)
  const perSecond = (milliseconds: number): number => Math.round((lines.length / milliseconds) * 1000)
  return `${lines.length} events: ${perSecond(taken)} a second taken, ${perSecond(judged)} judged; half within ${at(0.5)} ms, 99 % within ${at(0.99)} ms`
}

if (target !== undefined) {
  console.log(await measure(target, () => Promise.resolve()))
} else {
  for (const services of [1, 2, 1, 2, 1, 2]) {
    const stack = await stackOf({}, services)
    await stack.start()
    console.log(`${services} process(es): ${await measure(stack.url, stack.idle)}`)
    await stack.stop()
  }
}
