import type { Micros } from 'call-legs'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Programme } from './programme.js'

/** What the player was told to do. */
export interface Order extends Programme {
  readonly to: string
  /** A recording; absent: the bundled day. */
  readonly file?: string
  readonly concurrency: number
  /** How often the recording is played, each time as other calls; 0: for ever. */
  readonly rounds: number
  /** Where to write what is sent, as `call-legs classify` reads it. */
  readonly write?: string
}

const numberBetween =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= min && value <= max)) throw new InvalidArgumentError(`a number from ${min} to ${max} is meant`)
    return value
  }

const wholeBetween =
  (min: number, max: number) =>
  (text: string): number => {
    const value = numberBetween(min, max)(text)
    if (!Number.isInteger(value)) throw new InvalidArgumentError('a whole number is meant')
    return value
  }

const MICROS_OF: Readonly<Record<string, Micros>> = { s: 1_000_000, m: 60_000_000, h: 3_600_000_000 }

const duration = (text: string): Micros => {
  const [, digits, unit] = /^(\d+)([smh])$/.exec(text) ?? []
  if (digits === undefined || unit === undefined) throw new InvalidArgumentError('a duration such as 30s, 45m or 2h is meant')
  return Number(digits) * (MICROS_OF[unit] ?? 0)
}

const address = (text: string): string => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new InvalidArgumentError('an http address is meant')
  return text
}

/** Reads the command line; an error of usage ends the process with status 2, as commander says it. */
export const orderOf = (argv: ReadonlyArray<string>): Order =>
  new Command('pbx')
    .description('A stand-in for a PBX: plays recorded events against a webhook over HTTP, with today\'s times.')
    .option('--to <url>', 'the webhook, with its secret if it has one', address, 'http://127.0.0.1:8080/hook')
    .option('--file <file>', 'one event a line, a JSON object or a form (default: the bundled day)')
    .option('--speed <factor>', 'so many times as fast as it happened (default: as fast as it is answered, the last event happens now)', numberBetween(0.01, 100_000))
    .option('--live <duration>', 'with --speed: the last so much of the recording in tempo, what was before at once', duration)
    .option('--shuffle <share>', 'the share of the events that come late', numberBetween(0, 1), 0.05)
    .option('--repeat <share>', 'the share of the events that come twice', numberBetween(0, 1), 0.05)
    .option('--places <number>', 'by how many places they come late at most', wholeBetween(1, 1_000_000), 6)
    .addOption(new Option('--method <method>', 'how they are sent').choices(['get', 'post', 'both']).default('both'))
    .option('--seed <number>', 'of all chance', wholeBetween(0, 0x7fff_ffff), 1)
    .option('--concurrency <number>', 'requests at a time', wholeBetween(1, 1_000), 4)
    .option('--rounds <number>', 'how often it is played, each time as other calls; 0: for ever', wholeBetween(0, 1_000_000), 1)
    .option('--write <file>', 'write what is sent, as call-legs classify reads it')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse(argv, { from: 'user' })
    .opts<Order>()
