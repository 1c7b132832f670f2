import { mermaid } from '../diagram/mermaid.js'
import { timeline } from '../diagram/timeline.js'
import type { DrawCommand } from './Command.js'
import type { ExitStatus } from './ExitStatus.js'
import { oneCall } from './oneCall.js'
import type { Station } from './Station.js'
import { clockTime, day } from './when.js'

/** Draws one call. */
export const draw = async ({ callId, format, zone }: DrawCommand, station: Station): Promise<ExitStatus> => {
  const explanation = await oneCall(callId, station)
  if (explanation !== undefined) {
    const when = (at: number): string => `${day(zone, at)} ${clockTime(zone, at)}${zone === 'utc' ? ' UTC' : ''}`
    station.stdout.write(format === 'mermaid' ? mermaid(explanation) : `${timeline(explanation, { when })}\n`)
  }
  return station.close()
}
