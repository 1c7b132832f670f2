import { seconds } from '../index.js'
import { timeZone } from '../summary/index.js'
import type { SummaryCommand } from './Command.js'
import { NOT_READ, type ExitStatus } from './ExitStatus.js'
import { ledgerOf } from './ledgerOf.js'
import { passes } from './recordFilter.js'
import type { Station } from './Station.js'
import { summaryTable } from './summaryTable.js'
import { zoneName } from './when.js'

/** The promise of call centres against which the service level is told: answered within 20 seconds. */
const WITHIN = seconds(20)

/** Reads all events, and prints what their records come to. */
export const summary = async ({ zone, filter }: SummaryCommand, station: Station, width: number): Promise<ExitStatus> => {
  let now = 0
  const { records, began } = await ledgerOf(station, ({ at }) => {
    now = Math.max(now, at)
  })
  const known = timeZone(zoneName(zone))
  if (known === undefined) station.report.say(`the time zone ${zoneName(zone)} is not known here`, NOT_READ)
  else for (const piece of summaryTable(records.filter((record) => passes(filter, record)), { zone: known, now, width, target: { within: WITHIN }, began })) station.stdout.write(piece)
  return station.close()
}
