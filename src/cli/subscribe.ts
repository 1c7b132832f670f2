import type { Writable } from 'node:stream'
import { isLeft } from 'fp-ts/lib/Either.js'
import { accessErrorMessage, minutes, subscriptionErrorMessage, type Extension } from '../index.js'
import { restPorts, subscribing, subscriptionPlan, subscriptionsOf, type SubscriptionStep } from '../rest/index.js'
import type { SubscribeCommand } from './Command.js'
import { ALL_READ, NOT_READ, SOME_REJECTED, type ExitStatus } from './ExitStatus.js'
import { pbxAccess, withSecret } from './pbxAccess.js'
import { planTable } from './planTable.js'
import { printable } from './printable.js'

/** What the command works with. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly stdout: Writable
  readonly stderr: Writable & { readonly isTTY?: boolean }
  /** Columns of the terminal. */
  readonly width: number
}

type Failed = Extract<SubscriptionStep, { readonly error: unknown }>

/** What was not done, each reason once: `not added: 453*102 hangup, 453*887 dial-in: the PBX …` */
const failures = (failed: ReadonlyArray<Failed>, nameOf: (extensionId: string) => string): ReadonlyArray<string> => {
  const lines = new Map<string, ReadonlyArray<string>>()
  for (const step of failed) {
    const { extensionId, event } = step.step === 'not-added' ? step.wanted : step.row
    const why = `${subscriptionErrorMessage(step.error)}\n  ${step.step === 'not-added' ? 'not added' : 'not removed'}: `
    lines.set(why, [...(lines.get(why) ?? []), `${nameOf(extensionId)} ${event}`])
  }
  return [...lines].map(([why, what]) => `${why}${what.join(', ')}`)
}

/** Shows the plan, and carries it out. */
export const subscribe = async ({ url, dryRun, remove }: SubscribeCommand, { env, stdout, stderr, width }: Surroundings): Promise<ExitStatus> => {
  const say = (sentence: string): void => void stderr.write(`call-legs: ${sentence.split('\n').map(printable).join('\n')}\n`)
  const progress = (text: string): void => {
    if (stderr.isTTY === true) stderr.write(`\r\u001b[K${text}`)
  }
  const giveUp = (sentence: string): ExitStatus => {
    progress('')
    say(sentence)
    return NOT_READ
  }

  const pbx = pbxAccess(env)
  if (isLeft(pbx)) return giveUp(pbx.left)
  // a person waits for the plan; for months of history he may wait longer
  const { extensions: directory, subscriptions } = restPorts({ ...pbx.right, rateLimitWait: minutes(1) })
  const target = withSecret(url, env)
  const early = subscriptionPlan({ extensions: [], rows: [], url: target })
  if (isLeft(early)) return giveUp(`--url ${early.left.reason}`)

  progress('reading what is subscribed')
  const extensions = await directory()()
  if (isLeft(extensions)) return giveUp(accessErrorMessage(extensions.left))
  const rows = await subscriptionsOf(subscriptions)(extensions.right)()
  if (isLeft(rows)) return giveUp(subscriptionErrorMessage(rows.left))
  const plan = subscriptionPlan({ extensions: remove ? [] : extensions.right, rows: rows.right, url: target })
  if (isLeft(plan)) return giveUp(`--url ${plan.left.reason}`)

  progress('')
  for (const piece of planTable(plan.right, extensions.right, width)) stdout.write(piece)
  const of = plan.right.add.length + plan.right.remove.length
  if (dryRun || of === 0) return ALL_READ

  const failed: Array<Failed> = []
  const did = { added: 0, removed: 0 }
  for await (const step of subscribing(subscriptions)(plan.right)) {
    if ('error' in step) failed.push(step)
    else did[step.step]++
    progress(`${did.added + did.removed + failed.length} of ${of}`)
  }
  progress('')
  stdout.write(`added: ${did.added}, removed: ${did.removed}\n`)
  const names = new Map(extensions.right.map(({ id, name }: Extension) => [id, name]))
  for (const sentence of failures(failed, (id) => names.get(id) ?? id)) say(sentence)
  return failed.length === 0 ? ALL_READ : SOME_REJECTED
}
