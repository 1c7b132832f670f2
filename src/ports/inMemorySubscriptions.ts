import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Subscription, SubscriptionError, Subscriptions } from './Subscriptions.js'

/**
 * Subscriptions that are kept in memory.
 *
 * @since 0.1.0
 * @category in memory
 */
export interface InMemorySubscriptions extends Subscriptions {
  /** All rows that are there now. */
  readonly rows: () => ReadonlyArray<Subscription>
}

/**
 * The stand-in for subscriptions: rows, and how many there may be in all.
 *
 * @param room default: as many as anybody wants
 *
 * @example
 * import { inMemorySubscriptions, outcome } from 'call-legs'
 * const pbx = inMemorySubscriptions([], 1)
 * const wanted = { extensionId: '85219', event: 'hangup', url: 'https://crm.example/hook', method: 'POST' } as const
 * assert.deepStrictEqual(await outcome(pbx.add(wanted)), { ok: true, value: { ...wanted, id: '1' } })
 * assert.deepStrictEqual(await outcome(pbx.add(wanted)), {
 *   ok: false,
 *   error: { kind: 'no-room', reason: 'there is room for 1' }
 * })
 * assert.deepStrictEqual(await outcome(pbx.remove({ extensionId: '85219', id: '1' })), { ok: true, value: 'removed' })
 * assert.deepStrictEqual(await outcome(pbx.remove({ extensionId: '85219', id: '1' })), { ok: true, value: 'gone' })
 *
 * @since 0.1.0
 * @category in memory
 */
export const inMemorySubscriptions = (initial: ReadonlyArray<Subscription> = [], room = Infinity): InMemorySubscriptions => {
  let rows = initial
  let last = 0
  const freeId = (): string => {
    do last++
    while (rows.some(({ id }) => id === String(last)))
    return String(last)
  }
  return {
    list: (extensionId) => TE.fromIO(() => rows.filter((row) => row.extensionId === extensionId)),
    add: (wanted) =>
      TE.fromIOEither<SubscriptionError, Subscription>(() => {
        if (rows.length >= room) return { _tag: 'Left', left: { kind: 'no-room', reason: `there is room for ${room}` } }
        const row = { ...wanted, id: freeId() }
        rows = [...rows, row]
        return { _tag: 'Right', right: row }
      }),
    remove: ({ extensionId, id }) =>
      TE.fromIO(() => {
        const before = rows.length
        rows = rows.filter((row) => row.id !== id || row.extensionId !== extensionId)
        return rows.length < before ? 'removed' : 'gone'
      }),
    rows: () => rows
  }
}
