import { settingsOf } from '../config/Config.js'
import { emptyState, inPlace } from '../correlator/State.js'
import type { Anomaly, CallEvent, CallRecord, Change } from '../index.js'
import { gathering } from '../ledger/ledger.js'
import { streamRun } from '../stream/StreamRun.js'
import type { ClassifyCommand } from './Command.js'
import { ALL_READ, type ExitStatus } from './ExitStatus.js'
import { emptyLedger } from './Ledger.js'
import { jsonLine } from './printable.js'
import { recordCsv } from './recordCsv.js'
import { passes, type RecordFilter } from './recordFilter.js'
import { readEvents } from './readEvents.js'
import { recordTable, type TableView } from './recordTable.js'
import type { Station } from './Station.js'

/** What becomes of the events. */
interface Run {
  readonly event: (event: CallEvent) => void
  /** The input has ended: what is told then, piece by piece, for the output to keep up with. */
  readonly end: () => Iterable<Telling>
}

type Telling = { readonly print: string } | { readonly anomaly: Anomaly }

/** How the standard output wants its table; none: it is no terminal, and wants JSON. */
export interface Terminal {
  readonly isTerminal: boolean
  readonly view: Omit<TableView, 'zone'>
}

function* printed(records: ReadonlyArray<CallRecord>, { format, filter, zone }: ClassifyCommand, { isTerminal, view }: Terminal): Iterable<Telling> {
  const chosen = records.filter((record) => passes(filter, record))
  switch (format ?? (isTerminal ? 'table' : 'json')) {
    case 'table':
      for (const print of recordTable(chosen, { ...view, zone })) yield { print }
      return
    case 'csv':
      for (const print of recordCsv(chosen, zone)) yield { print }
      return
    case 'json':
      for (const record of chosen) yield { print: jsonLine(record) }
  }
}

/** Is it of a record that is shown? One that was shown and is no longer is told as well. */
const concerns = (filter: RecordFilter, change: Exclude<Change, { readonly change: 'anomaly' | 'rejected' }>): boolean =>
  ('record' in change && passes(filter, change.record)) || ('previous' in change && passes(filter, change.previous))

/** Every call is judged once, when all of its events are there. */
const judgedAtTheEnd = (command: ClassifyCommand, { config }: Station, terminal: Terminal): Run => {
  const { event, ledger } = gathering(settingsOf(config))
  return {
    event,
    end: function* () {
      const { anomalies, records } = ledger()
      for (const anomaly of anomalies) yield { anomaly }
      yield* printed(records, command, terminal)
    }
  }
}

/** The calls as time goes on: their changes are printed as they come, or added up. */
const played = (command: ClassifyCommand, station: Station, lateness: number, terminal: Terminal): Run => {
  const calls = streamRun({ config: station.config, ticking: 'replay', lateness, from: inPlace(emptyState) })
  const ledger = emptyLedger()
  let isWarned = false
  const told = (change: Change): ReadonlyArray<Telling> => {
    if (change.change === 'anomaly') {
      if (change.anomaly.kind === 'late-event' && !isWarned) {
        isWarned = true
        station.report.say('events come later than --lateness and --closed-retention allow; without --changes and --lateness their order does not matter', ALL_READ)
      }
      return [{ anomaly: change.anomaly }]
    }
    if (change.change === 'rejected') return []
    if (command.changes) return concerns(command.filter, change) ? [{ print: jsonLine(change) }] : []
    ledger.apply(change)
    return []
  }
  return {
    event: (event) => {
      for (const change of calls.take(event)) for (const telling of told(change)) tell(station, telling)
    },
    end: function* () {
      for (const change of calls.end()) yield* told(change)
      if (!command.changes) yield* printed(ledger.records(), command, terminal)
    }
  }
}

const tell = ({ stdout, report }: Station, telling: Telling): void => {
  if ('print' in telling) stdout.write(telling.print)
  else report.anomaly(telling.anomaly)
}

/** Reads all events, and prints the ledger that they come to, or its changes. */
export const classify = async (command: ClassifyCommand, station: Station, terminal: Terminal): Promise<ExitStatus> => {
  const { stdout, report, progress } = station
  const lateness = command.lateness ?? (command.changes ? 0 : undefined)
  const run = lateness === undefined ? judgedAtTheEnd(command, station, terminal) : played(command, station, lateness, terminal)
  const stopped = (): boolean => stdout.failure() !== undefined

  await readEvents(
    station.inputs,
    {
      event: run.event,
      chunkRead: (lines, bytes) => {
        progress.show(lines, bytes)
        return stdout.flush()
      },
      stopped
    },
    report
  )
  progress.erase()
  for (const telling of run.end()) {
    if (stopped()) break
    tell(station, telling)
    const behind = stdout.pressure() ?? report.pressure()
    if (behind !== undefined) await behind
  }
  return station.close()
}
