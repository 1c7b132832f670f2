/** Moves all calls from one process to another, with an overlap; then to rows of a database, one a call. */
import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { callReducer, correlator, ledger, sortLedger, stateErrorMessage, type CallRecord, type Change, type Config } from 'call-legs'

const config: Config = { directory: JSON.parse(readFileSync('examples/directory.json', 'utf8')) } // the same in both processes
const calls = correlator(config)
const lines = readFileSync('examples/events/day.ndjson', 'utf8').trim().split('\n')
const half = Math.floor(lines.length / 2)

const records = new Map<string, CallRecord>()
const take = (changes: ReadonlyArray<Change>): void => {
  for (const change of changes) {
    if (change.change === 'registered' || change.change === 'revised') records.set(change.record.id, change.record)
    if (change.change === 'retracted') records.delete(change.previous.id)
  }
}
const play = (from: typeof calls.initial, some: ReadonlyArray<string>): typeof calls.initial =>
  some.reduce((state, line) => {
    const [next, changes] = calls.ingest(state, line)
    take(changes)
    return next
  }, from)

const [file] = process.argv.slice(2)
if (file === undefined) {
  // the old process
  const folder = mkdtempSync(join(tmpdir(), 'call-legs-'))
  const state = play(calls.initial, lines.slice(0, half))
  writeFileSync(join(folder, 'new.json'), JSON.stringify({ state: calls.encode(state), records: [...records.values()] }))
  renameSync(join(folder, 'new.json'), join(folder, 'state.json')) // whole, or not there
  fork(fileURLToPath(import.meta.url), [join(folder, 'state.json')]).on('close', () => rmSync(folder, { recursive: true }))
} else {
  // the new process: a state of another version, or one that was damaged, is refused with the place in it
  const saved = JSON.parse(readFileSync(file, 'utf8'))
  for (const record of saved.records) records.set(record.id, record)
  const wrong = calls.decode({ ...saved.state, v: 1 })
  if (wrong._tag === 'Left') console.log('refused:', stateErrorMessage(wrong.left))
  const read = calls.decode(saved.state)
  if (read._tag === 'Left') throw new Error(stateErrorMessage(read.left))

  // rather too many events than too few: what the state knows already changes nothing
  const state = play(read.right, lines.slice(half - 50))
  take(calls.drain(state)[1])
  const whole = ledger(config)(lines).records
  console.log(JSON.stringify(sortLedger(records.values())) === JSON.stringify(whole) ? 'the same records as without a move' : 'they differ')

  // the state of all calls holds the states of each: rows for any number of processes with `callReducer`
  const call = callReducer(config)
  const { v, held }: { v: number; held: ReadonlyArray<{ callId: string }> } = saved.state
  const rows = held.map((one) => ({ callId: one.callId, state: call.decode({ v, held: one }) }))
  console.log(rows.every(({ state: row }) => row._tag === 'Right') ? 'each call has a row of its own' : 'they cannot be split')
}
