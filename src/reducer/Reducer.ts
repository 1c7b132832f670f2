import type { Either } from 'fp-ts/lib/Either.js'
import type { Json, Placed } from '../call/Placed.js'
import type { CallEvent, Direction } from '../event/CallEvent.js'
import type { EpochMicros } from '../event/time.js'
import type { CallRecord } from '../record/CallRecord.js'
import type { Change } from './Change.js'
import type { CallExplanation } from './Explanation.js'
import type { StateError } from '../state/StateError.js'

/**
 * What a transition answers: the next state, and what changed.
 *
 * @since 0.1.0
 * @category correlator
 */
export type Transition<S> = readonly [state: S, changes: ReadonlyArray<Change>]

/**
 * A leg that rings or talks now, or a caller who waits in an IVR or a queue.
 *
 * @since 0.1.0
 * @category correlator
 */
export interface OpenLeg {
  /** The call, in lower case. */
  readonly callId: string
  /** The leg's own id; two legs of a call may share it. */
  readonly subCallId: string
  /** `<subCallId>`, and `/transferred` behind it for a `Transfered` leg. */
  readonly leg: string
  /** `waiting`: a caller in an IVR or a queue. */
  readonly state: 'ringing' | 'talking' | 'waiting'
  /** Absent: nothing tells it. */
  readonly direction?: Direction
  /** The one that rings, talks, or lets wait. */
  readonly extension?: string
  /** `special`: an IVR or a queue, unknown which. */
  readonly extensionType: 'phone' | 'ivr' | 'queue' | 'special' | 'fax'
  /** The number of the other side. */
  readonly remoteNumber?: string
  /** The public number by which the call entered. */
  readonly did?: string
  /** By which the vendor's API controls the live call. */
  readonly callApiId?: string
  /** When it was dialled: microseconds since 1970. */
  readonly startedAt?: EpochMicros
  /** When somebody answered: microseconds since 1970. */
  readonly answeredAt?: EpochMicros
}

/** The transitions and views that one call and all calls have in common. */
export interface Reducer<S> {
  /** Nothing is known yet. */
  readonly initial: S
  /** Takes an event in. */
  readonly step: (state: S, event: CallEvent) => Transition<S>
  /**
   * Decodes what the PBX sent and takes it in; what cannot be decoded becomes a `rejected` change. The time of
   * receipt is in microseconds (`fromMillis(Date.now())`): one in another unit counts as not given.
   */
  readonly ingest: (state: S, raw: unknown, receivedAt?: EpochMicros) => Transition<S>
  /** The application placed this call, at a time in microseconds. A word of no use (no moment, no CallID) becomes a `rejected` change. */
  readonly placed: (state: S, placed: Placed) => Transition<S>
  /** Time has come this far, in microseconds (`fromMillis(Date.now())`): misses settle, calls are let go. A time that is none in microseconds becomes a `rejected` change. */
  readonly tick: (state: S, now: EpochMicros) => Transition<S>
  /** The end of time: everything settles, everything is let go, nothing is held any more. */
  readonly drain: (state: S) => Transition<S>
  /** When a tick next changes something; absent: no tick ever does. */
  readonly due: (state: S) => EpochMicros | undefined
  /** The records, as they stand, of what is held, in the order of the ledger. */
  readonly records: (state: S) => ReadonlyArray<CallRecord>
  /** Who rings and who talks now. */
  readonly openLegs: (state: S) => ReadonlyArray<OpenLeg>
  /** Versioned JSON. */
  readonly encode: (state: S) => Json
  /** The state again; what it does not know is refused. Decode with the configuration that it was made with. */
  readonly decode: (json: unknown) => Either<StateError, S>
}

/**
 * All calls.
 *
 * @since 0.1.0
 * @category correlator
 */
export interface Correlator<S> extends Reducer<S> {
  /** Why there is a record or none, for one call; with `at`, as after a tick then (`Infinity`: as after a drain). */
  readonly explain: (state: S, callId: string, at?: EpochMicros) => CallExplanation | undefined
}

/**
 * One call, for an engine that holds one state per CallID.
 *
 * @since 0.1.0
 * @category correlator
 */
export interface CallReducer<S> extends Reducer<S> {
  /** Why there is a record or none; with `at`, as after a tick then (`Infinity`: as after a drain). */
  readonly explain: (state: S, at?: EpochMicros) => CallExplanation | undefined
}
