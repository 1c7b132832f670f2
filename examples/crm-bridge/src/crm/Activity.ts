import type { CallRecord, EpochMicros, UnsuccessfulRecord } from 'call-legs'
import { numberKey } from '../call/numberKey.js'

/** What came of a call. `unknown`: its end was not seen. */
export type Outcome = 'talked' | 'missed' | 'unknown' | UnsuccessfulRecord['cause']

/** A record as any CRM takes it: one activity of one client. */
export interface Activity {
  /** The record's id: unique, and the same for ever. */
  readonly id: string
  /** The client's number, as E.164 where it is a whole one. */
  readonly client: string
  readonly clientName?: string
  /** As the client sees it: a forward outside for a caller is inbound. */
  readonly direction: 'inbound' | 'outbound'
  /** The employee; of a missed call the IVR or queue where it was lost. */
  readonly extension?: string
  readonly isEmployee: boolean
  /** The company's number by which the call came in. */
  readonly line?: string
  readonly startedAt?: EpochMicros
  /** Whole seconds of talk, 0 for what was no talk. */
  readonly duration: number
  readonly outcome: Outcome
  /** Did somebody else have the client before? */
  readonly redirected: boolean
  /** Was it placed through the API? */
  readonly callback: boolean
  /** What came of it, in words, without a number of the client. */
  readonly sentence: string
}

/** The client: of a forward outside that is not the other side. */
const clientOf = (record: CallRecord): string | undefined =>
  record.kind === 'missed' ? record.remoteNumber : (record.transfer?.client ?? record.remoteNumber)

/** Ten digits and more are a whole number; what is shorter is a service's, and is dialled as it is. */
const e164 = (number: string | undefined): string | undefined => {
  const digits = numberKey(number)
  return digits === undefined || digits.length < 10 ? digits : `+${digits}`
}

const SECOND = 1_000_000

const durationOf = (record: CallRecord): number => {
  if (!record.successful) return 0
  const seen = record.answeredAt === undefined ? 0 : Math.max(0, record.endedAt - record.answeredAt)
  return Math.round((record.talkTime ?? seen) / SECOND)
}

const outcomeOf = (record: CallRecord): Outcome => {
  switch (record.kind) {
    case 'answered':
    case 'transferred':
    case 'callback':
      return 'talked'
    case 'missed':
      return 'missed'
    case 'incomplete':
      return 'unknown'
    case 'unsuccessful':
      return record.cause
  }
}

/** 54 s is `0:54`. */
const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

const CAUSES: Readonly<Record<UnsuccessfulRecord['cause'], string>> = {
  busy: 'busy',
  cancelled: 'given up before an answer',
  'no-answer': 'no answer',
  congestion: 'the line was congested',
  unavailable: 'unavailable',
  other: 'not reached'
}

const sentenceOf = (record: CallRecord): string => {
  const at = record.extension ?? 'an unknown extension'
  if (record.kind === 'missed') {
    const place = record.extensionType === 'special' ? '' : `${record.extensionType} `
    return `missed at ${place}${at}; ${record.rang.length === 0 ? 'no phone rang' : `rang ${record.rang.join(', ')}`}`
  }
  const by = record.transfer === undefined ? '' : `, a transfer${record.transfer.from === undefined ? '' : ` from ${record.transfer.from.extension}`}`
  if (record.successful) return `talked ${clock(durationOf(record))}, ${at}${by}`
  return `${record.kind === 'incomplete' ? 'its end was not seen' : CAUSES[record.cause]}, ${at}${by}`
}

/** Nothing, if the record has no client's number: there is nobody in the CRM to whom it could belong. */
export const activityOf = (record: CallRecord): Activity | undefined => {
  const client = e164(clientOf(record))
  if (client === undefined) return undefined
  const forClient = record.kind !== 'missed' && record.transfer?.client !== undefined
  const startedAt = record.startedAt ?? (record.kind === 'missed' ? undefined : record.answeredAt) ?? (record.kind === 'incomplete' ? undefined : record.endedAt)
  return {
    id: record.id,
    client,
    ...(record.remoteName === undefined || forClient ? {} : { clientName: record.remoteName }),
    direction: record.direction === 'incoming' || forClient ? 'inbound' : 'outbound',
    ...(record.extension === undefined ? {} : { extension: record.extension }),
    isEmployee: record.extension !== undefined && (record.kind !== 'missed' || record.extensionType === 'phone'),
    ...(record.did === undefined ? {} : { line: record.did }),
    ...(startedAt === undefined ? {} : { startedAt }),
    duration: durationOf(record),
    outcome: outcomeOf(record),
    redirected: record.kind !== 'missed' && record.transfer !== undefined,
    callback: record.callBackId !== undefined,
    sentence: sentenceOf(record)
  }
}
