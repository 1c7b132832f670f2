import type { Direction, ExtensionType } from '../event/CallEvent.js'
import type { EpochMicros, Micros } from '../event/time.js'
import { accessErrorMessage, type AccessError } from './AccessError.js'
import type { Port } from './Port.js'

/**
 * One leg of a call, as the PBX's call history tells it. The history speaks in seconds; here everything is
 * in microseconds already. Absent facts are absent keys.
 *
 * @since 0.1.0
 * @category history
 */
export interface HistoryLeg {
  /** The numeric id of the extension: `85219`. */
  readonly extensionId?: string
  /** Its name, `453*102`. */
  readonly extension?: string
  /** What the extension is, if the history tells. */
  readonly extensionType?: ExtensionType
  /** As the history tells it. */
  readonly direction?: Direction
  /** The history calls the leg a transfer. */
  readonly transferred?: true
  /** When it began to ring or was dialled, when it was answered, when it ended. */
  readonly startedAt?: EpochMicros
  /** When somebody answered: microseconds since 1970. */
  readonly answeredAt?: EpochMicros
  /** When it hung up: microseconds since 1970. */
  readonly endedAt?: EpochMicros
  /** How long it lasted from its answer on. */
  readonly duration?: Micros
  /** The vendor's word for what came of it: `answered`, `busy`, `not answered`, `rejected`, `failed` … */
  readonly result?: string
  /** The vendor's word for who ended it: `caller_bye`, `callee_bye`, `caller_cancel`, `callee_refuse`, `internal_cancel`. */
  readonly hangup?: string
  /** By which the recording is asked for. */
  readonly recordingId?: string
  /** Who called, and by which name: a number, or an extension. */
  readonly from?: string
  /** What the PBX told beside the number. */
  readonly fromName?: string
  /** Who was called. */
  readonly to?: string
  /** The public number by which the call entered. */
  readonly did?: string
}

/**
 * A call, as the PBX's call history tells it.
 *
 * @since 0.1.0
 * @category history
 */
export interface CallHistory {
  /** In lower case, as in the records. */
  readonly callId: string
  /** The entries of `cdr`, in their order. */
  readonly legs: ReadonlyArray<HistoryLeg>
  /** `incoming`: a client called; `outgoing`: one was called. */
  readonly direction?: Direction
  /** When it began: microseconds since 1970. */
  readonly startedAt?: EpochMicros
  /** When it ended: microseconds since 1970. */
  readonly endedAt?: EpochMicros
  /** What came of the call as a whole: `bridged` if two talked, `answered` if no more than an IVR or a queue did, and as of a leg. */
  readonly result?: string
  /** Who called, who was called, and the public number by which the call entered. */
  readonly from?: string
  /** The number or extension that was called. */
  readonly to?: string
  /** The public number by which the call entered. */
  readonly did?: string
}

/**
 * What can go wrong with the call history; `not-found`: the history does not have the call, or not yet.
 *
 * @since 0.1.0
 * @category history
 */
export type HistoryError = AccessError | { readonly kind: 'not-found'; readonly callId: string }

/**
 * The call history of one call, by its CallID in any case.
 *
 * @since 0.1.0
 * @category history
 */
export type HistoryPort = Port<string, HistoryError, CallHistory>

/**
 * The sentence for a person.
 *
 * @example
 * import { historyErrorMessage } from 'call-legs'
 * assert.deepStrictEqual(historyErrorMessage({ kind: 'not-found', callId: 'ab12' }), 'the call history does not have the call ab12')
 *
 * @since 0.1.0
 * @category history
 */
export const historyErrorMessage = (error: HistoryError): string =>
  error.kind === 'not-found' ? `the call history does not have the call ${error.callId}` : accessErrorMessage(error)
