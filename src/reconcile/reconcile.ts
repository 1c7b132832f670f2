import type { Config } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import { ledger } from '../ledger/ledger.js'
import type { CallHistory } from '../ports/History.js'
import type { HistoryProblem } from '../ports/HistoryList.js'
import type { CallRecord } from '../record/CallRecord.js'
import { sameRecord } from '../record/sameRecord.js'
import type { Input } from '../reducer/Input.js'
import { historyEvents } from './historyEvents.js'

/**
 * What the history knows and the records do not.
 *
 * - `unknown-call`: no record of the call is known
 * - `unknown-talk`, `unknown-attempt`, `unknown-miss`: the call has a record, but not of this talk, this outgoing call in vain, this miss
 * - `no-end`, `no-talk-time`, `no-recording`: the record lacks it
 * - `no-detail`: the record lacks something else, its beginning for example
 * - `false-miss`, `false-record`: there should be no such record: somebody talked to the client
 *
 * @since 0.1.0
 * @category reconcile
 */
export type DifferenceKind =
  | 'unknown-call'
  | 'unknown-talk'
  | 'unknown-attempt'
  | 'unknown-miss'
  | 'no-end'
  | 'no-talk-time'
  | 'no-recording'
  | 'no-detail'
  | 'false-miss'
  | 'false-record'

/**
 * Something that the history knows and the records do not.
 *
 * @since 0.1.0
 * @category reconcile
 */
export interface Difference {
  /** What is missing. */
  readonly kind: DifferenceKind
  /** The call, in lower case. */
  readonly callId: string
  /** The record as it is with the history; absent, if there should be none. */
  readonly record?: CallRecord
  /** The record as it was before; absent, if there was none. */
  readonly previous?: CallRecord
}

const NAMES: Readonly<Record<DifferenceKind, string>> = {
  'unknown-call': 'the call is not known',
  'unknown-talk': 'the talk is not known',
  'unknown-attempt': 'the outgoing call in vain is not known',
  'unknown-miss': 'the miss is not known',
  'no-end': 'its end is not known',
  'no-talk-time': 'its talk time is not known',
  'no-recording': 'its recording is not known',
  'no-detail': 'something of it is not known',
  'false-miss': 'it was no miss',
  'false-record': 'it was no talk of its own'
}

/**
 * What is different, for a person.
 *
 * @example
 * import { differenceMessage } from 'call-legs/reconcile'
 * assert.deepStrictEqual(differenceMessage('unknown-miss'), 'the miss is not known')
 *
 * @since 0.1.0
 * @category reconcile
 */
export const differenceMessage = (kind: DifferenceKind): string => NAMES[kind]

/**
 * What comparing the history with the records found.
 *
 * @since 0.1.0
 * @category reconcile
 */
export interface Reconciliation {
  /** Call by call. */
  readonly differences: ReadonlyArray<Difference>
  /** The history's events of the calls with a difference: taken in, they make the records whole. */
  readonly events: ReadonlyArray<CallEvent>
  /** What of the history could not be read, and why. */
  readonly problems: ReadonlyArray<HistoryProblem>
}

const unknownKind = (record: CallRecord, isKnown: boolean): DifferenceKind => {
  if (!isKnown) return 'unknown-call'
  if (record.kind === 'missed') return 'unknown-miss'
  return record.kind === 'unsuccessful' ? 'unknown-attempt' : 'unknown-talk'
}

/** What the record lacked. */
const lackOf = (previous: CallRecord, record: CallRecord): DifferenceKind => {
  if (previous.kind === 'incomplete' && record.kind !== 'incomplete') return 'no-end'
  if (record.successful && record.talkTime !== undefined && !(previous.successful && previous.talkTime !== undefined)) return 'no-talk-time'
  return record.kind !== 'missed' && previous.kind !== 'missed' && record.recordingId !== previous.recordingId ? 'no-recording' : 'no-detail'
}

const differencesOf = (callId: string, before: ReadonlyArray<CallRecord>, after: ReadonlyArray<CallRecord>): ReadonlyArray<Difference> => {
  const known = new Map(before.map((record) => [record.id, record]))
  const left = new Set(after.map(({ id }) => id))
  return [
    ...after.flatMap((record): ReadonlyArray<Difference> => {
      const previous = known.get(record.id)
      if (previous === undefined) return [{ kind: unknownKind(record, before.length > 0), callId, record }]
      return sameRecord(previous, record) ? [] : [{ kind: lackOf(previous, record), callId, record, previous }]
    }),
    ...before.flatMap((previous): ReadonlyArray<Difference> =>
      left.has(previous.id) ? [] : [{ kind: previous.kind === 'missed' ? 'false-miss' : 'false-record', callId, previous }]
    )
  ]
}

/**
 * Compares calls of the PBX's call history with what is known of them: what the records lack, and the events that bring it.
 * Each call is judged twice by the same rules, without the history and with it; what differs is told.
 *
 * @param config as for `correlator`
 * @returns a function of all inputs that are known of a call, by its CallID, and of the calls of the history
 *
 * @example
 * import { ledger, seconds } from 'call-legs'
 * import { reconcile } from 'call-legs/reconcile'
 * const { differences, events } = reconcile()(() => [], [{
 *   callId: 'ab12', direction: 'outgoing', to: '+79160000001', result: 'bridged',
 *   legs: [{
 *     extensionId: '85219', extension: '453*102', extensionType: 'phone', direction: 'outgoing', result: 'answered', duration: seconds(24),
 *     startedAt: 1_780_000_686_000_000, answeredAt: 1_780_000_700_000_000, endedAt: 1_780_000_724_000_000
 *   }]
 * }])
 * assert.deepStrictEqual(differences.map(({ kind }) => kind), ['unknown-call'])
 * assert.deepStrictEqual(ledger()(events).records, differences.map(({ record }) => record))
 *
 * @since 0.1.0
 * @category reconcile
 */
export const reconcile = (config: Config = {}): ((inputsOf: (callId: string) => ReadonlyArray<Input>, calls: ReadonlyArray<CallHistory>) => Reconciliation) => {
  const judge = ledger(config)
  return (inputsOf, calls) => {
    const differences: Array<Difference> = []
    const all: Array<CallEvent> = []
    const found: Array<HistoryProblem> = []
    for (const call of calls) {
      const { events, problems } = historyEvents(call)
      found.push(...problems)
      const inputs = inputsOf(call.callId)
      const different = differencesOf(call.callId, judge(inputs).records, judge([...inputs, ...events]).records)
      if (different.length === 0) continue
      differences.push(...different)
      all.push(...events)
    }
    return { differences, events: all, problems: found }
  }
}
