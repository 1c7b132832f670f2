import type { ExplainCommand } from './Command.js'
import { explanationText } from './explanationText.js'
import type { ExitStatus } from './ExitStatus.js'
import { oneCall } from './oneCall.js'
import { jsonLine } from './printable.js'
import type { Station } from './Station.js'

/** Tells a person, or a program, what one call came to. */
export const explain = async (command: ExplainCommand, station: Station): Promise<ExitStatus> => {
  const explanation = await oneCall(command.callId, station)
  if (explanation !== undefined) station.stdout.write(command.format === 'json' ? jsonLine(explanation) : explanationText(explanation, command.zone))
  return station.close()
}
