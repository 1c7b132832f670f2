import type { Command as Parser } from 'commander'
import type { SubscribeCommand } from './Command.js'
import { printable } from './printable.js'

interface SubscribeOptions {
  readonly url: string
  readonly dryRun?: boolean
  readonly remove?: boolean
}

const SUBSCRIBE_HELP = `
Phones are subscribed to dial-in, dial-out, answer and hangup, IVRs and queues to dial-in and hangup. What the
extension is stands in its URL (ExtType). Subscriptions are ours if their URL is the one of --url, whatever its
secret and ExtType; all others stay as they are. A second run has nothing to do.

The environment says which PBX:
  PBX_URL        where its API is: https://apiproxy.telphin.ru
  PBX_CLIENT_ID      of the application that is registered there
  PBX_CLIENT_SECRET
  HOOK_SECRET    the secret of --url, if --url itself has none

Exit status:
  0  the subscriptions are as they should be (--dry-run: the plan is printed)
  1  some could not be added or removed: which, and why, is on standard error; run it again
  2  usage, or the PBX could not be asked; nothing was changed
`

/** The words of the user as an error shows them: the query of an address holds its secret. */
const withoutQueries = (text: string): string => text.replace(/\?[^\s'")]+/g, '?…')

/** Adds the command, and says when it is what the user wants. */
export const addSubscribe = (main: Parser, wanted: (command: SubscribeCommand) => void): void => {
  main
    .command('subscribe')
    .description('has the PBX send its events: the subscriptions of all extensions, as a plan and carried out')
    .requiredOption('--url <url>', 'where the events are to go: https://crm.example/hook?secret=…')
    .option('--dry-run', 'print the plan and change nothing')
    .option('--remove', 'remove all subscriptions that are ours')
    .configureOutput({ outputError: (text, write) => write(`call-legs: ${printable(withoutQueries(text.trimEnd())).replace(/^error: /, '')}\n`) })
    .addHelpText('after', SUBSCRIBE_HELP)
    .action(({ url, dryRun = false, remove = false }: SubscribeOptions) => {
      wanted({ name: 'subscribe', url, dryRun, remove })
    })
}
