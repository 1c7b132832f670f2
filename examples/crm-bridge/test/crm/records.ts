import type { AnsweredRecord, CallbackRecord, CallRecord, IncompleteRecord, MissedRecord, TransferredRecord, UnsuccessfulRecord } from 'call-legs'
import { activityOf } from '../../src/crm/Activity.js'
import type { Wanted } from '../../src/crm/Crm.js'
import { at, CLIENT, lasting } from '../story.js'

const dialled = {
  v: 1,
  id: 'a1/85101-a1',
  callId: 'a1',
  subCallId: '85101-a1',
  direction: 'incoming',
  extension: '453*101',
  remoteNumber: CLIENT,
  did: '74950000001',
  startedAt: at(0),
  because: ['R-in']
} as const

const leg = { ...dialled, answeredAt: at(5) } as const

const talked = { ...leg, successful: true, endedAt: at(35), talkTime: lasting(30) } as const

export const answered = (more: Partial<AnsweredRecord> = {}): AnsweredRecord => ({ ...talked, kind: 'answered', ...more })

export const callback = (more: Partial<CallbackRecord> = {}): CallbackRecord => ({ ...talked, kind: 'callback', direction: 'outgoing', callBackId: 'cb-1', ...more })

/** A forward outside: the other side is a colleague's mobile, the client is who he forwarded. */
export const transferred = (more: Partial<TransferredRecord> = {}): TransferredRecord => ({
  ...talked,
  id: 'a1/85103-a1/transferred',
  kind: 'transferred',
  direction: 'outgoing',
  extension: '453*103',
  remoteNumber: '+79160000902',
  transfer: { from: { extension: '453*103' }, client: CLIENT },
  ...more
})

export const unsuccessful = (more: Partial<UnsuccessfulRecord> = {}): UnsuccessfulRecord => ({
  ...dialled,
  kind: 'unsuccessful',
  direction: 'outgoing',
  successful: false,
  endedAt: at(20),
  cause: 'busy',
  ...more
})

/** The same, of a caller who hid his number. */
export const hidden = (): AnsweredRecord => {
  const { remoteNumber, ...others } = answered()
  return remoteNumber === undefined ? answered() : others
}

export const incomplete = (more: Partial<IncompleteRecord> = {}): IncompleteRecord => ({ ...leg, kind: 'incomplete', successful: false, ...more })

export const missed = (more: Partial<MissedRecord> = {}): MissedRecord => ({
  v: 1,
  id: 'a1/missed',
  kind: 'missed',
  direction: 'incoming',
  successful: false,
  callId: 'a1',
  subCallId: '96857-a1',
  extension: '453*887',
  extensionType: 'queue',
  remoteNumber: CLIENT,
  did: '74950000001',
  startedAt: at(0),
  endedAt: at(20),
  rang: ['453*101', '453*102'],
  because: ['R-missed'],
  ...more
})

/** One of each kind. */
export const EVERY_KIND: ReadonlyArray<CallRecord> = [answered(), callback(), transferred(), unsuccessful(), incomplete(), missed()]

export const wanted = (record: CallRecord, more: Partial<Wanted> = {}): Wanted => {
  const activity = activityOf(record)
  if (activity === undefined) throw new Error('the record has no client')
  return { revision: 1, retracted: false, record, activity, ...more }
}
