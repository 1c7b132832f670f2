/**
 * Resumes from a saved state: one process stops in the middle of the day, another continues, and the calls
 * are the same as without a stop.
 *
 *     npx tsx examples/resume.ts
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { correlator, stateErrorMessage, type Change, type State } from 'call-legs'

const lines = readFileSync('examples/events/day.ndjson', 'utf8').split('\n').filter((line) => line !== '')
const calls = correlator({ directory: JSON.parse(readFileSync('examples/directory.json', 'utf8')) })

const run = (from: State, some: ReadonlyArray<string>): readonly [State, ReadonlyArray<Change>] =>
  some.reduce<readonly [State, ReadonlyArray<Change>]>(
    ([state, changes], line) => {
      const [next, told] = calls.ingest(state, line)
      return [next, [...changes, ...told]]
    },
    [from, []]
  )

const folder = mkdtempSync(join(tmpdir(), 'call-legs-'))
const file = join(folder, 'state.json')
const half = Math.floor(lines.length / 2)

// the first process: reads half, saves, stops
const [morning, changesBefore] = run(calls.initial, lines.slice(0, half))
writeFileSync(file, JSON.stringify(calls.encode(morning)))

// the second: takes the state up, and goes on
const saved = calls.decode(JSON.parse(readFileSync(file, 'utf8')))
rmSync(folder, { recursive: true })
if (isLeft(saved)) {
  console.error(stateErrorMessage(saved.left))
  process.exit(1)
}
const [evening, changesAfter] = run(saved.right, lines.slice(half))
const resumed = [...changesBefore, ...changesAfter, ...calls.drain(evening)[1]]

const [atOnce, changes] = run(calls.initial, lines)
const unbroken = [...changes, ...calls.drain(atOnce)[1]]

console.log(`${lines.length} events, stopped after ${half}: ${calls.openLegs(morning).length} legs were open`)
console.log(JSON.stringify(resumed) === JSON.stringify(unbroken) ? `${resumed.length} changes, the same as without a stop` : 'they differ')
