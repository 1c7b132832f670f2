import { left, right, type Either } from 'fp-ts/lib/Either.js'
import { SAME_MOMENT } from '../call/history.js'
import { numericId } from '../event/extension.js'
import type { EpochMicros, Micros } from '../event/time.js'
import type { LegRecord } from '../record/CallRecord.js'
import type { CallHistory, HistoryLeg } from './History.js'

/**
 * Why no leg of a history is that of a record.
 *
 * - `other-call`: the history is that of another call
 * - `no-such-leg`: none of its legs fits
 * - `ambiguous-leg`: several fit equally well, and nothing tells them apart
 *
 * @since 0.1.0
 * @category history
 */
export type HistoryLegError =
  | { readonly kind: 'other-call'; readonly callId: string; readonly historyCallId: string }
  | { readonly kind: 'no-such-leg'; readonly id: string }
  | { readonly kind: 'ambiguous-leg'; readonly id: string; readonly candidates: number }

const apart = (a: EpochMicros | undefined, b: EpochMicros | undefined): Micros | undefined =>
  a === undefined || b === undefined ? undefined : Math.abs(a - b)

/** How far a history's leg is from the record, by the first moment that both know; nothing if they share none. */
const distance = (record: LegRecord, leg: HistoryLeg): Micros | undefined =>
  apart(record.startedAt, leg.startedAt) ??
  apart(record.answeredAt, leg.answeredAt) ??
  apart('endedAt' in record ? record.endedAt : undefined, leg.endedAt)

/** A leg belongs to an extension by the id in its SubCallID; where there is none, by the extension's name. */
const sameExtension = (record: LegRecord, leg: HistoryLeg): boolean => {
  const id = numericId(record.subCallId)
  if (id !== undefined && leg.extensionId !== undefined) return id === leg.extensionId
  return record.extension !== undefined && record.extension === leg.extension
}

const sameDirection = (record: LegRecord, leg: HistoryLeg): boolean =>
  leg.transferred === true ? record.transfer !== undefined : leg.direction === undefined || leg.direction === record.direction

/**
 * The leg of a call history that is the leg of this record: of the same extension and direction, and of
 * several the one that began (or was answered, or ended) at the same time.
 *
 * @example
 * import { historyLegOf } from 'call-legs'
 * import { right } from 'fp-ts/lib/Either.js'
 * const leg = { extensionId: '85219', startedAt: 1_780_000_686_000_000, recordingId: '85219-0f1e' }
 * assert.deepStrictEqual(
 *   historyLegOf(
 *     {
 *       v: 1, id: 'ab12/85219-ab12', kind: 'incomplete', direction: 'outgoing', successful: false,
 *       callId: 'ab12', subCallId: '85219-ab12', startedAt: 1_780_000_686_478_202, because: ['R-expiry']
 *     },
 *     { callId: 'ab12', legs: [{ extensionId: '96857' }, leg] }
 *   ),
 *   right(leg)
 * )
 *
 * @since 0.1.0
 * @category history
 */
export const historyLegOf = (record: LegRecord, history: CallHistory): Either<HistoryLegError, HistoryLeg> => {
  if (record.callId !== history.callId.toLowerCase()) {
    return left({ kind: 'other-call', callId: record.callId, historyCallId: history.callId })
  }
  const fitting = history.legs
    .filter((leg) => sameExtension(record, leg) && sameDirection(record, leg))
    .map((leg) => ({ leg, far: distance(record, leg) }))
    .filter(({ far }) => far === undefined || far <= SAME_MOMENT)
    .sort((a, b) => (a.far ?? Number.POSITIVE_INFINITY) - (b.far ?? Number.POSITIVE_INFINITY) || 0)
  const [first, second] = fitting
  if (first === undefined) return left({ kind: 'no-such-leg', id: record.id })
  return second !== undefined && first.far === second.far
    ? left({ kind: 'ambiguous-leg', id: record.id, candidates: fitting.length })
    : right(first.leg)
}
