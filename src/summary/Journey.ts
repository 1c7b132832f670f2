import type { Direction } from '../event/CallEvent.js'
import type { EpochMicros, Micros } from '../event/time.js'
import type { CallRecord, MissedRecord } from '../record/CallRecord.js'
import type { Beginnings } from './beginnings.js'
import { beginningOf, callsOf, clientNumberOf, endedAtOf, talkTimeOf, type RecordedCall } from './RecordedCall.js'

/**
 * Where a call was: a record, as a station of its way.
 *
 * @since 0.1.0
 * @category journey
 */
export interface Station {
  /** What came of it. */
  readonly kind: CallRecord['kind']
  /** When it began; of a miss, when the call was lost. */
  readonly at: EpochMicros
  /** The employee's extension; of a miss, the IVR, queue or phone where the call was lost. */
  readonly extension?: string
  /** Of a miss: what that extension is. */
  readonly extensionType?: MissedRecord['extensionType']
  /** Of a miss: the phones that rang before. */
  readonly rang?: ReadonlyArray<string>
  /** Of a transfer: the extension that passed the call on. */
  readonly from?: string
  /** Of a forward outside: who was dialled. */
  readonly outside?: string
  /** Placed on behalf of the extension, whose user did not talk. */
  readonly onBehalf?: true
  /** How long they talked there, in microseconds. */
  readonly talkTime?: Micros
}

/**
 * The way of one call, as a person means it: all records of a CallID.
 *
 * @since 0.1.0
 * @category journey
 */
export interface Journey {
  /** The call, in lower case. */
  readonly callId: string
  /** Who called: `incoming`, the client. That of the earliest leg that is no transfer; `incoming`, if there is none. */
  readonly direction: Direction
  /** `missed`, if there is a miss; else `talked`, if an employee talked; else `not-reached`. */
  readonly outcome: 'missed' | 'talked' | 'not-reached'
  /** The client's number, if known. */
  readonly client?: string
  /** The public number by which the call entered. */
  readonly did?: string
  /** The earliest moment that is known of the call. */
  readonly beganAt: EpochMicros
  /** When the last leg hung up; absent if no end is known, or one was lost. */
  readonly endedAt?: EpochMicros
  /** Station by station, in the order of time. */
  readonly path: ReadonlyArray<Station>
  /** From the beginning until an employee first answered, whoever called; absent if nobody did, or it is not known. */
  readonly timeToAnswer?: Micros
  /** Of a client's call that came in: from the beginning until an employee first answered, else until the call was lost. */
  readonly wait?: Micros
  /** How long employees talked, all legs together. */
  readonly talkTime: Micros
  /** How many talks followed a transfer or a forward. */
  readonly transfers: number
}

type Draft<T> = { -readonly [K in keyof T]: T[K] }

const stationOf = (record: CallRecord): Station => {
  const missed = record.kind === 'missed'
  const station: Draft<Station> = { kind: record.kind, at: (missed ? undefined : beginningOf(record)) ?? endedAtOf(record) ?? 0 }
  if (record.extension !== undefined) station.extension = record.extension
  if (missed) {
    station.extensionType = record.extensionType
    station.rang = record.rang
    return station
  }
  const { transfer, onBehalf, remoteNumber } = record
  if (transfer?.from !== undefined) station.from = transfer.from.extension
  if (transfer !== undefined && record.direction === 'outgoing' && remoteNumber !== undefined) station.outside = remoteNumber
  if (onBehalf !== undefined) station.onBehalf = onBehalf
  if (record.successful && record.talkTime !== undefined) station.talkTime = record.talkTime
  return station
}

/** The first of the values that is there. */
const firstKnown = <T>(values: ReadonlyArray<T | undefined>): T | undefined => values.find((value) => value !== undefined)

const journeyOf = ({ callId, records, beganAt, dialledAt, direction, talks, missed, wait }: RecordedCall): Journey => {
  const ends = records.map(endedAtOf)
  const answeredAt = talks[0]?.answeredAt
  const journey: Draft<Journey> = {
    callId,
    direction,
    outcome: missed !== undefined ? 'missed' : talks.length > 0 ? 'talked' : 'not-reached',
    beganAt,
    path: records.map(stationOf).sort((a, b) => a.at - b.at),
    talkTime: records.reduce((sum, record) => sum + talkTimeOf(record), 0),
    transfers: talks.filter(({ transfer }) => transfer !== undefined).length
  }
  const client = firstKnown(records.map(clientNumberOf))
  if (client !== undefined) journey.client = client
  const did = firstKnown(records.map((record) => record.did))
  if (did !== undefined) journey.did = did
  if (!ends.includes(undefined)) journey.endedAt = ends.reduce((a: number, b) => Math.max(a, b ?? a), beganAt)
  if (answeredAt !== undefined && dialledAt !== undefined && answeredAt >= dialledAt) journey.timeToAnswer = answeredAt - dialledAt
  if (wait !== undefined) journey.wait = wait.length
  return journey
}

/**
 * The ways of the calls to which records belong, in the order in which they began.
 *
 * @example
 * import { journeys } from 'call-legs/summary'
 * assert.deepStrictEqual(journeys([]), [])
 *
 * @since 0.1.0
 * @category journey
 */
export const journeys = (records: Iterable<CallRecord>, began?: Beginnings): ReadonlyArray<Journey> =>
  Array.from(callsOf(records, began), journeyOf).sort((a, b) => a.beganAt - b.beganAt || (a.callId < b.callId ? -1 : 1))

/**
 * The way of the one call to which all these records belong; `undefined` if they are of several calls, or there is none.
 *
 * @example
 * import { journey } from 'call-legs/summary'
 * const leg = { v: 1, callId: 'ab12', direction: 'incoming', successful: true, remoteNumber: '+79160000001', because: [] }
 * const at = 1_780_466_400_000_000
 * const first = { ...leg, id: 'ab12/1-a', subCallId: '1-a', kind: 'answered', extension: '453*101', startedAt: at, answeredAt: at + 5_000_000, endedAt: at + 65_000_000, talkTime: 60_000_000 }
 * const second = { ...leg, id: 'ab12/2-a', subCallId: '2-a', kind: 'transferred', extension: '453*102', startedAt: at + 65_000_000, answeredAt: at + 70_000_000, endedAt: at + 100_000_000, talkTime: 30_000_000, transfer: { from: { extension: '453*101' } } }
 * const way = journey([second, first])
 * assert.deepStrictEqual(way.path.map(({ kind, extension }) => [kind, extension]), [['answered', '453*101'], ['transferred', '453*102']])
 * assert.deepStrictEqual([way.outcome, way.wait, way.talkTime, way.transfers], ['talked', 5_000_000, 90_000_000, 1])
 *
 * @since 0.1.0
 * @category journey
 */
export const journey = (records: Iterable<CallRecord>, began?: Beginnings): Journey | undefined => {
  const [only, ...others] = journeys(records, began)
  return others.length === 0 ? only : undefined
}
