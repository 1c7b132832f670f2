import type { Change } from '../index.js'
import { streamRun } from '../stream/StreamRun.js'
import type { ClassifyCommand } from './Command.js'
import type { ExitStatus } from './ExitStatus.js'
import { emptyLedger } from './Ledger.js'
import { jsonLine } from './printable.js'
import { readEvents } from './readEvents.js'
import { recordTable } from './recordTable.js'
import type { Station } from './Station.js'

/** What becomes of the changes: printed as they come, or added up and printed at the end. */
interface Destination {
  readonly take: (change: Change) => void
  /** What is left to print once the input has ended. */
  readonly rest: () => Iterable<string>
}

const printedAsTheyCome = (station: Station): Destination => ({
  take: (change) => station.stdout.write(jsonLine(change)),
  rest: () => []
})

const addedUp = (command: ClassifyCommand, format: 'json' | 'table'): Destination => {
  const ledger = emptyLedger()
  return {
    take: ledger.apply,
    rest: function* () {
      if (format === 'table') yield* recordTable(ledger.records(), command.zone)
      else for (const record of ledger.records()) yield jsonLine(record)
    }
  }
}

/** Reads all events, and prints the ledger that they come to, or its changes. */
export const classify = async (command: ClassifyCommand, station: Station, onTerminal: boolean): Promise<ExitStatus> => {
  const { stdout, report, progress } = station
  const { config } = station
  const lateness = command.lateness ?? (command.changes ? 0 : undefined)
  const calls = streamRun(lateness === undefined ? { config, ticking: 'none' } : { config, ticking: 'replay', lateness })
  const { take, rest } = command.changes ? printedAsTheyCome(station) : addedUp(command, command.format ?? (onTerminal ? 'table' : 'json'))
  const tell = (change: Change): void => {
    if (change.change === 'anomaly') report.anomaly(change.anomaly)
    else take(change)
  }
  const stopped = (): boolean => stdout.failure() !== undefined

  await readEvents(
    station.inputs,
    {
      event: (event) => calls.take(event).forEach(tell),
      chunkRead: (lines) => {
        progress.show(lines)
        return stdout.flush()
      },
      stopped
    },
    report
  )
  progress.erase()
  for (const change of calls.end()) {
    if (stopped()) break
    tell(change)
    await stdout.pressure()
    await report.pressure()
  }
  for (const piece of rest()) {
    if (stopped()) break
    stdout.write(piece)
    await stdout.pressure()
  }
  return station.close()
}
