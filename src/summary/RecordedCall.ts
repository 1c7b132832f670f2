import type { Direction } from '../event/CallEvent.js'
import type { EpochMicros, Micros } from '../event/time.js'
import type { CallRecord, LegRecord, MissedRecord } from '../record/CallRecord.js'
import type { Beginnings } from './beginnings.js'

/** What a person means by a call: all records of one CallID. */
export interface RecordedCall {
  readonly callId: string
  /** In the order in which they began. There is at least one. */
  readonly records: ReadonlyArray<CallRecord>
  /** The earliest moment that is known of it: to this hour and day it belongs, whole. */
  readonly beganAt: EpochMicros
  /** When the client, or the employee, began to wait: the earliest dial that is known. */
  readonly dialledAt: EpochMicros | undefined
  readonly direction: Direction
  /** A client called, and not the company or its website: what came in. */
  readonly cameIn: boolean
  /** The records by which somebody talked, the one that was answered first coming first. */
  readonly talks: ReadonlyArray<LegRecord>
  readonly missed: MissedRecord | undefined
  /** The one wait of a call that came in. */
  readonly wait: Wait | undefined
}

/** How long a client waited, and the record that ended it: the first talk, or the miss. */
export interface Wait {
  readonly length: Micros
  readonly endedBy: CallRecord
}

/** Both sides are extensions of the PBX. */
export const isLocal = ({ because }: CallRecord): boolean => because.includes('R-local')

/** Somebody of the company talked, for all that is known: also if the end was lost, not if the leg was placed on behalf of an extension. */
export const isTalk = (leg: LegRecord): boolean =>
  leg.onBehalf !== true && (leg.kind === 'incomplete' ? leg.answeredAt !== undefined : leg.successful)

/** The client's number: of a forward outside that of the client whose call it is, not the one that was dialled. */
export const clientNumberOf = (record: CallRecord): string | undefined =>
  record.direction === 'outgoing' && record.transfer !== undefined ? record.transfer.client : record.remoteNumber

/** How long an employee talked. */
export const talkTimeOf = (record: CallRecord): Micros => (record.successful && record.onBehalf !== true ? record.talkTime ?? 0 : 0)

const answeredAtOf = (record: CallRecord): EpochMicros | undefined => (record.kind === 'missed' ? undefined : record.answeredAt)

export const endedAtOf = (record: CallRecord): EpochMicros | undefined => (record.kind === 'incomplete' ? undefined : record.endedAt)

/** The earliest moment that is known of a record. The library makes no record without one. */
export const beginningOf = (record: CallRecord): EpochMicros | undefined => record.startedAt ?? answeredAtOf(record) ?? endedAtOf(record)

/** One record of each id: of several the last one, as in an upsert. */
export const byId = (records: Iterable<CallRecord>): Iterable<CallRecord> => {
  const latest = new Map<string, CallRecord>()
  for (const record of records) latest.set(record.id, record)
  return latest.values()
}

const byBeginning = (a: CallRecord, b: CallRecord): number => (beginningOf(a) ?? 0) - (beginningOf(b) ?? 0) || (a.id < b.id ? -1 : 1)

const answerOf = (leg: LegRecord): EpochMicros => leg.answeredAt ?? beginningOf(leg) ?? Infinity

const isLeg = (record: CallRecord): record is LegRecord => record.kind !== 'missed'

const talksOf = (records: ReadonlyArray<CallRecord>): ReadonlyArray<LegRecord> =>
  records.filter((record): record is LegRecord => isLeg(record) && isTalk(record)).sort((a, b) => answerOf(a) - answerOf(b))

/** Until the first talk, or until the call was lost; not known if a dial or an answer was lost, or a clock went back. */
const waitOf = (dialledAt: EpochMicros, talk: LegRecord | undefined, missed: MissedRecord | undefined): Wait | undefined => {
  const endedBy = talk ?? missed
  const end = talk === undefined ? missed?.endedAt : talk.answeredAt
  return endedBy === undefined || end === undefined || end < dialledAt ? undefined : { length: end - dialledAt, endedBy }
}

const callOf = (callId: string, records: ReadonlyArray<CallRecord>, began = Infinity): RecordedCall => {
  // what is between extensions says nothing of the client, if there is one
  const external = records.some(isLocal) ? records.filter((record) => !isLocal(record)) : records
  const telling = external.length === 0 ? records : external
  const direction = telling.find((record) => isLeg(record) && record.transfer === undefined)?.direction ?? 'incoming'
  const cameIn = direction === 'incoming' && external.length > 0 && records.every(({ callBackId }) => callBackId === undefined)
  const talks = talksOf(telling)
  const missed = records.find((record) => record.kind === 'missed')
  let dialledAt = began
  let beganAt = began
  for (const record of records) {
    dialledAt = Math.min(dialledAt, record.startedAt ?? Infinity)
    beganAt = Math.min(beganAt, beginningOf(record) ?? Infinity)
  }
  const wait = cameIn ? waitOf(dialledAt, talks[0], missed) : undefined
  return { callId, records, beganAt, dialledAt: dialledAt === Infinity ? undefined : dialledAt, direction, cameIn, talks, missed, wait }
}

/** The calls to which records belong, in any order, one by one. A record without any time is left out. */
export function* callsOf(records: Iterable<CallRecord>, began?: Beginnings): Iterable<RecordedCall> {
  const calls = new Map<string, Array<CallRecord>>()
  for (const record of byId(records)) {
    if (beginningOf(record) === undefined) continue
    const call = calls.get(record.callId)
    if (call === undefined) calls.set(record.callId, [record])
    else call.push(record)
  }
  for (const [callId, some] of calls) yield callOf(callId, some.sort(byBeginning), began?.get(callId))
}
