import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { classify } from './classify.js'
import { takesColours } from './colours.js'
import type { ReadingCommand } from './Command.js'
import { parseCommandLine } from './commandLine.js'
import { draw } from './draw.js'
import { explain } from './explain.js'
import { NOT_READ, type ExitStatus } from './ExitStatus.js'
import { packageVersion } from './packageVersion.js'
import { pbxAccess } from './pbxAccess.js'
import { printable } from './printable.js'
import { reconcile } from './reconcile.js'
import { report } from './report.js'
import { simulate } from './simulate.js'
import { openStation, type Station, type Surroundings } from './Station.js'
import { subscribe } from './subscribe.js'
import { summary } from './summary.js'

const around: Surroundings = {
  stdin: () => process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => performance.now()
}

/** A terminal that does not say how wide it is. */
const USUAL = 80

const widthOf = (): number | undefined => (process.stdout.isTTY ? process.stdout.columns || USUAL : undefined)

const carryOut = (command: ReadingCommand, station: Station): Promise<ExitStatus> => {
  const isTerminal = process.stdout.isTTY
  const width = widthOf()
  switch (command.name) {
    case 'classify':
      return classify(command, station, { isTerminal, view: { width, colours: takesColours(isTerminal, process.env) } })
    case 'explain':
      return explain(command, station)
    case 'draw':
      return draw(command, station)
    case 'summary':
      return summary(command, station, width ?? Infinity)
    case 'report':
      return report(command, station)
    case 'reconcile': {
      const access = pbxAccess(process.env)
      if (isRight(access)) return reconcile(command, station, access.right, { width })
      station.report.say(access.left, NOT_READ)
      return station.close()
    }
  }
}

const run = async (): Promise<ExitStatus> => {
  const command = parseCommandLine(process.argv.slice(2), {
    version: packageVersion(),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text)
  })
  if (command.name === 'none') return command.status
  if (command.name === 'simulate') return simulate(command, process.stdout)
  if (command.name === 'subscribe') return subscribe(command, { env: process.env, stdout: process.stdout, stderr: process.stderr, width: widthOf() ?? Infinity })
  const station = await openStation(command, around)
  if (isLeft(station)) {
    process.stderr.write(`call-legs: ${printable(station.left)}\n`)
    return NOT_READ
  }
  return carryOut(command, station.right)
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
