import { accessErrorMessage, historyPages, historyProblemMessage, RingMeEvent, toDate, type CallEvent, type EpochMicros, type HistoryRange } from '../index.js'
import { reconcile as comparing, type Difference } from '../reconcile/index.js'
import { restPorts, type RestOptions } from '../rest/index.js'
import type { ReconcileCommand } from './Command.js'
import { differenceTable } from './differenceTable.js'
import { NOT_READ, SOME_REJECTED, type ExitStatus } from './ExitStatus.js'
import { jsonLine } from './printable.js'
import { readAll } from './readAll.js'
import type { TableView } from './recordTable.js'
import type { Station } from './Station.js'

/** The events that are known, by their calls. */
const knownEvents = async (station: Station): Promise<ReadonlyMap<string, ReadonlyArray<CallEvent>>> => {
  const known = new Map<string, Array<CallEvent>>()
  await readAll(station, (event) => {
    const events = known.get(event.callId)
    if (events === undefined) known.set(event.callId, [event])
    else events.push(event)
  })
  return known
}

/** Compares the PBX's call history with the events of the files; prints the differences, or the events that bring what is missing. */
export const reconcile = async (command: ReconcileCommand, station: Station, access: RestOptions, view: Omit<TableView, 'zone'>): Promise<ExitStatus> => {
  const { report, stdout, config } = station
  const known = await knownEvents(station)
  const compare = comparing(config)
  const differences: Array<Difference> = []
  let calls = 0
  // a call may come on two pages
  let printed = new Set<string>()
  let reached: EpochMicros | undefined
  const range: HistoryRange = { since: command.since, until: command.until ?? Date.now() * 1000 }
  for await (const page of historyPages(restPorts(access).historyList, range)) {
    if (!page.ok) {
      const goOn = reached === undefined ? '' : `; what began before ${toDate(reached).toISOString()} was compared: go on with --since then`
      report.say(`${accessErrorMessage(page.error)}${goOn}`, NOT_READ)
      break
    }
    const fresh = page.value.calls.filter(({ callId }) => !printed.has(callId))
    printed = new Set(page.value.calls.map(({ callId }) => callId))
    const found = compare((callId) => known.get(callId) ?? [], fresh)
    calls += fresh.length
    for (const problem of [...page.value.problems, ...found.problems]) report.say(historyProblemMessage(problem), SOME_REJECTED)
    if (command.events) for (const event of found.events) stdout.write(jsonLine(RingMeEvent.encode(event)))
    else differences.push(...found.differences)
    reached = page.value.calls.reduce((latest, { startedAt = 0 }) => Math.max(latest, startedAt), reached ?? command.since)
    await stdout.pressure()
    await report.flush()
    if (stdout.failure() !== undefined) break
  }
  if (!command.events) for (const piece of differenceTable(differences, calls, { ...view, zone: command.zone })) stdout.write(piece)
  return station.close()
}
