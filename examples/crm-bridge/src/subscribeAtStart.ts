import { accessErrorMessage, outcome, subscriptionErrorMessage } from 'call-legs'
import { subscribing, subscriptionPlan, subscriptionsOf } from 'call-legs/rest'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Log } from './log.js'
import type { Pbx } from './pbxAccess.js'

/** The address of the events with the secret that the hook asks for. */
export const hookUrl = (url: string, secret: string | undefined): string => {
  const address = new URL(url)
  if (secret !== undefined) address.searchParams.set('secret', secret)
  return address.href
}

/**
 * Has the PBX send its events here: adds what is missing and removes what is out of date of ours, once. What
 * cannot be done is logged, and done at the next start. No URL of a subscription is logged: it holds a secret.
 */
export const subscribeAtStart = async ({ extensions, subscriptions }: Pick<Pbx, 'extensions' | 'subscriptions'>, url: string, log: Log): Promise<void> => {
  const failed = (why: string): void => log('warn', 'the PBX could not be asked for its subscriptions; they stay as they are until the next start', { why })
  const known = await extensions()
  if (!known.ok) return failed(accessErrorMessage(known.error))
  const rows = await outcome(subscriptionsOf(subscriptions)(known.value))
  if (!rows.ok) return failed(subscriptionErrorMessage(rows.error))
  const plan = subscriptionPlan({ extensions: known.value, rows: rows.value, url })
  if (isLeft(plan)) return failed(accessErrorMessage(plan.left))

  const names = new Map(known.value.map(({ id, name }) => [id, name]))
  const did = { added: 0, removed: 0 }
  const missing = new Map<string, ReadonlyArray<string>>()
  for await (const step of subscribing(subscriptions)(plan.right)) {
    if ('error' in step) {
      const { extensionId, event } = step.step === 'not-added' ? step.wanted : step.row
      const why = subscriptionErrorMessage(step.error)
      missing.set(why, [...(missing.get(why) ?? []), `${step.step}: ${names.get(extensionId) ?? extensionId} ${event}`])
    } else did[step.step] += 1
  }
  for (const [why, which] of missing) log('warn', 'the subscriptions are not as they should be; trying again at the next start', { why, which })
  log('info', 'subscriptions', { ...did, kept: plan.right.keep.length, ofOthers: plan.right.foreign.length })
}
