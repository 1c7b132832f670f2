import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { minutes, type EpochMicros, type Micros } from '../event/time.js'
import type { LegRecord } from '../record/CallRecord.js'
import { accessErrorMessage, type AccessError } from './AccessError.js'
import type { HistoryPort } from './History.js'
import { historyLegOf } from './historyLeg.js'
import type { Port } from './Port.js'

/**
 * Which recording is wanted.
 *
 * @since 0.1.0
 * @category recording
 */
export interface RecordingQuery {
  /** `recordingId` of a record, its case kept. */
  readonly recordingId: string
  /** When the talk ended: a recording that is not there yet a short time later is *not ready*, later it is *not found*. */
  readonly endedAt?: EpochMicros
}

/**
 * What can go wrong with a recording.
 *
 * - `not-found`: there is none
 * - `not-ready`: the talk has only just ended; ask again later
 * - `refused` (of {@link AccessError}): these credentials may not hear it
 *
 * @since 0.1.0
 * @category recording
 */
export type RecordingError =
  | AccessError
  | { readonly kind: 'not-found'; readonly reason: string }
  | { readonly kind: 'not-ready'; readonly reason: string }

/**
 * The URL at which a recording can be heard now. How long it lasts is not documented: ask when somebody
 * wants to listen, and do not store it.
 *
 * @since 0.1.0
 * @category recording
 */
export type RecordingUrlPort = Port<RecordingQuery, RecordingError, string>

/**
 * The sentence for a person.
 *
 * @example
 * import { recordingErrorMessage } from 'call-legs'
 * assert.deepStrictEqual(
 *   recordingErrorMessage({ kind: 'not-ready', reason: 'recording 85219-0f1e' }),
 *   'the recording is not ready yet: recording 85219-0f1e'
 * )
 *
 * @since 0.1.0
 * @category recording
 */
export const recordingErrorMessage = (error: RecordingError): string => {
  switch (error.kind) {
    case 'not-found':
      return `there is no recording: ${error.reason}`
    case 'not-ready':
      return `the recording is not ready yet: ${error.reason}`
    default:
      return accessErrorMessage(error)
  }
}

/**
 * For how long after the end of a talk a missing recording counts as not ready. The vendor does not say how
 * long the PBX takes.
 */
export const READY_WITHIN: Micros = minutes(2)

/** What is not there: *not ready* shortly after the end of the talk, *not found* later or if the end is not known. */
export const missingRecording = (
  reason: string,
  endedAt: EpochMicros | undefined,
  now: EpochMicros,
  readyWithin: Micros = READY_WITHIN
): RecordingError => ({ kind: endedAt !== undefined && now - endedAt < readyWithin ? 'not-ready' : 'not-found', reason })

/**
 * What the recording of a record is found with.
 *
 * @since 0.1.0
 * @category recording
 */
export interface RecordingPorts {
  /** Asks for the link. */
  readonly recordingUrl: RecordingUrlPort
  /** Where a recording is found whose id the events did not tell. */
  readonly history: HistoryPort
  /** The clock: with it a recording that is missing shortly after the talk is told to be not ready. */
  readonly now: () => EpochMicros
  /** For how long after the end of the talk. Default: 2 min. */
  readonly readyWithin?: Micros
}

/**
 * The URL of a record's recording: by its `recordingId`, or, since that is often missing, by the recording
 * that the call history has for this leg. A leg on which nobody talked has none, and nothing is asked.
 *
 * @example
 * import { inMemoryHistory, inMemoryRecordings, outcome, recordingUrlOf } from 'call-legs'
 * const urlOf = recordingUrlOf({
 *   recordingUrl: inMemoryRecordings({ '85219-0f1e': 'https://pbx.example/85219-0f1e.mp3' }),
 *   history: inMemoryHistory([{ callId: 'ab12', legs: [{ extensionId: '85219', recordingId: '85219-0f1e' }] }]),
 *   now: () => 1_780_000_900_000_000
 * })
 * const url = await outcome(urlOf({
 *   v: 1, id: 'ab12/85219-ab12', kind: 'answered', direction: 'incoming', successful: true,
 *   callId: 'ab12', subCallId: '85219-ab12', endedAt: 1_780_000_750_238_219, because: ['R-in']
 * }))
 * assert.deepStrictEqual(url, { ok: true, value: 'https://pbx.example/85219-0f1e.mp3' })
 *
 * @since 0.1.0
 * @category recording
 */
export const recordingUrlOf =
  ({ recordingUrl, history, now, readyWithin }: RecordingPorts): Port<LegRecord, RecordingError, string> =>
  (record, options) => {
    if (record.kind === 'unsuccessful') return TE.left({ kind: 'not-found', reason: `nobody talked on ${record.id}` })
    const endedAt = record.kind === 'incomplete' ? undefined : record.endedAt
    const urlOf = (recordingId: string): TE.TaskEither<RecordingError, string> =>
      recordingUrl({ recordingId, ...(endedAt === undefined ? {} : { endedAt }) }, options)
    const missing = (reason: string): RecordingError => missingRecording(reason, endedAt, now(), readyWithin)

    if (record.recordingId !== undefined) return urlOf(record.recordingId)
    return pipe(
      history(record.callId, options),
      TE.mapLeft((error) => (error.kind === 'not-found' ? missing(`the call history does not have ${error.callId}`) : error)),
      TE.chainEitherK((found) =>
        pipe(
          historyLegOf(record, found),
          E.mapLeft(() => missing(`the call history has no leg that is ${record.id}`)),
          E.chain(({ recordingId }) =>
            recordingId === undefined ? E.left(missing(`the call history has none for ${record.id}`)) : E.right(recordingId)
          )
        )
      ),
      TE.chain(urlOf)
    )
  }
