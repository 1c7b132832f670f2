import type { AnsweredRecord, IncompleteRecord, MissedRecord, UnsuccessfulRecord } from '../../src/index.js'

/** 2026-06-03, 06:00:00 UTC. */
export const SIX = 1_780_466_400_000_000

const leg = { v: 1, id: 'ab12/85218-ab12', callId: 'ab12', subCallId: '85218-ab12', extension: '453*101', because: [] } as const

export const answered: AnsweredRecord = {
  ...leg,
  kind: 'answered',
  successful: true,
  direction: 'incoming',
  remoteNumber: '+79160000001',
  did: '74950000001',
  startedAt: SIX,
  answeredAt: SIX + 5_000_000,
  endedAt: SIX + 192_000_000,
  talkTime: 187_000_000,
  status: 'ANSWER'
}

export const busy: UnsuccessfulRecord = {
  ...leg,
  kind: 'unsuccessful',
  successful: false,
  direction: 'outgoing',
  remoteNumber: '+79160000002',
  startedAt: SIX,
  endedAt: SIX + 4_000_000,
  status: 'BUSY',
  cause: 'busy'
}

export const incomplete: IncompleteRecord = { ...leg, kind: 'incomplete', successful: false, direction: 'outgoing', startedAt: SIX }

export const missed: MissedRecord = {
  v: 1,
  id: 'cd34/missed',
  kind: 'missed',
  direction: 'incoming',
  successful: false,
  callId: 'cd34',
  subCallId: '96857-cd34',
  extension: '453*887',
  extensionType: 'queue',
  startedAt: SIX,
  endedAt: SIX + 30_000_000,
  rang: ['453*101', '453*102'],
  because: []
}
