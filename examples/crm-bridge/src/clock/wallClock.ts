import { readFileSync } from 'node:fs'
import type { Clocks } from './ServiceClock.js'

/** What the file says, in microseconds; nothing, if there is none or it holds no number. */
const offsetIn = (file: string): number => {
  try {
    const milliseconds = Number(readFileSync(file, 'utf8').trim())
    return Number.isFinite(milliseconds) ? milliseconds * 1000 : 0
  } catch {
    return 0
  }
}

/** The machine's clocks. With a file of milliseconds, which is read again each time, the wall clock can be made to jump. */
export const machineClocks = (offsetFile: string | undefined): Clocks => ({
  wall: () => Date.now() * 1000 + (offsetFile === undefined ? 0 : offsetIn(offsetFile)),
  steady: () => performance.now() * 1000
})
