import type { CallEvent, CallRecord } from 'call-legs'

/** What somebody writes down who needs a list of talks and misses, and no more. */
export interface HandRecord {
  readonly id: string
  readonly kind: 'answered' | 'transferred' | 'missed'
  readonly direction: 'incoming' | 'outgoing'
  readonly callId: string
  readonly subCallId: string
  readonly extension: string | undefined
  readonly remoteNumber: string | undefined
  readonly did: string | undefined
  readonly startedAt: number | undefined
  readonly answeredAt: number | undefined
  readonly endedAt: number
  readonly talkTime: number | undefined
  readonly recordingId: string | undefined
  readonly transferredBy: string | undefined
}

/** A leg that is open. */
export interface HandLeg {
  readonly dial: CallEvent
  readonly answeredAt: number | undefined
}

/** A call with something open. */
export interface HandCall {
  readonly startedAt: number
  readonly legs: ReadonlyMap<string, HandLeg>
  /** A phone talks or has talked to the client. */
  readonly answered: boolean
  /** Some IVR or queue said `Bridged=yes`. */
  readonly accepted: boolean
  /** The IVR or queue hangup that said `no`; a queue's before an IVR's. */
  readonly lost: CallEvent | undefined
}

const extensionOf = (name: string | undefined): string | undefined => name?.split('@')[0]

const ownExtension = ({ direction, parties }: CallEvent): string | undefined =>
  extensionOf(direction === 'incoming' ? parties.calledNumber : parties.callerExtension)

/** The record of a talk. */
export const talkRecord = ({ dial, answeredAt }: HandLeg, hangup: CallEvent): HandRecord => {
  const { parties } = dial
  const remoteNumber = dial.direction === 'incoming' ? (parties.remoteNumber ?? parties.callerNumber) : parties.calledNumber
  const transferred = parties.remoteNumber !== undefined && parties.remoteNumber !== parties.callerNumber
  return {
    id: `${hangup.callId}/${hangup.subCallId}`,
    kind: transferred ? 'transferred' : 'answered',
    direction: dial.direction ?? 'incoming',
    callId: hangup.callId,
    subCallId: hangup.subCallId,
    extension: ownExtension(dial),
    remoteNumber,
    did: parties.did,
    startedAt: dial.at,
    answeredAt,
    endedAt: hangup.at,
    talkTime: hangup.talkTime,
    recordingId: hangup.recordingId,
    transferredBy: transferred ? extensionOf(parties.callerNumber) : undefined
  }
}

/** The record of a miss. */
export const missedRecord = (startedAt: number, hangup: CallEvent): HandRecord => ({
  id: `${hangup.callId}/missed`,
  kind: 'missed',
  direction: 'incoming',
  callId: hangup.callId,
  subCallId: hangup.subCallId,
  extension: ownExtension(hangup),
  remoteNumber: hangup.parties.callerNumber,
  did: hangup.parties.did,
  startedAt,
  answeredAt: undefined,
  endedAt: hangup.at,
  talkTime: undefined,
  recordingId: undefined,
  transferredBy: undefined
})

/** Of two hangups that say `no` the queue's, which was reached through another extension. */
export const graver = (a: CallEvent | undefined, b: CallEvent): CallEvent =>
  a === undefined || b.parties.callerExtension !== undefined ? b : a

/** A record of the library, as far as the loops know of such things; and nothing of those that they do not make. */
export const byHand = (record: CallRecord): HandRecord | undefined => {
  if (record.kind !== 'missed' && record.kind !== 'answered' && record.kind !== 'transferred') return undefined
  const leg = record.kind === 'missed' ? undefined : record
  return {
    id: record.id,
    kind: record.kind,
    direction: record.direction,
    callId: record.callId,
    subCallId: record.subCallId,
    extension: record.extension,
    remoteNumber: record.remoteNumber,
    // by hand a leg knows its own public number only
    did: record.because.includes('R-did') ? undefined : record.did,
    startedAt: record.startedAt,
    answeredAt: leg?.answeredAt,
    endedAt: record.endedAt,
    talkTime: leg?.talkTime,
    recordingId: leg?.recordingId,
    transferredBy: leg?.transfer?.from?.extension
  }
}
