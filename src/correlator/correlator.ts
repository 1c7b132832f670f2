import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import type { Json, Placed } from '../call/Placed.js'
import { settingsOf, type Config, type Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { EpochMicros } from '../event/time.js'
import { sortLedger } from '../record/ledger.js'
import { dueOfCall, placeCall, stepCall, tickCall, type CallState } from './CallState.js'
import type { Change } from './Change.js'
import type { Correlator, Transition } from './Reducer.js'
import { explainCall } from './explain.js'
import { heldRecords } from './HeldCall.js'
import { ingestWith } from './ingest.js'
import { openLegsOf } from './openLegs.js'
import { emptyMap, type PersistentMap } from './PersistentMap.js'
import { appoint, byAppointment, cancel, dueBy, emptySchedule, type Schedule } from './schedule.js'
import { decodeHeld, encodeGone, encodeHeld, readJson } from './stateCodec.js'
import type { StateError } from './StateError.js'
import { StateJson, VERSION } from './StateJson.js'

/** A call, and when to look at it next: never later than it is due, so that the schedule need not follow every event. */
interface Entry {
  readonly state: CallState
  readonly lookAt: EpochMicros
}

/**
 * The state of all calls: plain, persistent data, of no concern to anybody but the correlator.
 *
 * @since 0.1.0
 * @category correlator
 */
export interface State {
  readonly calls: PersistentMap<string, Entry>
  readonly schedule: Schedule
  /** No tick before this changes anything. */
  readonly due: EpochMicros
}

const NO_CHANGES: ReadonlyArray<Change> = []

const byCallId = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const initial: State = { calls: emptyMap(byCallId), schedule: emptySchedule, due: Infinity }

const withSchedule = (calls: State['calls'], schedule: Schedule): State => ({ calls, schedule, due: schedule.minKey()?.at ?? Infinity })

/** Puts a call's next state in; the schedule moves only if the call is due earlier than it was going to be looked at. */
const put = (settings: Settings, state: State, callId: string, known: Entry | undefined, next: CallState): State => {
  const due = dueOfCall(settings, next)
  if (known !== undefined && known.lookAt <= due) {
    return { calls: state.calls.with(callId, { state: next, lookAt: known.lookAt }, true), schedule: state.schedule, due: state.due }
  }
  const cleared = known === undefined ? state.schedule : cancel(state.schedule, known.lookAt, callId)
  return withSchedule(state.calls.with(callId, { state: next, lookAt: due }, true), appoint(cleared, due, callId))
}

const update = (
  settings: Settings,
  state: State,
  callId: string,
  change: (call: CallState | undefined) => readonly [CallState, ReadonlyArray<Change>]
): Transition<State> => {
  const known = state.calls.get(callId)
  const [next, changes] = change(known?.state)
  return [next === known?.state ? state : put(settings, state, callId, known, next), changes]
}

/** The calls that are due, in the order in which they are, whenever they were going to be looked at. */
const dueCalls = (settings: Settings, state: State, now: EpochMicros): ReadonlyArray<{ readonly at: EpochMicros; readonly callId: string; readonly entry: Entry }> =>
  dueBy(state.schedule, now)
    .flatMap(({ callId }) => {
      const entry = state.calls.get(callId)
      return entry === undefined ? [] : [{ at: dueOfCall(settings, entry.state), callId, entry }]
    })
    .sort(byAppointment)

const tick = (settings: Settings, state: State, now: EpochMicros): Transition<State> => {
  if (!(now >= state.due)) return [state, NO_CHANGES]
  let { calls, schedule } = state
  const changes: Array<Change> = []
  for (const { at, callId, entry } of dueCalls(settings, state, now)) {
    const [next, told] = at > now ? [entry.state, NO_CHANGES] : tickCall(settings, entry.state, now)
    for (const change of told) changes.push(change)
    schedule = cancel(schedule, entry.lookAt, callId)
    if (next === undefined) calls = calls.without(callId)
    else {
      const lookAt = dueOfCall(settings, next)
      calls = calls.with(callId, { state: next, lookAt }, true)
      schedule = appoint(schedule, lookAt, callId)
    }
  }
  return [withSchedule(calls, schedule), changes]
}

function* heldCalls(state: State) {
  for (const [, { state: call }] of state.calls.entries()) if (call.tag === 'held') yield call.held
}

const encode = (state: State): Json => {
  const held: Array<Json> = []
  const gone: Array<Json> = []
  for (const [, { state: call }] of state.calls.entries()) {
    if (call.tag === 'held') held.push(encodeHeld(call.held))
    else gone.push(encodeGone(call.gone))
  }
  return { v: VERSION, held, gone }
}

const decodeState = (settings: Settings, json: unknown): Either<StateError, State> => {
  const read = readJson(StateJson, json)
  if (isLeft(read)) return left(read.left)
  let state = initial
  for (const call of read.right.held) {
    state = put(settings, state, call.id, state.calls.get(call.id), { tag: 'held', held: decodeHeld(settings, call) })
  }
  for (const { id, until } of read.right.gone) {
    state = put(settings, state, id, state.calls.get(id), { tag: 'gone', gone: { callId: id, until } })
  }
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
  const step = (state: State, event: CallEvent): Transition<State> =>
    update(settings, state, event.callId, (call) => stepCall(settings, call, event))
  return {
    initial,
    step,
    ingest: ingestWith(step),
    placed: (state: State, placed: Placed) => update(settings, state, placed.callId.toLowerCase(), (call) => placeCall(settings, call, placed)),
    tick: (state, now) => tick(settings, state, now),
    drain: (state) => [initial, tick(settings, state, Infinity)[1]],
    due: (state) => (state.due === Infinity ? undefined : state.due),
    records: (state) => sortLedger([...heldCalls(state)].flatMap(heldRecords)),
    openLegs: (state) => [...heldCalls(state)].flatMap(openLegsOf),
    explain: (state, callId, at) => {
      const entry = state.calls.get(callId.toLowerCase())
      return entry === undefined ? undefined : explainCall(settings, entry.state, at)
    },
    encode,
    decode: (json) => decodeState(settings, json)
  }
}
