import { isLeft } from 'fp-ts/lib/Either.js'
import { classify } from './classify.js'
import { parseCommandLine } from './commandLine.js'
import { explain } from './explain.js'
import { NOT_READ, type ExitStatus } from './ExitStatus.js'
import { packageVersion } from './packageVersion.js'
import { printable } from './printable.js'
import { openStation, type Surroundings } from './Station.js'

const around: Surroundings = {
  stdin: () => process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => performance.now()
}

const run = async (): Promise<ExitStatus> => {
  const command = parseCommandLine(process.argv.slice(2), {
    version: packageVersion(),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text)
  })
  if (command.name === 'none') return command.status
  const station = await openStation(command, around)
  if (isLeft(station)) {
    process.stderr.write(`call-legs: ${printable(station.left)}\n`)
    return NOT_READ
  }
  return command.name === 'classify' ? classify(command, station.right, process.stdout.isTTY) : explain(command, station.right)
}

// whoever reads standard output or standard error may leave at any time: that is no crash
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)

try {
  process.exitCode = await run()
} catch (error) {
  process.stderr.write(`call-legs: a mistake of this program: ${printable(error instanceof Error ? error.message : String(error))}\n`)
  process.exitCode = NOT_READ
}
