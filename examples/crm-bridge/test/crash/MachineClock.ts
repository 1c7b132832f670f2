import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The wall clock of a machine, as its bridges see it. */
export interface MachineClock {
  /** For the environment of the bridges. */
  readonly env: Readonly<Record<string, string>>
  /** It now differs from the true time by so many milliseconds. */
  readonly jumpTo: (offset: number) => void
  readonly remove: () => void
}

export const machineClock = (): MachineClock => {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-clock-'))
  const file = join(folder, 'offset')
  const jumpTo = (offset: number): void => {
    // a file that is half written would be another time
    writeFileSync(`${file}.new`, String(offset))
    renameSync(`${file}.new`, file)
  }
  jumpTo(0)
  return { env: { BRIDGE_CLOCK_OFFSET_FILE: file }, jumpTo, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
