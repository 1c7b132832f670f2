import { Command as Parser, CommanderError, Option } from 'commander'
import type { Config, Micros } from '../index.js'
import type { ClassifyCommand, Command, ExplainCommand } from './Command.js'
import { parseDuration } from './duration.js'
import { ALL_READ, NOT_READ } from './ExitStatus.js'
import { CLASSIFY_HELP, EXPLAIN_HELP, MAIN_HELP } from './helpText.js'
import { isStandardInput } from './Input.js'
import { printable } from './printable.js'

/** As commander hands them over. */
interface ConfigOptions {
  readonly directory?: string
  readonly settle?: string
  readonly ringTimeout?: string
  readonly closedRetention?: string
  readonly openRetention?: string
  readonly missedRule?: 'never-accepted' | 'last-hangup'
  readonly missedAtPhone?: true
  readonly local?: true
  readonly rejects?: string
  readonly utc?: true
}

interface ClassifyOptions extends ConfigOptions {
  readonly format?: 'json' | 'table'
  readonly changes?: true
  readonly lateness?: string
  readonly anomalies?: string
}

/** Where the help, the version and the errors of usage go. */
export interface Answers {
  readonly version: string
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

const withConfigOptions = (parser: Parser): Parser =>
  parser
    .option('--directory <file>', 'JSON object: extension (name or numeric id) to phone, ivr, queue or fax')
    .option('--settle <duration>', 'how long after a call\'s last event a miss settles (default: 5s)')
    .option('--ring-timeout <duration>', 'for how long a phone that rings holds a miss back (default: 3m)')
    .option('--closed-retention <duration>', 'how long a call that has ended is held for late events (default: 2h)')
    .option('--open-retention <duration>', 'how long a call with something open is held (default: 24h)')
    .addOption(
      new Option(
        '--missed-rule <rule>',
        'never-accepted: a call with any Bridged=yes is no miss (default); last-hangup: the deciding hangup alone speaks'
      ).choices(['never-accepted', 'last-hangup'])
    )
    .option('--missed-at-phone', 'a call that saw no IVR and no queue is missed at its last phone')
    .option('--local', 'calls between extensions too')
    .option('--rejects <file>', 'keep the lines that cannot be decoded, verbatim')
    .option('--utc', 'times for people in UTC (default: the time zone of this machine, TZ)')

/** An error of usage: commander prints it and ends the parsing. */
const durationOf = (parser: Parser, flag: string, text: string | undefined): Micros | undefined => {
  if (text === undefined) return undefined
  return parseDuration(text) ?? parser.error(`error: ${flag} "${text}" is no duration such as 250ms, 10s, 3m, 2h or 1d`)
}

const configOf = (parser: Parser, options: ConfigOptions): Config => {
  const settle = durationOf(parser, '--settle', options.settle)
  const ringTimeout = durationOf(parser, '--ring-timeout', options.ringTimeout)
  const closedRetention = durationOf(parser, '--closed-retention', options.closedRetention)
  const openRetention = durationOf(parser, '--open-retention', options.openRetention)
  return {
    ...(settle === undefined ? {} : { settle }),
    ...(ringTimeout === undefined ? {} : { ringTimeout }),
    ...(closedRetention === undefined ? {} : { closedRetention }),
    ...(openRetention === undefined ? {} : { openRetention }),
    ...(options.missedRule === undefined ? {} : { missedRule: options.missedRule }),
    missedAtPhone: options.missedAtPhone === true,
    local: options.local === true
  }
}

const filesOf = (parser: Parser, files: ReadonlyArray<string>): ReadonlyArray<string> =>
  files.filter(isStandardInput).length > 1 ? parser.error('error: the standard input can be read only once') : files

const classifyCommand = (parser: Parser, files: ReadonlyArray<string>, options: ClassifyOptions): ClassifyCommand => {
  const { format, lateness, directory, rejects, anomalies } = options
  const changes = options.changes === true
  if (changes && format === 'table') parser.error('error: --changes prints JSON, it cannot be a table')
  return {
    name: 'classify',
    files: filesOf(parser, files),
    config: configOf(parser, options),
    zone: options.utc === true ? 'utc' : 'local',
    format,
    changes,
    lateness: durationOf(parser, '--lateness', lateness),
    directory,
    rejects,
    anomalies
  }
}

const explainCommand = (parser: Parser, id: string, files: ReadonlyArray<string>, options: ConfigOptions): ExplainCommand => {
  // a record's id begins with that of the call
  const [callId = ''] = id.toLowerCase().split('/')
  if (callId === '') parser.error(`error: "${id}" is no CallID`)
  return {
    name: 'explain',
    callId,
    files: filesOf(parser, files),
    config: configOf(parser, options),
    zone: options.utc === true ? 'utc' : 'local',
    directory: options.directory,
    rejects: options.rejects
  }
}

/** What the words of the command line say. Never throws: what is wrong with them has been told. */
export const parseCommandLine = (words: ReadonlyArray<string>, { version, out, err }: Answers): Command => {
  let command: Command = { name: 'none', status: ALL_READ }
  const main = new Parser('call-legs')
    .description('Turns the events of a hosted PBX into call records: who talked to whom, for how long, which call was missed.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: out,
      // one line per line of commander's own: what the user typed must not bring control characters along
      writeErr: (text) => err(text.split('\n').map(printable).join('\n')),
      outputError: (text, write) => write(`call-legs: ${text.replace(/^error: /, '')}`)
    })
    .addHelpText('after', MAIN_HELP)
  const classify = withConfigOptions(main.command('classify').argument('[FILE...]', 'one event a line (default, and -: the standard input)'))
    .description('events to call records')
    .addOption(
      new Option('--format <format>', 'json: one record a line; table: for people (default: table on a terminal, else json)')
        .choices(['json', 'table'])
    )
    .option('--changes', 'print changes as they come, as JSON')
    .option('--lateness <duration>', 'events come at most that late: calls are given up as time goes on')
    .option('--anomalies <file>', 'write every anomaly there as JSON, one a line; -: tell each on standard error (default: how many there are of each kind)')
    .addHelpText('after', CLASSIFY_HELP)
    .action((files: ReadonlyArray<string>, options: ClassifyOptions) => {
      command = classifyCommand(classify, files, options)
    })
  const explain = withConfigOptions(
    main.command('explain').argument('<CALL_ID>', 'the call, in any case; a record\'s id will do').argument('[FILE...]', 'as for classify')
  )
    .description('one call for a person: each leg, its record or why there is none, rule by rule')
    .addHelpText('after', EXPLAIN_HELP)
    .action((id: string, files: ReadonlyArray<string>, options: ConfigOptions) => {
      command = explainCommand(explain, id, files, options)
    })
  try {
    main.parse([...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) err(`call-legs: ${printable(String(error))}\n`)
    return { name: 'none', status: error instanceof CommanderError && error.exitCode === 0 ? ALL_READ : NOT_READ }
  }
  return command
}
