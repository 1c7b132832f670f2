import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import type { Json, Placed } from '../call/Placed.js'
import { settingsOf, type Config, type Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import { sortLedger } from '../record/ledger.js'
import { checkedPlaced, encodeGone, placeCall, stepCall, type CallState } from './CallState.js'
import type { Change } from './Change.js'
import { explainCall } from './explain.js'
import { heldRecords } from './HeldCall.js'
import { decodeHeld, encodeForm, encodeHeld } from './heldJson.js'
import { ingestWith } from './ingest.js'
import { openLegsOf } from './openLegs.js'
import { malformed, readJson } from './readJson.js'
import type { Correlator, Transition } from './Reducer.js'
import { unpacked } from './RestingCall.js'
import { allKept, awakeCalls, emptyState, find, heldCalls, known, put, putBack, type Kept, type State } from './State.js'
import type { StateError } from './StateError.js'
import { StateJson, VERSION } from './StateJson.js'
import { drainAll, tickAll } from './tick.js'

const knownOf = (settings: Settings, callId: string, kept: Kept | undefined): CallState | undefined =>
  kept === undefined ? undefined : known(settings, callId, kept)

/** Takes in what became of a call: nothing else happens if nothing is new. */
const moved = (
  settings: Settings,
  state: State,
  kept: Kept | undefined,
  before: CallState | undefined,
  [after, changes]: readonly [CallState, ReadonlyArray<Change>]
): Transition<State> => {
  if (after === before || after.tag === 'gone') return [state, changes]
  // the call's own text of its id: the next event's would be another copy
  return [put(settings, state, after.call.callId, kept, after), changes]
}

const encode = (state: State): Json => {
  const held: Array<Json> = []
  const gone: Array<Json> = []
  for (const [callId, kept] of allKept(state)) {
    if (typeof kept === 'number') gone.push(encodeGone({ tag: 'gone', callId, until: kept }))
    else held.push(kept.tag === 'held' ? encodeHeld(kept) : encodeForm(callId, unpacked(kept)))
  }
  return { v: VERSION, held, gone }
}

const decodeState = (settings: Settings, json: unknown): Either<StateError, State> => {
  const read = readJson(StateJson, json)
  if (isLeft(read)) return left(read.left)
  let state = emptyState
  const keep = (call: CallState, callId: string): void => {
    state = putBack(settings, state, callId, call)
  }
  for (const call of read.right.held) {
    const held = decodeHeld(settings, call)
    if (held === undefined) return malformed('held.words', `names what is not there, in call ${call.id}`)
    keep(held, call.id)
  }
  for (const { id, until } of read.right.gone) keep({ tag: 'gone', callId: id, until }, id)
  return right(state)
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
  const step = (state: State, event: CallEvent): Transition<State> => {
    const kept = find(state, event.callId)
    const before = knownOf(settings, event.callId, kept)
    return moved(settings, state, kept, before, stepCall(settings, before, event))
  }
  return {
    initial: emptyState,
    step,
    ingest: ingestWith(step),
    placed: (state: State, word: Placed) => {
      const placed = checkedPlaced(word)
      if (isLeft(placed)) return [state, [{ change: 'rejected', raw: word, error: placed.left }]]
      const { callId } = placed.right
      const kept = find(state, callId)
      const before = knownOf(settings, callId, kept)
      return moved(settings, state, kept, before, placeCall(settings, before, placed.right))
    },
    tick: (state, now) => tickAll(settings, state, now),
    drain: (state) => drainAll(settings, state),
    due: ({ schedule: { first } }) => (first === Infinity ? undefined : first),
    records: (state) => sortLedger(heldCalls(settings, state).flatMap(heldRecords)),
    openLegs: (state) => awakeCalls(state).flatMap(openLegsOf),
    explain: (state, callId, at) => {
      const id = callId.toLowerCase()
      const call = knownOf(settings, id, find(state, id))
      return call === undefined ? undefined : explainCall(settings, call, at)
    },
    encode,
    decode: (json) => decodeState(settings, json)
  }
}
