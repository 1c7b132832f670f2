import type { Anomaly } from '../call/Anomaly.js'
import type { DecodeError } from '../event/DecodeError.js'
import type { CallRecord } from '../record/CallRecord.js'

/**
 * What a transition says about the ledger. `record.id` and `revision` together are the key of a sink
 * that must be idempotent: revisions of one id are 1, 2, 3 …
 *
 * @since 0.1.0
 * @category change
 */
export type Change =
  | { readonly change: 'registered'; readonly revision: number; readonly record: CallRecord }
  | { readonly change: 'revised'; readonly revision: number; readonly record: CallRecord; readonly previous: CallRecord }
  | { readonly change: 'retracted'; readonly revision: number; readonly previous: CallRecord }
  | { readonly change: 'anomaly'; readonly anomaly: Anomaly }
  | { readonly change: 'rejected'; readonly raw: unknown; readonly error: DecodeError }
