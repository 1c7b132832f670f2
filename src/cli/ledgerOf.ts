import { settingsOf } from '../config/Config.js'
import type { CallEvent } from '../index.js'
import { gathering, type Ledger } from '../ledger/ledger.js'
import { readEvents } from './readEvents.js'
import type { Station } from './Station.js'

/** Reads all events and judges each call once; `also` sees each event. Anomalies are reported. */
export const ledgerOf = async ({ config, inputs, report, progress }: Station, also: (event: CallEvent) => void): Promise<Ledger> => {
  const { event, ledger } = gathering(settingsOf(config))
  await readEvents(
    inputs,
    {
      event: (one) => {
        event(one)
        also(one)
      },
      chunkRead: (lines, bytes) => {
        progress.show(lines, bytes)
        return undefined
      },
      stopped: () => false
    },
    report
  )
  progress.erase()
  const end = ledger()
  for (const anomaly of end.anomalies) report.anomaly(anomaly)
  return end
}
