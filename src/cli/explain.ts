import { correlator } from '../index.js'
import type { ExplainCommand } from './Command.js'
import { explanationText } from './explanationText.js'
import { SOME_REJECTED, type ExitStatus } from './ExitStatus.js'
import { readEvents } from './readEvents.js'
import type { Station } from './Station.js'

/** Reads all events, and tells a person what one call came to. Only the events of that call are held. */
export const explain = async (command: ExplainCommand, station: Station): Promise<ExitStatus> => {
  const { stdout, report, progress } = station
  const calls = correlator(station.config)
  let state = calls.initial
  await readEvents(
    station.inputs,
    {
      event: (event) => {
        if (event.callId === command.callId) [state] = calls.step(state, event)
      },
      chunkRead: (lines) => {
        progress.show(lines)
        return undefined
      },
      stopped: () => false
    },
    report
  )
  progress.erase()
  const explanation = calls.explain(state, command.callId, Infinity)
  if (explanation === undefined) report.say(`no event of call ${command.callId} was read`, SOME_REJECTED)
  else stdout.write(explanationText(explanation, command.zone))
  return station.close()
}
