/**
 * The floor: the loop that somebody writes who needs answered, missed and transferred calls and nothing else, in
 * place, with events that come in order and once. It holds no call after its last hangup, knows no settle window,
 * no disorder, no outgoing failure, no forward outside, no callback. Nobody tunes this file: it is a measure.
 */
import type { CallEvent } from 'call-legs'
import { graver, missedRecord, talkRecord, type HandLeg, type HandRecord } from './HandRecord.js'

interface OpenCall {
  readonly startedAt: number
  readonly legs: Map<string, HandLeg>
  answered: boolean
  accepted: boolean
  lost: CallEvent | undefined
}

export const mutableLoop = () => {
  const calls = new Map<string, OpenCall>()

  const hangUp = (call: OpenCall, event: CallEvent, write: (record: HandRecord) => void): void => {
    const leg = call.legs.get(event.subCallId)
    call.legs.delete(event.subCallId)
    if (event.bridged === 'yes') call.accepted = true
    else if (event.bridged === 'no') call.lost = graver(call.lost, event)
    else if (leg?.answeredAt !== undefined && event.status === 'ANSWER') write(talkRecord(leg, event))
    if (call.legs.size > 0) return
    calls.delete(event.callId)
    if (call.lost !== undefined && !call.accepted && !call.answered) write(missedRecord(call.startedAt, call.lost))
  }

  return {
    open: () => calls.size,
    event: (event: CallEvent, write: (record: HandRecord) => void): void => {
      let call = calls.get(event.callId)
      if (call === undefined) {
        call = { startedAt: event.at, legs: new Map(), answered: false, accepted: false, lost: undefined }
        calls.set(event.callId, call)
      }
      switch (event.kind) {
        case 'dial':
          call.legs.set(event.subCallId, { dial: event, answeredAt: undefined })
          return
        case 'answer': {
          const leg = call.legs.get(event.subCallId)
          if (leg === undefined) return
          call.legs.set(event.subCallId, { dial: leg.dial, answeredAt: event.at })
          call.answered = true
          return
        }
        case 'hangup':
          return hangUp(call, event, write)
      }
    }
  }
}
