/**
 * Replays a recording: ingests every line, drains the state, and prints the calls.
 *
 *     npx tsx examples/replay.ts examples/events/day.ndjson
 */
import { readFileSync } from 'node:fs'
import { correlator, decodeErrorMessage, sortLedger, toDate, toSeconds, type CallRecord, type Change } from 'call-legs'

const file = process.argv[2] ?? 'examples/events/day.ndjson'
const calls = correlator({ directory: JSON.parse(readFileSync('examples/directory.json', 'utf8')) })

const ledger = new Map<string, CallRecord>()
const take = (changes: ReadonlyArray<Change>): void => {
  for (const change of changes) {
    switch (change.change) {
      case 'registered':
      case 'revised':
        ledger.set(change.record.id, change.record)
        break
      case 'retracted':
        ledger.delete(change.previous.id)
        break
      case 'rejected':
        console.error(decodeErrorMessage(change.error))
        break
      case 'anomaly':
        console.error(`${change.anomaly.kind} in ${change.anomaly.callId}`)
    }
  }
}

let state = calls.initial
for (const line of readFileSync(file, 'utf8').split('\n')) {
  if (line === '') continue
  const [next, changes] = calls.ingest(state, line)
  take(changes)
  state = next
}
take(calls.drain(state)[1])

for (const record of sortLedger(ledger.values())) {
  const when = record.kind === 'incomplete' ? 'open' : toDate(record.endedAt).toISOString()
  const talk = record.successful && record.talkTime !== undefined ? `${Math.round(toSeconds(record.talkTime))} s` : ''
  console.log([when, record.kind, record.extension ?? '', record.remoteNumber ?? '', talk].join('\t'))
}
