import type { Micros } from '../event/time.js'
import type { CallRecord } from '../record/CallRecord.js'
import { talkTimeOf, type RecordedCall } from './RecordedCall.js'

/**
 * How long clients waited. A percentile is that of the nearest rank: the shortest wait that so many percent of the
 * waits do not exceed; it is one of the waits, nothing is interpolated.
 *
 * @since 0.1.0
 * @category figures
 */
export interface Waits {
  /** Of so many calls: those that came in and whose wait is known. */
  readonly calls: number
  /** Half of them waited no longer: microseconds. */
  readonly median: Micros
  /** Nine of ten waited no longer: microseconds. */
  readonly p90: Micros
}

/**
 * What some records come to.
 *
 * @since 0.1.0
 * @category figures
 */
export interface Figures {
  /** How many calls (different CallIDs) have a record here. */
  readonly calls: number
  /** How many records. */
  readonly records: number
  /** How many calls were missed. */
  readonly misses: number
  /** How long employees talked: the talk times of all legs together, but those placed on behalf of an extension. */
  readonly talkTime: Micros
  /** How long clients waited; absent if nothing is known of that. */
  readonly wait?: Waits
}

interface Tally {
  calls: number
  records: number
  misses: number
  talkTime: Micros
  readonly waits: Array<Micros>
  /** The call that was counted last: calls come one after the other. */
  last: RecordedCall | undefined
}

const atRank = (sorted: ReadonlyArray<Micros>, percent: number): Micros => sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? 0

const waitsOf = (waits: ReadonlyArray<Micros>): Waits => {
  const sorted = [...waits].sort((a, b) => a - b)
  return { calls: sorted.length, median: atRank(sorted, 50), p90: atRank(sorted, 90) }
}

const figuresOf = ({ calls, records, misses, talkTime, waits }: Tally): Figures => ({ calls, records, misses, talkTime, ...(waits.length === 0 ? {} : { wait: waitsOf(waits) }) })

/** What nothing comes to. */
export const NO_FIGURES: Figures = { calls: 0, records: 0, misses: 0, talkTime: 0 }

/** The figures of the records of each group. A record is in one group; a call is counted once in each group in which it has a record. */
export const figuresBy = <K>(calls: Iterable<RecordedCall>, groupOf: (call: RecordedCall, record: CallRecord) => K): ReadonlyMap<K, Figures> => {
  const tallies = new Map<K, Tally>()
  for (const call of calls) {
    for (const record of call.records) {
      const group = groupOf(call, record)
      let tally = tallies.get(group)
      if (tally === undefined) tallies.set(group, (tally = { calls: 0, records: 0, misses: 0, talkTime: 0, waits: [], last: undefined }))
      if (tally.last !== call) tally.calls += 1
      tally.last = call
      tally.records += 1
      if (record.kind === 'missed') tally.misses += 1
      tally.talkTime += talkTimeOf(record)
      if (call.wait?.endedBy === record) tally.waits.push(call.wait.length)
    }
  }
  return new Map([...tallies].map(([group, tally]) => [group, figuresOf(tally)]))
}
