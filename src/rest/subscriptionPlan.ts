import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { ExtensionType } from '../event/CallEvent.js'
import type { InvalidRequest } from '../ports/AccessError.js'
import type { Extension } from '../ports/Directory.js'
import type { NewSubscription, SubscribedEvent, Subscription } from '../ports/Subscriptions.js'
import { addressFor, hookAddress, isOurs, isSameAddress, ownAddress, textOf, type HookAddress } from './hookAddress.js'

/**
 * The kinds of events that each type of extension has to be subscribed to. An IVR refuses others; a fax makes no records.
 *
 * @since 0.1.0
 * @category subscriptions
 */
export const subscribedEvents: Readonly<Record<ExtensionType, ReadonlyArray<SubscribedEvent>>> = {
  phone: ['dial-in', 'dial-out', 'answer', 'hangup'],
  ivr: ['dial-in', 'hangup'],
  queue: ['dial-in', 'hangup'],
  fax: []
}

/**
 * What is there, and what is wanted.
 *
 * @since 0.1.0
 * @category subscriptions
 */
export interface SubscriptionState {
  /** Those whose events are wanted: all of the PBX; none, to take everything of ours back. */
  readonly extensions: ReadonlyArray<Extension>
  /** The rows that the PBX has, whoever they belong to. */
  readonly rows: ReadonlyArray<Subscription>
  /** Our address, with its secret: `https://crm.example/hook?secret=…`. The type of each extension is put on it as `ExtType`. */
  readonly url: string
  /** How the PBX sends. Default: POST. */
  readonly method?: 'GET' | 'POST'
  /** The field of the URL's query that carries the secret, as `webhook` has it. Default: `secret`. */
  readonly secretField?: string
}

/**
 * What has to be done. The URLs hold secrets, ours and other people's: nothing to be printed as it is.
 *
 * @since 0.1.0
 * @category subscriptions
 */
export interface SubscriptionPlan {
  /** Rows that are missing. */
  readonly add: ReadonlyArray<NewSubscription>
  /** Rows of ours that nobody wants any more: an old secret, another type, twice the same, a kind that makes no record. */
  readonly remove: ReadonlyArray<Subscription>
  /** Rows of ours that stay. */
  readonly keep: ReadonlyArray<Subscription>
  /** Somebody else's. They are never touched. */
  readonly foreign: ReadonlyArray<Subscription>
}

/** Two that are the same are for the same extension and the same kind of event. */
export const slotOf = ({ extensionId, event }: Pick<NewSubscription, 'extensionId'> & { readonly event: string }): string => JSON.stringify([extensionId, event])

const KINDS: ReadonlySet<string> = new Set(Object.values(subscribedEvents).flat())

/** An extension of unknown type, or a kind of event that this plan does not speak of: whoever put the row there knows why. */
const isBeyondThePlan = (type: ExtensionType | undefined, { event }: Subscription): boolean => type === undefined || !KINDS.has(event)

const wantedOf = (own: HookAddress, method: 'GET' | 'POST') => ({ id, type }: Extension): ReadonlyArray<NewSubscription> => {
  if (type === undefined) return []
  const url = textOf(addressFor(own, type))
  return subscribedEvents[type].map((event) => ({ extensionId: id, event, url, method }))
}

/** Is the row the one that is wanted? */
export const fulfils = (row: Subscription, wanted: NewSubscription): boolean => {
  const [there, asked] = [hookAddress(row.url), hookAddress(wanted.url)]
  const isThatAddress = there !== undefined && asked !== undefined && isSameAddress(there, asked)
  return slotOf(row) === slotOf(wanted) && isThatAddress && (row.method === undefined || row.method === wanted.method)
}

const plannedFor = (own: HookAddress, { extensions, rows, method = 'POST', secretField = 'secret' }: SubscriptionState): SubscriptionPlan => {
  const mine = (row: Subscription): boolean => {
    const address = hookAddress(row.url)
    return address !== undefined && isOurs(own, secretField, address)
  }
  const ours = rows.filter(mine)
  const types = new Map(extensions.map(({ id, type }) => [id, type]))
  const wanted = new Map(extensions.flatMap(wantedOf(own, method)).map((one) => [slotOf(one), one]))
  // of several rows that will do the first stays
  const kept = new Map<string, Subscription>()
  for (const row of ours) {
    const slot = slotOf(row)
    const want = wanted.get(slot)
    if (want !== undefined && fulfils(row, want) && !kept.has(slot)) kept.set(slot, row)
  }
  const stays = (row: Subscription): boolean =>
    kept.get(slotOf(row)) === row || (types.has(row.extensionId) && isBeyondThePlan(types.get(row.extensionId), row))
  return {
    add: [...wanted].flatMap(([slot, want]) => (kept.has(slot) ? [] : [want])),
    remove: ours.filter((row) => !stays(row)),
    keep: ours.filter(stays),
    foreign: rows.filter((row) => !mine(row))
  }
}

/**
 * What to add and what to remove, so that the PBX sends us what makes records: pure. A row is ours if its URL is
 * ours up to the secret and `ExtType`: the same scheme, host, port, path and other fields of the query, in
 * whatever order. After it was carried out the plan is empty.
 *
 * On the extensions that are given, our rows of a kind that makes no record anywhere (`voicemail`), and those of
 * an extension of unknown type, stay. On extensions that are not given everything of ours goes.
 *
 * @example
 * import { subscriptionPlan } from 'call-legs/rest'
 * const extensions = [{ id: '96857', name: '453*887', type: 'queue' }] as const
 * const old = { id: '1', extensionId: '96857', event: 'hangup', url: 'https://crm.example/hook?secret=old&ExtType=queue' }
 * const other = { id: '2', extensionId: '96857', event: 'hangup', url: 'https://other.example/hook' }
 * const plan = subscriptionPlan({ extensions, rows: [old, other], url: 'https://crm.example/hook?secret=new' })
 * const url = 'https://crm.example/hook?secret=new&ExtType=queue'
 * assert.deepStrictEqual(plan, {
 *   _tag: 'Right',
 *   right: {
 *     add: [
 *       { extensionId: '96857', event: 'dial-in', url, method: 'POST' },
 *       { extensionId: '96857', event: 'hangup', url, method: 'POST' }
 *     ],
 *     remove: [old],
 *     keep: [],
 *     foreign: [other]
 *   }
 * })
 *
 * @since 0.1.0
 * @category subscriptions
 */
export const subscriptionPlan = (state: SubscriptionState): Either<InvalidRequest, SubscriptionPlan> =>
  pipe(
    ownAddress(state.url),
    E.map((own) => plannedFor(own, state))
  )
