import type { Call } from '../call/Call.js'
import type { EpochMicros } from '../event/time.js'

/** The revisions of records that changed after they were registered, by record id. A registered record that is not here has revision 1. */
export type Revisions = Readonly<Record<string, number>>

/** All of a call that is saved: everything else follows from it. */
export interface SavedCall {
  readonly call: Call
  readonly revisions: Revisions
}

/** R-expiry: a call that was let go: only its CallID is kept, until then. */
export interface GoneCall {
  readonly tag: 'gone'
  readonly callId: string
  readonly until: EpochMicros
}
