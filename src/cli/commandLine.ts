import { Command as Parser, CommanderError, Option } from 'commander'
import type { CallRecord, Config, Micros } from '../index.js'
import type { Command } from './Command.js'
import { parseDuration } from './duration.js'
import { ALL_READ, NOT_READ } from './ExitStatus.js'
import { CLASSIFY_HELP, MAIN_HELP, ONE_CALL_HELP, READING_HELP, RECONCILE_HELP } from './helpText.js'
import { isStandardInput } from './Input.js'
import { printable } from './printable.js'
import { parseMoment, type RecordFilter } from './recordFilter.js'
import { addSimulate } from './simulateOptions.js'
import { addSubscribe } from './subscribeOptions.js'
import type { Zone } from './when.js'

/** Where the help, the version and the errors of usage go. */
export interface Answers {
  readonly version: string
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** As commander hands the options over, each parsed where it is named. */
type ConfigOptions = Pick<Config, 'settle' | 'ringTimeout' | 'closedRetention' | 'openRetention' | 'missedRule' | 'missedAtPhone' | 'local'>
interface Options extends ConfigOptions, Pick<RecordFilter, 'kind' | 'number' | 'extension'> {
  readonly directory?: string
  readonly rejects?: string
  readonly utc?: true
  /** These two are read in the zone that another option names. */
  readonly since?: string
  readonly until?: string
}

type ClassifyOptions = Options & { readonly format?: 'json' | 'table' | 'csv'; readonly changes?: true; readonly lateness?: Micros; readonly anomalies?: string }

const KINDS = Object.keys({ answered: null, transferred: null, callback: null, missed: null, unsuccessful: null, incomplete: null } satisfies Record<CallRecord['kind'], null>)

/** An error of usage: commander prints it and ends the parsing. */
const duration = (parser: Parser, flag: string) => (text: string): Micros =>
  parseDuration(text) ?? parser.error(`error: ${flag} "${text}" is no duration such as 250ms, 10s, 3m, 2h or 1d`)

const listed = (text: string, before: ReadonlyArray<string> = []): ReadonlyArray<string> => [...before, ...text.split(',').filter((one) => one !== '')]

const kinds = (parser: Parser) => (text: string, before: ReadonlyArray<string> | undefined): ReadonlyArray<string> => {
  const all = listed(text, before)
  const wrong = all.find((one) => !KINDS.includes(one))
  return wrong === undefined ? all : parser.error(`error: --kind "${wrong}" is none of ${KINDS.join(', ')}`)
}

/** An option with a duration, read by its own name. */
const lasting = (parser: Parser, name: string, description: string): Option =>
  new Option(`--${name} <duration>`, description).argParser(duration(parser, `--${name}`))

/** The command with the options of all commands that read events. */
const reading = (parser: Parser): Parser =>
  parser
    .option('--directory <file>', 'JSON object: extension (name or numeric id) to phone, ivr, queue or fax')
    .addOption(lasting(parser, 'settle', 'how long after a call\'s last event a miss settles (default: 5s)'))
    .addOption(lasting(parser, 'ring-timeout', 'for how long a phone that rings holds a miss back (default: 3m)'))
    .addOption(lasting(parser, 'closed-retention', 'how long a call that has ended is held for late events (default: 2h)'))
    .addOption(lasting(parser, 'open-retention', 'how long a call with something open is held (default: 24h)'))
    .addOption(
      new Option('--missed-rule <rule>', 'never-accepted: a call with any Bridged=yes is no miss (default); last-hangup: the deciding hangup alone speaks').choices(['never-accepted', 'last-hangup'])
    )
    .option('--missed-at-phone', 'a call that saw no IVR and no queue is missed at its last phone')
    .option('--local', 'calls between extensions too')
    .option('--rejects <file>', 'keep the lines that cannot be decoded, verbatim')
    .option('--utc', 'times for people in UTC (default: the time zone of this machine, TZ)')

/** The command with the options that choose among the records. */
const choosing = (parser: Parser): Parser =>
  parser
    .option('--since <when>', 'records that began then or later: 2026-06-03, 2026-06-03T10:30, 2026-06-03T10:30:00+03:00')
    .option('--until <when>', 'records that began before then; a day counts whole')
    .addOption(new Option('--kind <kind>', `${KINDS.join(', ')}; several with commas`).argParser(kinds(parser)))
    .addOption(new Option('--number <number>', 'the client\'s number, or its last digits; several with commas').argParser(listed))
    .addOption(new Option('--extension <extension>', '453*101, or 101; several with commas').argParser(listed))

const configOf = ({ settle, ringTimeout, closedRetention, openRetention, missedRule, missedAtPhone = false, local = false }: Options): Config => ({
  ...(settle === undefined ? {} : { settle }),
  ...(ringTimeout === undefined ? {} : { ringTimeout }),
  ...(closedRetention === undefined ? {} : { closedRetention }),
  ...(openRetention === undefined ? {} : { openRetention }),
  ...(missedRule === undefined ? {} : { missedRule }),
  missedAtPhone,
  local
})

const zoneOf = ({ utc }: Options): Zone => (utc === true ? 'utc' : 'local')

/** What all of these commands are told. */
const told = (parser: Parser, files: ReadonlyArray<string>, options: Options) => ({
  files: files.filter(isStandardInput).length > 1 ? parser.error('error: the standard input can be read only once') : files,
  config: configOf(options),
  zone: zoneOf(options),
  directory: options.directory,
  rejects: options.rejects
})

const filterOf = (parser: Parser, options: Options): RecordFilter => {
  const { kind, number, extension } = options
  const moment = (flag: string, text: string | undefined, edge: 'begins' | 'ends') =>
    text === undefined ? undefined : (parseMoment(text, zoneOf(options), edge) ?? parser.error(`error: ${flag} "${text}" is no day and no moment such as 2026-06-03 or 2026-06-03T10:30`))
  const [since, until] = [moment('--since', options.since, 'begins'), moment('--until', options.until, 'ends')]
  const wrong = number?.find((one) => !/\d/.test(one))
  if (wrong !== undefined) parser.error(`error: --number "${wrong}" has no digit`)
  return {
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(kind === undefined ? {} : { kind }),
    ...(number === undefined ? {} : { number }),
    ...(extension === undefined ? {} : { extension })
  }
}

/** A record's id begins with that of the call. */
const callIdOf = (parser: Parser, id: string): string => {
  const [callId = ''] = id.toLowerCase().split('/')
  return callId === '' ? parser.error(`error: "${id}" is no CallID`) : callId
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
  const files = '[FILE...]'
  const filesHelp = 'one event a line, packed by gzip or not (default, and -: the standard input)'
  const callHelp = 'the call, in any case, cut short as long as it is the only one; a record\'s id will do'

  const classify = choosing(reading(main.command('classify').argument(files, filesHelp)))
    .description('events to call records')
    .addOption(new Option('--format <format>', 'json: one record a line; table: for people; csv: for a spreadsheet (default: table on a terminal, else json)').choices(['json', 'table', 'csv']))
    .option('--changes', 'print changes as they come, as JSON')
    .option('--anomalies <file>', 'write every anomaly there as JSON, one a line; -: tell each on standard error (default: how many there are of each kind)')
    .addHelpText('after', CLASSIFY_HELP)
    .action((named: ReadonlyArray<string>, options: ClassifyOptions) => {
      const { format, lateness, anomalies, changes = false } = options
      if (changes && format !== undefined && format !== 'json') classify.error(`error: --changes prints JSON, it cannot be ${format === 'table' ? 'a table' : 'CSV'}`)
      command = { name: 'classify', ...told(classify, named, options), filter: filterOf(classify, options), format, changes, lateness, anomalies }
    })
  classify.addOption(lasting(classify, 'lateness', 'events come at most that late: calls are given up as time goes on'))

  const explain = reading(main.command('explain').argument('<CALL_ID>', callHelp).argument(files, filesHelp))
    .description('one call for a person: each leg, its record or why there is none, rule by rule')
    .addOption(new Option('--format <format>', 'text: for a person; json: for a program').choices(['text', 'json']).default('text'))
    .addHelpText('after', ONE_CALL_HELP)
    .action((id: string, named: ReadonlyArray<string>, options: Options & { readonly format: 'text' | 'json' }) => {
      command = { name: 'explain', callId: callIdOf(explain, id), ...told(explain, named, options), format: options.format }
    })

  const draw = reading(main.command('draw').argument('<CALL_ID>', callHelp).argument(files, filesHelp))
    .description('one call as a picture')
    .addOption(new Option('--format <format>', 'svg: a timeline; mermaid: a sequence diagram').choices(['svg', 'mermaid']).default('svg'))
    .addHelpText('after', ONE_CALL_HELP)
    .action((id: string, named: ReadonlyArray<string>, options: Options & { readonly format: 'svg' | 'mermaid' }) => {
      command = { name: 'draw', callId: callIdOf(draw, id), ...told(draw, named, options), format: options.format }
    })

  const summary = choosing(reading(main.command('summary').argument(files, filesHelp)))
    .description('whom to call back, and the figures by hour, day, extension and kind')
    .addHelpText('after', READING_HELP)
    .action((named: ReadonlyArray<string>, options: Options) => {
      command = { name: 'summary', ...told(summary, named, options), filter: filterOf(summary, options) }
    })

  const report = choosing(reading(main.command('report').argument(files, filesHelp)))
    .description('a page in one file: totals, whom to call back, every record with its timeline and explanation')
    .requiredOption('-o, --output <file>', 'where to write it; -: the standard output')
    .addHelpText('after', READING_HELP)
    .action((named: ReadonlyArray<string>, options: Options & { readonly output: string }) => {
      command = { name: 'report', ...told(report, named, options), filter: filterOf(report, options), output: options.output }
    })

  const reconcile = reading(main.command('reconcile').argument(files, 'events that are known, one a line, packed by gzip or not (default: none; -: the standard input)'))
    .description('what the PBX\'s call history knows and the events do not')
    .requiredOption('--since <when>', 'calls that began then or later: 2026-06-03, 2026-06-03T10:30, 2026-06-03T10:30:00+03:00')
    .option('--until <when>', 'calls that began before then; a day counts whole (default: now)')
    .option('--events', 'print the events that bring what is missing, as JSON, for classify')
    .addHelpText('after', RECONCILE_HELP)
    .action((named: ReadonlyArray<string>, options: Options & { readonly events?: true }) => {
      const { since = 0, until } = filterOf(reconcile, options)
      command = { name: 'reconcile', ...told(reconcile, named, options), since, until, events: options.events === true }
    })

  addSimulate(main, (found) => {
    command = found
  })
  addSubscribe(main, (found) => {
    command = found
  })

  try {
    main.parse([...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) err(`call-legs: ${printable(String(error))}\n`)
    return { name: 'none', status: error instanceof CommanderError && error.exitCode === 0 ? ALL_READ : NOT_READ }
  }
  return command
}
