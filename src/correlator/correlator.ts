import { isLeft, right, type Either } from 'fp-ts/lib/Either.js'
import type { Json } from '../call/Placed.js'
import { settingsOf, type Config, type Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { legKey } from '../leg/LegFacts.js'
import { sortLedger } from '../record/ledger.js'
import { callIdOf, dueOfCall, notTaken, placeCall, stepCall, type CallState } from '../reducer/CallState.js'
import type { Change } from '../reducer/Change.js'
import { explainCall } from '../reducer/explain.js'
import { heldRecords, restore, savedOf, type HeldCall } from '../reducer/HeldCall.js'
import { openLegsOf } from '../reducer/openLegs.js'
import type { Correlator, Transition } from '../reducer/Reducer.js'
import { transitions } from '../reducer/transitions.js'
import { decodeHeld, encodeGone, encodeHeld } from '../state/callJson.js'
import { readJson } from '../state/readJson.js'
import { malformed, within, type StateError } from '../state/StateError.js'
import { StateJson, VERSION } from '../state/StateJson.js'
import { allCalls, emptyState, find, tableOf, withCall, type State } from './State.js'
import type { Entry } from './Table.js'
import { drainAll, dueOfAll, tickAll } from './tick.js'

const heldCalls = (state: State): ReadonlyArray<HeldCall> => allCalls(state).flatMap((call) => (call.tag === 'held' ? [call] : []))

/**
 * Puts a call to which something has happened in its place. A look that comes too early does no harm, so that most
 * events move nothing; and an open call is looked at as if it had ended, which it mostly has by then.
 */
const put = (settings: Settings, state: State, before: Entry | undefined, call: CallState): State => {
  const soon = call.tag === 'held' ? call.call.activity + settings.closedRetention : Infinity
  return withCall(state, callIdOf(call), before, call, Math.min(before?.lookAt ?? Infinity, dueOfCall(settings, call), soon))
}

const encode = (state: State): Json => ({
  v: VERSION,
  held: heldCalls(state).map((call) => encodeHeld(savedOf(call))),
  gone: allCalls(state).flatMap((call) => (call.tag === 'gone' ? [encodeGone(call)] : []))
})

const decodeState = (settings: Settings, json: unknown): Either<StateError, State> => {
  const read = readJson(StateJson, json)
  if (isLeft(read)) return read
  const { held, gone } = read.right
  if (held.length > settings.maxCalls) return malformed('held', `has more than maxCalls: ${settings.maxCalls}`)
  let state = emptyState
  const keep = (call: CallState): void => {
    state = put(settings, state, find(state, callIdOf(call)), call)
  }
  for (const [i, call] of held.entries()) {
    const saved = decodeHeld(settings, call)
    if (isLeft(saved)) return within(`held[${i}]`, saved)
    keep(restore(settings, saved.right))
  }
  for (const { callId, until } of gone) keep({ tag: 'gone', callId, until })
  return right(state)
}

/** Takes an input for one call, by what is known of it. */
const move = (
  settings: Settings,
  state: State,
  callId: string,
  leg: string | undefined,
  at: EpochMicros,
  step: (call: CallState | undefined) => readonly [CallState, ReadonlyArray<Change>]
): Transition<State> => {
  const known = find(state, callId)
  if (known === undefined && tableOf(state).held >= settings.maxCalls) return [state, notTaken('over-limit', callId, leg, at)]
  const [after, changes] = step(known?.call)
  return [after === known?.call ? state : put(settings, state, known, after), changes]
}

/**
 * The correlator of all calls: a configuration makes it, and it is nothing but pure functions. A
 * transition takes a state and an input, and answers the next state and what changed.
 *
 * @example
 * import { correlator } from 'call-legs'
 * const calls = correlator({ missedAtPhone: true })
 * const leg = 'CallID=ab12&SubCallID=85219-ab12&CallFlow=in&CallerIDNum=%2B79160000001&CalledNumber=453*102'
 * let [state] = calls.ingest(calls.initial, `EventType=dial-in&EventTime=1780000686000000&${leg}`)
 * ;[state] = calls.ingest(state, `EventType=answer&EventTime=1780000690000000&${leg}`)
 * const [, changes] = calls.ingest(state, `EventType=hangup&EventTime=1780000700000000&CallStatus=ANSWER&${leg}`)
 * assert.deepStrictEqual(
 *   changes.map((change) => change.change === 'registered' && [change.record.kind, change.record.remoteNumber]),
 *   [['answered', '+79160000001']]
 * )
 *
 * @since 0.1.0
 * @category correlator
 */
export const correlator = (config: Config = {}): Correlator<State> => {
  const settings = settingsOf(config)
  return {
    initial: emptyState,
    ...transitions<State>({
      step: (state, event) => move(settings, state, event.callId, legKey(event), event.at, (call) => stepCall(settings, call, event)),
      placed: (state, placed) => move(settings, state, placed.callId, undefined, placed.at, (call) => placeCall(settings, call, placed)),
      tick: (state, now) => tickAll(settings, state, now)
    }),
    drain: (state) => drainAll(settings, state),
    due: (state) => dueOfAll(settings, state),
    records: (state) => sortLedger(heldCalls(state).flatMap((call) => heldRecords(settings, call))),
    openLegs: (state) => heldCalls(state).flatMap(openLegsOf),
    explain: (state, callId, at) => {
      const call = find(state, callId.toLowerCase())?.call
      return call === undefined ? undefined : explainCall(settings, call, at)
    },
    encode,
    decode: (json) => decodeState(settings, json)
  }
}
