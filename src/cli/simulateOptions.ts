import type { Command as Parser } from 'commander'
import type { SimulateCommand } from './Command.js'

/** As commander hands them over. */
interface SimulateOptions {
  readonly calls: number
  readonly seed: number
  readonly days: number
  readonly shuffle?: boolean
  readonly repeat?: boolean
  readonly loss?: boolean
}

const SIMULATE_HELP = `
The company is the one of examples/directory.json. Its PBX says what each extension is (ExtType), so that
classify needs the directory for short numbers only. Calls begin between 9:00 and 18:00 in Moscow, from 3 June 2026 on.
The same options give the same bytes. What befalls the events changes none of the calls.
`

const MOST = 0xffff_ffff

/** An error of usage: commander prints it and ends the parsing. */
const whole = (parser: Parser, flag: string, least: number) => (text: string): number =>
  /^\d+$/.test(text) && Number(text) >= least && Number(text) <= MOST
    ? Number(text)
    : parser.error(`error: ${flag} "${text}" is no whole number from ${least} to ${MOST}`)

/** Adds the command, and says when it is what the user wants. */
export const addSimulate = (main: Parser, wanted: (command: SimulateCommand) => void): void => {
  const parser = main.command('simulate')
  parser
    .description('events of a PBX that is played, one a line as JSON: to try things with')
    .option('--calls <number>', 'how many calls (default: 100)', whole(parser, '--calls', 0), 100)
    .option('--seed <number>', 'another number, other calls (default: 1)', whole(parser, '--seed', 0), 1)
    .option('--days <number>', 'over how many days they are spread (default: 1)', whole(parser, '--days', 1), 1)
    .option('--shuffle', 'one event of five comes late, by up to twenty places')
    .option('--repeat', 'one event of twenty comes again')
    .option('--loss', 'one event of fifty is lost')
    .addHelpText('after', SIMULATE_HELP)
    .action(({ calls, seed, days, shuffle = false, repeat = false, loss = false }: SimulateOptions) => {
      wanted({ name: 'simulate', calls, seed, days, shuffle, repeat, loss })
    })
}
