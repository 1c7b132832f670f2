import type { CallRecord } from 'call-legs'
import type { Activity } from './Activity.js'

/** A record as it is to be in the CRM, or as it was sent there. */
export interface Shown {
  readonly revision: number
  readonly retracted: boolean
  readonly record: CallRecord
  /** A link to its recording, once there is one. */
  readonly recording?: string
}

/** What a CRM is to make true. */
export interface Wanted extends Shown {
  readonly activity: Activity
}

/** What the CRM's answers were worth keeping: ids that it gave, by names of the sender's own. */
export type Memory = Readonly<Record<string, string>>

/** What is known of a record in the CRM. */
export interface Known {
  /** What was sent last, and is there; absent, if nothing is. */
  readonly sent?: Wanted
  readonly memory: Memory
  /** An attempt began whose end nobody knows: what it was to store may be there. */
  readonly doubt: boolean
  /** Keeps something before the attempt goes on; it throws if the attempt has become somebody else's. */
  readonly remember: (memory: Memory) => Promise<void>
  /** The attempt must be over by then. */
  readonly signal: AbortSignal
}

/**
 * What came of an attempt. `why` is the bridge's own sentence, without a number or a secret, and is logged; `detail`
 * is what the CRM had to say.
 *
 * - `done`: the CRM is as it was wanted; `remark`: but somebody should know this.
 * - `refused`: the CRM does not take this record as it is.
 * - `away`: the CRM takes nothing at all now, for `after` milliseconds if it said so.
 *
 * `sure`: nothing was stored.
 */
export type Delivered =
  | { readonly kind: 'done'; readonly memory: Memory; readonly remark?: string }
  | { readonly kind: 'refused'; readonly why: string; readonly detail?: string; readonly sure: boolean }
  | { readonly kind: 'away'; readonly why: string; readonly detail?: string; readonly sure: boolean; readonly after?: number }

/** A CRM behind its API. It throws nothing but what `remember` throws. */
export interface Crm {
  readonly name: 'amocrm' | 'bitrix24' | 'hubspot'
  /** Its address: what one account was sent is not in another. */
  readonly url: string
  readonly deliver: (wanted: Wanted, known: Known) => Promise<Delivered>
}
