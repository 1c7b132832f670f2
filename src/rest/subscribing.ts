import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { Extension } from '../ports/Directory.js'
import type { PortOptions } from '../ports/Port.js'
import type { NewSubscription, Subscription, SubscriptionError, Subscriptions } from '../ports/Subscriptions.js'
import { fulfils, slotOf, type SubscriptionPlan } from './subscriptionPlan.js'

/**
 * The rows of these extensions, one request at a time. An extension that the PBX does not know, or no longer, has none.
 *
 * @example
 * import { inMemorySubscriptions } from 'call-legs'
 * import { subscriptionsOf } from 'call-legs/rest'
 * const row = { id: '1', extensionId: '85219', event: 'hangup', url: 'https://crm.example/hook' }
 * const extensions = [{ id: '85219', name: '453*102', type: 'phone' }] as const
 * assert.deepStrictEqual(await subscriptionsOf(inMemorySubscriptions([row]))(extensions)(), { _tag: 'Right', right: [row] })
 *
 * @since 0.1.0
 * @category subscriptions
 */
export const subscriptionsOf =
  ({ list }: Pick<Subscriptions, 'list'>) =>
  (extensions: ReadonlyArray<Extension>, options?: PortOptions): Task<Either<SubscriptionError, ReadonlyArray<Subscription>>> =>
  async () => {
    const rows: Array<Subscription> = []
    for (const { id } of extensions) {
      const listed = await list(id, options)()
      if (!isLeft(listed)) rows.push(...listed.right)
      else if (listed.left.kind !== 'unknown-extension') return listed
    }
    return right(rows)
  }

/**
 * What became of one line of a plan.
 *
 * - `removed`: it is not there any more, whoever removed it
 * - `not-added`, `not-removed`: with the reason; what was not asked for after the PBX took no more has that reason too
 *
 * @since 0.1.0
 * @category subscriptions
 */
export type SubscriptionStep =
  | { readonly step: 'added'; readonly row: Subscription }
  | { readonly step: 'removed'; readonly row: Subscription }
  | { readonly step: 'not-added'; readonly wanted: NewSubscription; readonly error: SubscriptionError }
  | { readonly step: 'not-removed'; readonly row: Subscription; readonly error: SubscriptionError }

/** After these nothing that follows would fare better. A refusal, or a failure inside the PBX, may concern one row alone. */
const ENDS: ReadonlySet<SubscriptionError['kind']> = new Set(['misconfigured', 'unauthorized', 'rate-limited', 'cancelled', 'unreachable', 'timed-out'])

/** How often in all a row is sent whose answer gets lost. */
const ATTEMPTS = 3

/** Adds it, and looks before it tries again where nobody knows whether it is there: nothing is there twice. */
const addOnce = async ({ add, list }: Subscriptions, wanted: NewSubscription, options: PortOptions): Promise<Either<SubscriptionError, Subscription>> => {
  for (let attempt = 1; ; attempt++) {
    const answer = await add(wanted, options)()
    if (!isLeft(answer) || answer.left.kind !== 'perhaps-added') return answer
    const listed = await list(wanted.extensionId, options)()
    if (isLeft(listed)) return answer
    const there = listed.right.find((row) => fulfils(row, wanted))
    if (there !== undefined) return right(there)
    // it is not there: that it may be would be wrong
    if (attempt === ATTEMPTS) return left(answer.left.because)
  }
}

/** What ends everything, if this does. */
const endOf = (error: SubscriptionError): SubscriptionError | undefined => {
  const cause = error.kind === 'perhaps-added' ? error.because : error
  return ENDS.has(cause.kind) ? cause : undefined
}

/**
 * Carries a plan out, one request at a time, and tells each line as it is done: rows that nobody needs go first,
 * new ones come before those that they replace go. Where there is no room, the row that a new one replaces goes
 * before it; where that does not help either, adding ends, and what is missing is told. A row whose replacement
 * could not be added stays.
 *
 * @example
 * import { inMemorySubscriptions } from 'call-legs'
 * import { subscribing, subscriptionPlan } from 'call-legs/rest'
 * const pbx = inMemorySubscriptions([], 1)
 * const extensions = [{ id: '96857', name: '453*887', type: 'queue' }] as const
 * const plan = subscriptionPlan({ extensions, rows: [], url: 'https://crm.example/hook?secret=a-secret' })
 * assert.ok(plan._tag === 'Right')
 * const told = []
 * for await (const step of subscribing(pbx)(plan.right)) told.push(step.step)
 * assert.deepStrictEqual(told, ['added', 'not-added'])
 *
 * @since 0.1.0
 * @category subscriptions
 */
export const subscribing = (port: Subscriptions) =>
  async function* ({ add, remove }: SubscriptionPlan, options: PortOptions = {}): AsyncGenerator<SubscriptionStep, void, void> {
    let ended: SubscriptionError | undefined
    let full: SubscriptionError | undefined

    const takeAway = async (row: Subscription): Promise<SubscriptionStep> => {
      if (ended !== undefined) return { step: 'not-removed', row, error: ended }
      const answer = await port.remove(row, options)()
      if (!isLeft(answer)) return { step: 'removed', row }
      // an extension that is gone has taken its rows along
      if (answer.left.kind === 'unknown-extension') return { step: 'removed', row }
      ended = endOf(answer.left)
      return { step: 'not-removed', row, error: answer.left }
    }

    const replacing = new Set(add.map(slotOf))
    for (const row of remove) if (!replacing.has(slotOf(row))) yield await takeAway(row)

    for (const wanted of add) {
      let replaced = remove.filter((row) => slotOf(row) === slotOf(wanted))
      const why = ended ?? (replaced.length === 0 ? full : undefined)
      let answer: Either<SubscriptionError, Subscription> = why === undefined ? await addOnce(port, wanted, options) : left(why)
      const [first, ...others] = replaced
      if (first !== undefined && isLeft(answer) && answer.left.kind === 'no-room') {
        const gone = await takeAway(first)
        yield gone
        replaced = others
        if (gone.step === 'removed') answer = await addOnce(port, wanted, options)
      }
      if (isLeft(answer)) {
        const error = answer.left
        ended ??= endOf(error)
        if (error.kind === 'no-room') full = error
        yield { step: 'not-added', wanted, error }
        for (const row of replaced) yield { step: 'not-removed', row, error }
      } else {
        yield { step: 'added', row: answer.right }
        for (const row of replaced) yield await takeAway(row)
      }
    }
  }
