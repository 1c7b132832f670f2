import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import type { Json } from '../call/Placed.js'
import { settingsOf, type Config, type Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import { sortLedger } from '../record/ledger.js'
import { decodeHeld, encodeGone, encodeHeld } from '../state/callJson.js'
import { readJson } from '../state/readJson.js'
import { within, type StateError } from '../state/StateError.js'
import { CallJson, VERSION } from '../state/StateJson.js'
import { callIdOf, dueOfCall, placeCall, stepCall, tickCall, type CallState } from './CallState.js'
import { explainCall } from './explain.js'
import { heldRecords, restore, savedOf } from './HeldCall.js'
import { openLegsOf } from './openLegs.js'
import type { CallReducer, Transition } from './Reducer.js'
import { transitions } from './transitions.js'

/**
 * The state of one call: nothing yet, held, or let go; plain data, of no concern to anybody but the reducer.
 *
 * @since 0.1.0
 * @category correlator
 */
export interface OneCall {
  /** Absent: nothing is known. */
  readonly state: CallState | undefined
}

const initial: OneCall = { state: undefined }

/** An event of another call than the one that this state is of: it changes nothing. */
const foreign = (call: OneCall, callId: string, raw: unknown): Transition<OneCall> | undefined => {
  if (call.state === undefined || callIdOf(call.state) === callId) return undefined
  const reason = `belongs to another call than ${callIdOf(call.state)}`
  return [call, [{ change: 'rejected', raw, error: { field: 'CallID', value: callId, reason } }]]
}

const moved = (call: OneCall, state: CallState | undefined): OneCall => (state === call.state ? call : { state })

const encode = ({ state }: OneCall): Json => {
  if (state === undefined) return { v: VERSION }
  return state.tag === 'held' ? { v: VERSION, held: encodeHeld(savedOf(state)) } : { v: VERSION, gone: encodeGone(state) }
}

const decodeCall = (settings: Settings, json: unknown): Either<StateError, OneCall> => {
  const read = readJson(CallJson, json)
  if (isLeft(read)) return left(read.left)
  const { held, gone } = read.right
  if (held !== undefined) {
    const saved = decodeHeld(settings, held)
    return isLeft(saved) ? within('held', saved) : right({ state: restore(settings, saved.right) })
  }
  return right(gone === undefined ? initial : { state: { tag: 'gone', callId: gone.callId, until: gone.until } })
}

/**
 * The reducer of a single call, for an engine that holds one state per CallID. The first event tells which
 * call it is; one of another call is `rejected` and changes nothing. After a call was let go its state says
 * so until the tick that `due` names, and is `initial` again from then on.
 *
 * @example
 * import { callReducer } from 'call-legs'
 * const call = callReducer()
 * const [state] = call.ingest(
 *   call.initial,
 *   'EventType=dial-in&EventTime=1780000686000000&CallID=ab12&SubCallID=85219-ab12&CallerIDNum=%2B79160000001&CalledNumber=453*102'
 * )
 * assert.deepStrictEqual(call.openLegs(state).map((leg) => [leg.state, leg.extension]), [['ringing', '453*102']])
 * assert.deepStrictEqual(call.due(state), 1780000686000000 + 24 * 3_600_000_000)
 *
 * @since 0.1.0
 * @category correlator
 */
export const callReducer = (config: Config = {}): CallReducer<OneCall> => {
  const settings = settingsOf(config)
  const step = (call: OneCall, event: CallEvent): Transition<OneCall> => {
    const refused = foreign(call, event.callId, event)
    if (refused !== undefined) return refused
    const [state, changes] = stepCall(settings, call.state, event)
    return [moved(call, state), changes]
  }
  return {
    initial,
    ...transitions({
      step,
      placed: (call, placed) => {
        const refused = foreign(call, placed.callId, placed)
        if (refused !== undefined) return refused
        const [state, changes] = placeCall(settings, call.state, placed)
        return [moved(call, state), changes]
      },
      tick: (call, now) => {
        if (call.state === undefined) return [call, []]
        const [state, changes] = tickCall(settings, call.state, now)
        return [moved(call, state), changes]
      }
    }),
    drain: (call) => [initial, call.state === undefined ? [] : tickCall(settings, call.state, Infinity)[1]],
    due: (call) => (call.state === undefined ? undefined : dueOfCall(settings, call.state)),
    records: ({ state }) => (state?.tag === 'held' ? sortLedger(heldRecords(settings, state)) : []),
    openLegs: ({ state }) => (state?.tag === 'held' ? openLegsOf(state) : []),
    explain: ({ state }, at) => (state === undefined ? undefined : explainCall(settings, state, at)),
    encode,
    decode: (json) => decodeCall(settings, json)
  }
}
