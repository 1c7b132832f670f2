/**
 * The loop of `mutable.ts` with the `ReadonlyMap` of fp-ts: `upsertAt` and `deleteAt` copy. What is found by its key
 * is found with the map's own `get`, not with `lookup`, which looks at one key after the other. Nobody tunes this file.
 */
import type { CallEvent } from 'call-legs'
import { pipe } from 'fp-ts/lib/function.js'
import * as M from 'fp-ts/lib/ReadonlyMap.js'
import * as S from 'fp-ts/lib/string.js'
import { graver, missedRecord, talkRecord, type HandCall, type HandLeg, type HandRecord } from './HandRecord.js'

export type FpTsState = ReadonlyMap<string, HandCall>

export const noCalls: FpTsState = new Map()

const upsert = M.upsertAt(S.Eq)
const remove = M.deleteAt(S.Eq)

const emptyCall = ({ at }: CallEvent): HandCall => ({ startedAt: at, legs: new Map(), answered: false, accepted: false, lost: undefined })

const withLeg = (call: HandCall, key: string, leg: HandLeg): HandCall => ({ ...call, legs: pipe(call.legs, upsert(key, leg)) })

const hangUp = (calls: FpTsState, call: HandCall, event: CallEvent, write: (record: HandRecord) => void): FpTsState => {
  const leg = call.legs.get(event.subCallId)
  const legs = pipe(call.legs, remove(event.subCallId))
  const accepted = call.accepted || event.bridged === 'yes'
  const lost = event.bridged === 'no' ? graver(call.lost, event) : call.lost
  if (event.bridged === undefined && leg?.answeredAt !== undefined && event.status === 'ANSWER') write(talkRecord(leg, event))
  if (legs.size > 0) return pipe(calls, upsert(event.callId, { ...call, legs, accepted, lost }))
  if (lost !== undefined && !accepted && !call.answered) write(missedRecord(call.startedAt, lost))
  return pipe(calls, remove(event.callId))
}

export const fpTsLoop = (calls: FpTsState, event: CallEvent, write: (record: HandRecord) => void): FpTsState => {
  const call = calls.get(event.callId) ?? emptyCall(event)
  switch (event.kind) {
    case 'dial':
      return pipe(calls, upsert(event.callId, withLeg(call, event.subCallId, { dial: event, answeredAt: undefined })))
    case 'answer': {
      const leg = call.legs.get(event.subCallId)
      if (leg === undefined) return calls
      const answered = withLeg(call, event.subCallId, { ...leg, answeredAt: event.at })
      return pipe(calls, upsert<HandCall>(event.callId, { ...answered, answered: true }))
    }
    case 'hangup':
      return hangUp(calls, call, event, write)
  }
}
