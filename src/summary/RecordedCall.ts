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
  readonly dialledAt?: EpochMicros
  readonly direction: Direction
  /** A client called, and not the company or its website: what came in. */
  readonly cameIn: boolean
  /** The records by which somebody talked, the one that was answered first coming first. */
  readonly talks: ReadonlyArray<LegRecord>
  readonly missed?: MissedRecord
  /** The one wait of a call that came in. */
  readonly wait?: Wait
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

type Timed = readonly [at: EpochMicros, record: CallRecord]

const byTime = ([a, { id: idA }]: Timed, [b, { id: idB }]: Timed): number => a - b || (idA < idB ? -1 : 1)

const sorted = (timed: ReadonlyArray<Timed>): ReadonlyArray<CallRecord> => [...timed].sort(byTime).map(([, record]) => record)

const talksOf = (records: ReadonlyArray<CallRecord>): ReadonlyArray<LegRecord> =>
  records
    .flatMap((record) => (record.kind !== 'missed' && isTalk(record) ? [{ record, at: record.answeredAt ?? beginningOf(record) ?? Infinity }] : []))
    .sort((a, b) => a.at - b.at)
    .map(({ record }) => record)

const waitUntil = (dialled: EpochMicros, ended: EpochMicros | undefined, endedBy: CallRecord): Wait | undefined =>
  ended === undefined || ended < dialled ? undefined : { length: ended - dialled, endedBy }

const callOf = (callId: string, timed: ReadonlyArray<Timed>, told: EpochMicros | undefined): RecordedCall => {
  const records = sorted(timed)
  // what is between extensions says nothing of the client, if there is one
  const external = records.filter((record) => !isLocal(record))
  const telling = external.length === 0 ? records : external
  const opening = telling.find((record) => record.kind !== 'missed' && record.transfer === undefined)
  const direction = opening?.direction ?? 'incoming'
  const cameIn = direction === 'incoming' && external.length > 0 && records.every(({ callBackId }) => callBackId === undefined)
  const talks = talksOf(telling)
  const missed = records.find((record) => record.kind === 'missed')
  const dialled = records.reduce((earliest, { startedAt = Infinity }) => Math.min(earliest, startedAt), told ?? Infinity)
  const first = talks[0]
  const endedBy = first ?? missed
  const wait = cameIn && endedBy !== undefined ? waitUntil(dialled, first === undefined ? missed?.endedAt : first.answeredAt, endedBy) : undefined
  return {
    callId,
    records,
    beganAt: timed.reduce((earliest, [at]) => Math.min(earliest, at), dialled),
    ...(dialled === Infinity ? {} : { dialledAt: dialled }),
    direction,
    cameIn,
    talks,
    ...(missed === undefined ? {} : { missed }),
    ...(wait === undefined ? {} : { wait })
  }
}

/** The calls to which records belong, in any order. A record without any time is left out. */
export const callsOf = (records: Iterable<CallRecord>, began?: Beginnings): ReadonlyArray<RecordedCall> => {
  const calls = new Map<string, Array<Timed>>()
  for (const record of byId(records)) {
    const at = beginningOf(record)
    if (at === undefined) continue
    const call = calls.get(record.callId)
    if (call === undefined) calls.set(record.callId, [[at, record]])
    else call.push([at, record])
  }
  return [...calls].map(([callId, timed]) => callOf(callId, timed, began?.get(callId)))
}
