import { readFileSync } from 'node:fs'
import { inPlace } from '../correlator/State.js'
import { correlator } from '../index.js'
import { beginningOf } from '../summary/RecordedCall.js'
import type { ReportCommand } from './Command.js'
import type { ExitStatus } from './ExitStatus.js'
import { ledgerOf } from './ledgerOf.js'
import { passes } from './recordFilter.js'
import { reportPage } from './reportPage.js'
import type { Station } from './Station.js'
import { day, zoneName } from './when.js'

/** The program of the page lies beside that of the command. */
const program = (): string => readFileSync(new URL('./report.js', import.meta.url), 'utf8')

/** Reads all events, and writes the page of their records. */
export const report = async ({ zone, filter }: ReportCommand, station: Station): Promise<ExitStatus> => {
  const calls = correlator(station.config)
  let state = inPlace(calls.initial)
  const { records: all, began } = await ledgerOf(station, (event) => {
    ;[state] = calls.step(state, event)
  })
  const records = all.filter((record) => passes(filter, record))
  const days = records.flatMap((record) => beginningOf(record) ?? []).map((at) => day(zone, at)).sort()
  const [first, last] = [days[0], days.at(-1)]
  const title = first === undefined || last === undefined ? 'No calls' : first === last ? `Calls of ${first}` : `Calls of ${first} to ${last}`
  const page = reportPage({ title, zone: zoneName(zone), config: station.config, records, began: [...began], state: calls.encode(state), rejected: station.report.rejectedLines() }, program())
  for (const piece of page) station.output.write(piece)
  return station.close()
}
