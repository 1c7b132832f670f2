import { settingsOf } from '../config/Config.js'
import type { CallEvent, EpochMicros } from '../index.js'
import { gathering, type Ledger } from '../ledger/ledger.js'
import { readAll } from './readAll.js'
import type { Station } from './Station.js'

/** What the inputs come to, and when each call began: with its earliest dial. */
export interface ReadLedger extends Ledger {
  readonly began: ReadonlyMap<string, EpochMicros>
}

/** Reads all events and judges each call once; `also` sees each event. Anomalies are reported. */
export const ledgerOf = async (station: Station, also: (event: CallEvent) => void): Promise<ReadLedger> => {
  const { config, report } = station
  const { event, ledger } = gathering(settingsOf(config))
  const began = new Map<string, EpochMicros>()
  await readAll(station, (one) => {
    event(one)
    if (one.kind === 'dial' && one.at < (began.get(one.callId) ?? Infinity)) began.set(one.callId, one.at)
    also(one)
  })
  const end = ledger()
  for (const anomaly of end.anomalies) report.anomaly(anomaly)
  return { ...end, began }
}
