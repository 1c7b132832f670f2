import type { CallEvent } from '../index.js'
import { readEvents } from './readEvents.js'
import type { Station } from './Station.js'

/** Reads all events of a command that prints nothing before their end. */
export const readAll = async ({ inputs, report, progress }: Station, event: (event: CallEvent) => void): Promise<void> => {
  const chunkRead = (lines: number, bytes: number): undefined => {
    progress.show(lines, bytes)
    return undefined
  }
  await readEvents(inputs, { event, chunkRead, stopped: () => false }, report)
  progress.erase()
}
