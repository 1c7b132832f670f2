/**
 * The loop of `mutable.ts` with immer: one `produce` an event, so that each state stays as it is. Freezing is
 * switched off, which is what immer's own pages advise where speed matters. Nobody tunes this file.
 */
import type { CallEvent } from 'call-legs'
import { castDraft, enableMapSet, produce, setAutoFreeze, type Draft } from 'immer'
import { graver, missedRecord, talkRecord, type HandCall, type HandRecord } from './HandRecord.js'

enableMapSet()
setAutoFreeze(false)

export type ImmerState = ReadonlyMap<string, HandCall>

export const noCalls: ImmerState = new Map()

type Write = (record: HandRecord) => void

const hangUp = (calls: Map<string, Draft<HandCall>>, call: Draft<HandCall>, event: CallEvent, write: Write): void => {
  const leg = call.legs.get(event.subCallId)
  call.legs.delete(event.subCallId)
  if (event.bridged === 'yes') call.accepted = true
  else if (event.bridged === 'no') call.lost = castDraft(graver(call.lost, event))
  else if (leg?.answeredAt !== undefined && event.status === 'ANSWER') write(talkRecord(leg, event))
  if (call.legs.size > 0) return
  calls.delete(event.callId)
  if (call.lost !== undefined && !call.accepted && !call.answered) write(missedRecord(call.startedAt, call.lost))
}

export const immerLoop = (state: ImmerState, event: CallEvent, write: Write): ImmerState =>
  produce(state, (calls) => {
    if (!calls.has(event.callId)) {
      calls.set(event.callId, { startedAt: event.at, legs: new Map(), answered: false, accepted: false, lost: undefined })
    }
    const call = calls.get(event.callId)
    if (call === undefined) return
    switch (event.kind) {
      case 'dial':
        call.legs.set(event.subCallId, { dial: castDraft(event), answeredAt: undefined })
        return
      case 'answer': {
        const leg = call.legs.get(event.subCallId)
        if (leg === undefined) return
        leg.answeredAt = event.at
        call.answered = true
        return
      }
      case 'hangup':
        hangUp(calls, call, event, write)
    }
  })
