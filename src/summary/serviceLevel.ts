import type { Micros } from '../event/time.js'
import type { CallRecord } from '../record/CallRecord.js'
import type { Beginnings } from './beginnings.js'
import { callsOf } from './RecordedCall.js'

/**
 * What is promised to callers.
 *
 * @since 0.1.0
 * @category service level
 */
export interface ServiceTarget {
  /** Within which wait a call is to be answered: `seconds(20)`. A wait of just that length is within it. */
  readonly within: Micros
  /**
   * A caller who gives up before this wait is over gave nobody a chance: such a call counts neither for the service level
   * nor for the abandonment. Default: 0, every call counts. `within` itself makes abandoned calls count only if
   * they waited longer than the target.
   */
  readonly shortAbandon?: Micros
}

/**
 * How well callers were served. `offered = answered + abandoned`; the shares are between 0 and 1, and absent if there
 * is nothing to divide by.
 *
 * @since 0.1.0
 * @category service level
 */
export interface ServiceLevel {
  /** How many calls of clients came in. */
  readonly offered: number
  /** In how many of them an employee talked with the client. */
  readonly answered: number
  /** How many were answered within the target; one whose wait is not known is not among them. */
  readonly answeredWithin: number
  /** In how many of them nobody talked with the client. */
  readonly abandoned: number
  /** How many were given up before `shortAbandon`; one whose wait is not known is not among them. */
  readonly shortAbandoned: number
  /** `answeredWithin / (offered - shortAbandoned)` */
  readonly level?: number
  /** `(abandoned - shortAbandoned) / (offered - shortAbandoned)` */
  readonly abandonment?: number
}

/**
 * The service level and the abandonment of the calls that came in from clients. Without `began`, the wait of an answered
 * call begins when the phone that answered began to ring: hand in {@link beginnings}, if there is a queue before it.
 *
 * @example
 * import { seconds } from 'call-legs'
 * import { serviceLevel } from 'call-legs/summary'
 * const call = { v: 1, direction: 'incoming', subCallId: '1-a', because: [] }
 * const at = 1_780_466_400_000_000
 * const answered = { ...call, id: 'ab12/1-a', callId: 'ab12', kind: 'answered', successful: true, startedAt: at, answeredAt: at + seconds(12), endedAt: at + seconds(60) }
 * const missed = { ...call, id: 'cd34/missed', callId: 'cd34', kind: 'missed', successful: false, startedAt: at, endedAt: at + seconds(3), extensionType: 'queue', rang: [] }
 * const { level, abandonment } = serviceLevel([answered, missed], { within: seconds(20) })
 * assert.deepStrictEqual([level, abandonment], [0.5, 0.5])
 * assert.strictEqual(serviceLevel([answered, missed], { within: seconds(20), shortAbandon: seconds(5) }).level, 1)
 *
 * @since 0.1.0
 * @category service level
 */
export const serviceLevel = (records: Iterable<CallRecord>, { within, shortAbandon = 0 }: ServiceTarget, began?: Beginnings): ServiceLevel => {
  const count = { offered: 0, answered: 0, answeredWithin: 0, abandoned: 0, shortAbandoned: 0 }
  for (const { cameIn, talks, wait } of callsOf(records, began)) {
    if (!cameIn) continue
    count.offered += 1
    if (talks.length > 0) {
      count.answered += 1
      if (wait !== undefined && wait.length <= within) count.answeredWithin += 1
    } else {
      count.abandoned += 1
      if (wait !== undefined && wait.length < shortAbandon) count.shortAbandoned += 1
    }
  }
  const counting = count.offered - count.shortAbandoned
  return counting === 0 ? count : { ...count, level: count.answeredWithin / counting, abandonment: (count.abandoned - count.shortAbandoned) / counting }
}
