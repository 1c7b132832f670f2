/** Telephone words for the records of a day: what happened, when, to whom. Each is a call of its own unless `callId` says otherwise. */
import { fromMillis, seconds, type AnsweredRecord, type CallbackRecord, type EpochMicros, type IncompleteRecord, type MissedRecord, type TransferredRecord, type UnsuccessfulRecord } from '../../src/index.js'

export const CLIENT = '+79160000001'
export const OTHER = '+79160000002'
export const MOBILE = '+79160000901'

/** A time of day, `10:00` or `10:00:30`, in UTC, of 2026-06-03 or of another day. */
export const at = (time: string, day = '2026-06-03'): EpochMicros => fromMillis(Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`))

type Own<R> = Partial<Omit<R, 'kind' | 'v'>>

const beginning = (start: EpochMicros, kind: string, callId = `${kind}-${start}`) => ({ v: 1, callId, because: [], startedAt: start }) as const

/** A client waits for so many seconds at the queue, and gives up. */
export const missed = (start: EpochMicros, { callId, ...own }: Own<MissedRecord> = {}, waiting = 30): MissedRecord => {
  const call = beginning(start, 'missed', callId)
  return {
    ...call, id: `${call.callId}/missed`, kind: 'missed', direction: 'incoming', successful: false, subCallId: '96887-a',
    extension: '453*887', extensionType: 'queue', remoteNumber: CLIENT, did: '74950000001', endedAt: start + seconds(waiting), rang: ['453*101'], ...own
  }
}

/** A phone rings for five seconds, then somebody talks for a minute. */
export const answered = (start: EpochMicros, { callId, ...own }: Own<AnsweredRecord> = {}, ringing = 5, talking = 60): AnsweredRecord => {
  const call = beginning(start, 'answered', callId)
  return {
    ...call, id: `${call.callId}/85101-a`, kind: 'answered', direction: 'incoming', successful: true, subCallId: '85101-a', extension: '453*101', remoteNumber: CLIENT,
    answeredAt: start + seconds(ringing), endedAt: start + seconds(ringing + talking), talkTime: seconds(talking), ...own
  }
}

/** The employee's colleague talks on with the client. */
export const transferred = (start: EpochMicros, callId: string, own: Own<TransferredRecord> = {}, ringing = 5, talking = 60): TransferredRecord => ({
  ...answered(start, { callId, id: `${callId}/85102-a`, subCallId: '85102-a', extension: '453*102' }, ringing, talking),
  kind: 'transferred', transfer: { from: { extension: '453*101', subCallId: '85101-a' } }, ...own
})

/** The call is sent on to a mobile, where somebody answers. */
export const forwarded = (start: EpochMicros, callId: string, client: string | undefined, own: Own<TransferredRecord> = {}): TransferredRecord =>
  transferred(start, callId, {
    id: `${callId}/85101-a/transferred`, direction: 'outgoing', remoteNumber: MOBILE, extension: '453*101',
    transfer: client === undefined ? {} : { client }, ...own
  })

/** The PBX calls the client because the website, or the CRM, said so. */
export const callback = (start: EpochMicros, { callId, ...own }: Own<CallbackRecord> = {}): CallbackRecord => ({
  ...answered(start, { callId: callId ?? `callback-${start}` }), kind: 'callback', direction: 'outgoing', callBackId: '77', ...own
})

/** An employee dials the client in vain. */
export const tried = (start: EpochMicros, { callId, ...own }: Own<UnsuccessfulRecord> = {}): UnsuccessfulRecord => {
  const call = beginning(start, 'tried', callId)
  return {
    ...call, id: `${call.callId}/85103-a`, kind: 'unsuccessful', direction: 'outgoing', successful: false, subCallId: '85103-a', extension: '453*103', remoteNumber: CLIENT,
    endedAt: start + seconds(20), cause: 'no-answer', ...own
  }
}

/** An employee dials the client, and the hangup is never seen. */
export const incomplete = (start: EpochMicros, { callId, ...own }: Own<IncompleteRecord> = {}): IncompleteRecord => {
  const call = beginning(start, 'incomplete', callId)
  return { ...call, id: `${call.callId}/85104-a`, kind: 'incomplete', direction: 'outgoing', successful: false, subCallId: '85104-a', extension: '453*104', remoteNumber: CLIENT, ...own }
}
