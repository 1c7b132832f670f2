import type { Anomaly } from '../call/Anomaly.js'
import type { Direction, CallEvent } from '../event/CallEvent.js'
import type { EpochMicros } from '../event/time.js'
import type { LegRecord, MissedRecord } from '../record/CallRecord.js'
import type { RuleName } from '../record/rules.js'

/**
 * One leg of a call, and why there is a record of it or none.
 *
 * @since 0.1.0
 * @category explanation
 */
export interface LegExplanation {
  /** `<subCallId>`, and `/transferred` behind it for a `Transfered` leg. */
  readonly leg: string
  /** Absent: nothing tells it. */
  readonly direction?: Direction
  /** The one that sent the events (`R-ext`). */
  readonly extension?: string
  /** `special`: an IVR or a queue, unknown which. */
  readonly extensionType: 'phone' | 'ivr' | 'queue' | 'special' | 'fax'
  /** The number of the other side. */
  readonly remoteNumber?: string
  /** The counting dial, answer and hangup, then whatever was outdone by them. */
  readonly events: ReadonlyArray<CallEvent>
  /** The record, if there is one by now. */
  readonly record?: LegRecord
  /** The rules that made the record so, or that say why there is none. */
  readonly because: ReadonlyArray<RuleName>
  /** One sentence: what became of the leg. */
  readonly verdict: string
}

/**
 * Whether the call is missed, and why.
 *
 * @since 0.1.0
 * @category explanation
 */
export interface MissedExplanation {
  /** The record, if the miss holds and has settled. */
  readonly record?: MissedRecord
  /** The rules that decided. */
  readonly because: ReadonlyArray<RuleName>
  /** One sentence: what became of the call. */
  readonly verdict: string
}

/**
 * What one call came to, leg by leg in the order in which they began.
 *
 * @since 0.1.0
 * @category explanation
 */
export interface CallExplanation {
  /** The call, in lower case. */
  readonly callId: string
  /** `held`, or `gone`: let go, only its CallID is kept. */
  readonly state: 'held' | 'gone'
  /** The call's client, if known. */
  readonly client?: string
  /** The call was started through the API. */
  readonly callBackId?: string
  /** In the order in which they began. */
  readonly legs: ReadonlyArray<LegExplanation>
  /** Whether it is missed, and why. */
  readonly missed: MissedExplanation
  /** The oddities as they stand now. */
  readonly anomalies: ReadonlyArray<Anomaly>
  /** When a tick will next change something of this call, if ever. */
  readonly due?: EpochMicros
}
