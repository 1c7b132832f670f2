import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import type { EpochMicros, Micros } from '../event/time.js'
import type { Cause, IncompleteRecord, LegRecord } from '../record/CallRecord.js'
import type { CallHistory, HistoryLeg } from './History.js'
import { historyLegOf, type HistoryLegError } from './historyLeg.js'

/**
 * Why a record stays incomplete.
 *
 * - `still-open`: the history does not know the end of the leg either
 * - `no-result`: the history does not say what came of it
 *
 * @since 0.1.0
 * @category history
 */
export type CompletionError =
  | HistoryLegError
  | { readonly kind: 'still-open'; readonly id: string }
  | { readonly kind: 'no-result'; readonly id: string }

/**
 * The sentence for a person.
 *
 * @example
 * import { completionErrorMessage } from 'call-legs'
 * assert.deepStrictEqual(
 *   completionErrorMessage({ kind: 'still-open', id: 'ab12/85219-ab12' }),
 *   'ab12/85219-ab12: the call history does not know the end of this leg either'
 * )
 *
 * @since 0.1.0
 * @category history
 */
export const completionErrorMessage = (error: CompletionError): string => {
  switch (error.kind) {
    case 'other-call':
      return `the history is that of the call ${error.historyCallId}, the record that of ${error.callId}`
    case 'no-such-leg':
      return `${error.id}: the call history has no such leg`
    case 'ambiguous-leg':
      return `${error.id}: ${error.candidates} legs of the call history fit equally well`
    case 'still-open':
      return `${error.id}: the call history does not know the end of this leg either`
    case 'no-result':
      return `${error.id}: the call history does not say what came of this leg`
  }
}

/** What the history's word for a result says in terms of a hangup; a word that is not here is an unsuccessful leg of cause `other`. */
const RESULTS: ReadonlyMap<string, { readonly status: string; readonly cause?: Cause }> = new Map([
  ['answered', { status: 'ANSWER' }],
  ['bridged', { status: 'ANSWER' }],
  ['busy', { status: 'BUSY', cause: 'busy' }],
  ['not answered', { status: 'NOANSWER', cause: 'no-answer' }]
])

/** A caller who gave up: the history says `not answered` of him too, and tells it by who hung up. */
const CANCELLED = { status: 'CANCEL', cause: 'cancelled' } as const

/** Words that are known, of legs without a talk that say no more than that. */
const WITHOUT_TALK: ReadonlySet<string> = new Set(['rejected', 'failed'])

export const isKnownResult = (result: string): boolean => RESULTS.has(result) || WITHOUT_TALK.has(result)

export const isAnsweredResult = (result: string | undefined): boolean => result !== undefined && RESULTS.get(result)?.status === 'ANSWER'

const meaningOf = ({ result, hangup }: HistoryLeg): { readonly status: string; readonly cause?: Cause } | undefined =>
  result === undefined ? undefined : hangup === 'caller_cancel' && result === 'not answered' ? CANCELLED : RESULTS.get(result)

/** What the history says of a leg's end, as a hangup's `CallStatus`; nothing for a word that is none of a hangup's. */
export const statusOfResult = (leg: HistoryLeg): string | undefined => meaningOf(leg)?.status

/** The history's seconds may end before an answer that is known to the microsecond. */
const notBefore = (end: EpochMicros, ...moments: ReadonlyArray<EpochMicros | undefined>): EpochMicros =>
  Math.max(end, ...moments.map((moment) => moment ?? 0))

/** R-talk, from the history: its duration, else the end less the answer, if that is not negative. */
const talkTimeOf = (leg: HistoryLeg, endedAt: EpochMicros): Micros | undefined => {
  if (leg.duration !== undefined) return leg.duration
  return leg.answeredAt === undefined || leg.answeredAt > endedAt ? undefined : endedAt - leg.answeredAt
}

/**
 * Completes a record whose hangup was lost from the PBX's call history: the end, the talk time, the
 * recording and what came of it. What the events told, to the microsecond, is kept; the history only fills
 * what is missing. The id stays the same, so that the completed record replaces the incomplete one.
 *
 * @example
 * import { completeFromHistory, seconds } from 'call-legs'
 * import { isRight } from 'fp-ts/lib/Either.js'
 * const completed = completeFromHistory(
 *   {
 *     v: 1, id: 'ab12/85219-ab12', kind: 'incomplete', direction: 'outgoing', successful: false,
 *     callId: 'ab12', subCallId: '85219-ab12', startedAt: 1_780_000_686_478_202, because: ['R-out', 'R-expiry']
 *   },
 *   {
 *     callId: 'ab12',
 *     legs: [{
 *       extensionId: '85219', direction: 'outgoing', result: 'answered', duration: seconds(24),
 *       startedAt: 1_780_000_686_000_000, answeredAt: 1_780_000_700_000_000, endedAt: 1_780_000_724_000_000
 *     }]
 *   }
 * )
 * assert.ok(isRight(completed) && completed.right.kind === 'answered')
 * assert.deepStrictEqual(completed.right.talkTime, 24_000_000)
 *
 * @since 0.1.0
 * @category history
 */
export const completeFromHistory = (
  record: IncompleteRecord,
  history: CallHistory
): Either<CompletionError, Exclude<LegRecord, IncompleteRecord>> => {
  const found = historyLegOf(record, history)
  if (isLeft(found)) return found
  const leg = found.right
  if (leg.endedAt === undefined) return left({ kind: 'still-open', id: record.id })
  if (leg.result === undefined) return left({ kind: 'no-result', id: record.id })

  const startedAt = record.startedAt ?? leg.startedAt
  const recordingId = record.recordingId ?? leg.recordingId
  const known = {
    ...record,
    endedAt: notBefore(leg.endedAt, startedAt, record.answeredAt, leg.answeredAt),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(recordingId === undefined ? {} : { recordingId })
  }
  const result = meaningOf(leg)
  if (result === undefined || result.cause !== undefined) {
    return right({
      ...known,
      kind: 'unsuccessful',
      successful: false,
      cause: result?.cause ?? 'other',
      ...(result === undefined ? {} : { status: result.status })
    })
  }
  const answeredAt = record.answeredAt ?? leg.answeredAt
  const talkTime = talkTimeOf(leg, known.endedAt)
  return right({
    ...known,
    kind: record.transfer !== undefined ? 'transferred' : record.callBackId !== undefined ? 'callback' : 'answered',
    successful: true,
    status: result.status,
    ...(answeredAt === undefined ? {} : { answeredAt }),
    ...(talkTime === undefined ? {} : { talkTime })
  })
}
