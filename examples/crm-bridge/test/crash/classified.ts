import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toLines, type WireEvent } from '../../pbx/recording.js'

/** What `call-legs classify`, as it was built, makes of some events. */
export interface Classified {
  /** The ledger: a record a line. */
  readonly ledger: string
  /** An anomaly a line, sorted: their order is that of the calls' end, which is another for a service. */
  readonly anomalies: ReadonlyArray<string>
  /** How many different lines it could not decode. */
  readonly rejected: number
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

export const DIRECTORY = path('../../../directory.json')

const linesOf = (text: string): ReadonlyArray<string> => text.split('\n').filter((line) => line !== '')

export const classified = (events: ReadonlyArray<WireEvent>): Classified => {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-classify-'))
  const [rejects, anomalies] = [join(folder, 'rejects'), join(folder, 'anomalies')]
  try {
    const args = ['classify', '--format', 'json', '--directory', DIRECTORY, '--rejects', rejects, '--anomalies', anomalies, '-']
    const { status, stdout, stderr } = spawnSync(process.execPath, [path('../../../../dist/cli.js'), ...args], {
      input: toLines(events),
      encoding: 'utf8',
      maxBuffer: 1 << 28
    })
    if (status !== 0 && status !== 1) throw new Error(`call-legs classify ended with ${status}:\n${stderr}`)
    return {
      ledger: stdout,
      anomalies: [...linesOf(readFileSync(anomalies, 'utf8'))].sort(),
      rejected: new Set(status === 1 ? linesOf(readFileSync(rejects, 'utf8')) : []).size
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
