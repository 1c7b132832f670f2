import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { CallHistory, HistoryError, HistoryLeg, HistoryPort } from '../ports/History.js'
import type { Signal } from '../ports/Port.js'
import { HistoryAnswer, type CallAnswer, type CdrAnswer } from './answers.js'
import type { Client } from './client.js'
import { idInPath } from './path.js'
import { read } from './reading.js'

const ANSWERED: ReadonlySet<string> = new Set(['answered', 'bridged'])

export const legOf = (cdr: CdrAnswer): HistoryLeg => {
  const flow = cdr.flow?.toLowerCase()
  const direction = flow === 'in' ? 'incoming' : flow === 'out' ? 'outgoing' : undefined
  // of a leg that nobody answered the history may name a start too
  const answeredAt = ANSWERED.has(cdr.result ?? '') ? cdr.start_time_gmt : undefined
  return {
    ...(cdr.extension_id === undefined ? {} : { extensionId: cdr.extension_id }),
    ...(cdr.extension_name === undefined ? {} : { extension: cdr.extension_name }),
    ...(cdr.extension_type === undefined ? {} : { extensionType: cdr.extension_type }),
    ...(direction === undefined ? {} : { direction }),
    ...(flow === 'transfer' ? { transferred: true } : {}),
    ...(cdr.init_time_gmt === undefined ? {} : { startedAt: cdr.init_time_gmt }),
    ...(answeredAt === undefined ? {} : { answeredAt }),
    ...(cdr.hangup_time_gmt === undefined ? {} : { endedAt: cdr.hangup_time_gmt }),
    ...(cdr.duration === undefined ? {} : { duration: cdr.duration }),
    ...(cdr.result === undefined ? {} : { result: cdr.result }),
    ...(cdr.hangup_disposition === undefined ? {} : { hangup: cdr.hangup_disposition }),
    ...(cdr.record_uuid === undefined || cdr.record_uuid === '' ? {} : { recordingId: cdr.record_uuid }),
    ...(cdr.from_username ? { from: cdr.from_username } : {}),
    ...(cdr.from_screen_name ? { fromName: cdr.from_screen_name } : {}),
    ...(cdr.to_username ? { to: cdr.to_username } : {}),
    ...(cdr.did_number ? { did: cdr.did_number } : {})
  }
}

/** The call as a whole. */
export const callHistoryOf = (callId: string, call: CallAnswer, legs: ReadonlyArray<HistoryLeg>): CallHistory => {
  const flow = call.flow?.toLowerCase()
  return {
    callId,
    legs,
    ...(flow === 'in' ? { direction: 'incoming' } : flow === 'out' ? { direction: 'outgoing' } : {}),
    ...(call.init_time_gmt === undefined ? {} : { startedAt: call.init_time_gmt }),
    ...(call.hangup_time_gmt === undefined ? {} : { endedAt: call.hangup_time_gmt }),
    ...(call.result === undefined ? {} : { result: call.result }),
    ...(call.from_username ? { from: call.from_username } : {}),
    ...(call.to_username ? { to: call.to_username } : {}),
    ...(call.did_number ? { did: call.did_number } : {})
  }
}

const historyOf = (client: Client, account: string, id: string, signal: Signal | undefined): TE.TaskEither<HistoryError, CallHistory> => {
  const callId = id.toLowerCase()
  return async () => {
    const answer = await client({ method: 'GET', path: `/api/ver1.0/client/${account}/call_history/${id}`, repeatable: true }, signal)
    if (E.isLeft(answer)) return E.left(answer.left.error)
    if (answer.right.status === 404) return E.left({ kind: 'not-found', callId })
    return pipe(
      read('the call history', HistoryAnswer)(answer.right),
      E.filterOrElse(
        ({ call_uuid }) => call_uuid === undefined || call_uuid.toLowerCase() === callId,
        (): HistoryError => ({ kind: 'unreadable', reason: 'the call history: call_uuid is that of another call' })
      ),
      E.map((call) => callHistoryOf(callId, call, call.cdr.map(legOf)))
    )
  }
}

/** 32 hex digits: lower case in events, upper case in the history. */
const HEX_ID = /^[0-9a-f]{32}$/i

/** The call history of one call: `GET …/call_history/{CallID}`. */
export const historyPort =
  (client: Client, account: string): HistoryPort =>
  (callId, { signal } = {}) =>
    pipe(
      TE.fromEither<HistoryError, string>(idInPath('callId', callId)),
      TE.chain((id) =>
        HEX_ID.test(id)
          ? // the history shows its ids in upper case; whether it finds them in lower case too, nobody says
            pipe(
              historyOf(client, account, id.toUpperCase(), signal),
              TE.orElse((error) => (error.kind === 'not-found' ? historyOf(client, account, id.toLowerCase(), signal) : TE.left(error)))
            )
          : historyOf(client, account, id, signal)
      )
    )
