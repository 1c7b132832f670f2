/** What any program does at least that has a file of events: it reads the lines and parses them. Nobody tunes this file. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

let events = 0
const lines = createInterface({ input: createReadStream(process.argv[2] ?? '/dev/stdin'), crlfDelay: Infinity })
lines.on('line', (line) => {
  const event: unknown = JSON.parse(line)
  if (typeof event === 'object' && event !== null && 'EventType' in event) events += 1
})
lines.on('close', () => console.log(events))
