import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import type { Readable, Writable } from 'node:stream'
import type { Config } from '../index.js'
import type { ReadingCommand } from './Command.js'
import { readDirectory } from './directoryFile.js'
import { ALL_READ, NOT_READ, worse, type ExitStatus } from './ExitStatus.js'
import { inputsOf, isStandardInput, type Input } from './Input.js'
import { openOutput, overwritten } from './outputFile.js'
import { noProgress, progressOn, type Progress } from './Progress.js'
import { reporter, type NamedSink, type Reporter } from './Reporter.js'
import { sinkTo, type Sink } from './Sink.js'
import { systemErrorMessage } from './systemError.js'

/** The surroundings of a command: the streams of its process. */
export interface Surroundings {
  /** Asked for only when it is read: Node opens it then. */
  readonly stdin: () => Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable & { readonly isTTY?: boolean }
  readonly stderr: Writable & { readonly isTTY?: boolean }
  /** Milliseconds, only ever forward: for the progress. */
  readonly now: () => number
}

/** All that a command works with, once it has been opened. */
export interface Station {
  readonly config: Config
  readonly inputs: ReadonlyArray<Input>
  readonly stdout: Sink
  /** What `report` writes into: a file, or the standard output. */
  readonly output: Sink
  readonly report: Reporter
  readonly progress: Progress
  /** Ends all outputs; the exit status of the command. */
  readonly close: () => Promise<ExitStatus>
}

/** No file named: the standard input, but where events are not asked for. */
const filesOf = ({ name, files }: ReadingCommand): ReadonlyArray<string> => (files.length === 0 && name !== 'reconcile' ? ['-'] : files)

const readsStandardInput = (command: ReadingCommand): boolean => filesOf(command).some(isStandardInput)

/** Of several inputs the sum, if it is known of all. */
const totalOf = (inputs: ReadonlyArray<Input>): number | undefined =>
  inputs.reduce<number | undefined>((sum, { size }) => (sum === undefined || size === undefined ? undefined : sum + size), 0)

/** On a terminal where nobody is typing the input. */
const progressFor = (command: ReadingCommand, inputs: ReadonlyArray<Input>, { stdin, stderr, now }: Surroundings): Progress => {
  return stderr.isTTY !== true || (readsStandardInput(command) && stdin().isTTY === true) ? noProgress : progressOn(stderr, now, totalOf(inputs))
}

const openAll = (paths: ReadonlyArray<string | undefined>): Either<string, ReadonlyArray<NamedSink | undefined>> => {
  const opened: Array<NamedSink | undefined> = []
  for (const path of paths) {
    if (path === undefined) opened.push(undefined)
    else {
      const output = openOutput(path)
      if (isLeft(output)) return output
      opened.push(output.right)
    }
  }
  return right(opened)
}

/** The reader of standard output may leave early, as `head` does: no failure, and nothing to be said. */
const readerLeft = (failure: Error): boolean => 'code' in failure && failure.code === 'EPIPE'

/** Opens what the command names, before anything is read; left is why it cannot begin. */
export const openStation = async (command: ReadingCommand, around: Surroundings): Promise<Either<string, Station>> => {
  const directory = command.directory === undefined ? right({}) : await readDirectory(command.directory)
  if (isLeft(directory)) return directory
  // who follows the changes wants to know at once
  const everyAnomaly = command.name === 'classify' && (command.anomalies === '-' || (command.changes && command.anomalies === undefined))
  const page = command.name === 'report' && command.output !== '-' ? command.output : undefined
  const outputs = [command.rejects, command.name === 'classify' && command.anomalies !== '-' ? command.anomalies : undefined, page]
  const files = filesOf(command)
  const lost = overwritten(
    outputs.flatMap((path) => path ?? []),
    command.directory === undefined ? files : [...files, command.directory]
  )
  if (lost !== undefined) return left(`${lost}: would be written over another file of this command`)
  const opened = openAll(outputs)
  if (isLeft(opened)) return opened
  const [rejects, anomalies, output] = opened.right

  const inputs = inputsOf(files, around.stdin)
  const progress = progressFor(command, inputs, around)
  const stdout = sinkTo(around.stdout, progress.erase)
  if (readsStandardInput(command) && around.stdin().isTTY === true) {
    around.stderr.write('call-legs: waiting for events on this terminal, one a line; Ctrl-D ends the input\n')
  }
  const report = reporter({ stderr: sinkTo(around.stderr, progress.erase), zone: command.zone, rejects, anomalies, output, everyAnomaly })
  return right({
    config: { ...command.config, directory: directory.right },
    inputs,
    stdout,
    output: output?.sink ?? stdout,
    report,
    progress,
    close: async () => {
      progress.erase()
      await stdout.end()
      const failure = stdout.failure()
      const broken = failure !== undefined && !readerLeft(failure)
      if (broken) report.say(`standard output: ${systemErrorMessage(failure)}`, NOT_READ)
      return worse(await report.end(), broken ? NOT_READ : ALL_READ)
    }
  })
}
