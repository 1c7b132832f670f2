import { isLeft, right, type Either } from 'fp-ts/lib/Either.js'
import type { Json } from '../call/Placed.js'
import type { Config } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { callReducer, type OneCall } from '../reducer/callReducer.js'
import type { Change } from '../reducer/Change.js'
import type { CallExplanation } from '../reducer/Explanation.js'
import type { CallReducer, Transition } from '../reducer/Reducer.js'
import { stateErrorMessage, type StateError } from '../state/StateError.js'
import { decode } from '../wire/ringme/decode.js'
import type { CallContext } from './CallContext.js'
import { readCallKey, type CallKey } from './callKey.js'
import { JSON_SERDE } from './jsonSerde.js'

/**
 * What one input changed of one call.
 *
 * @since 0.1.0
 * @category restate
 */
export interface CallChanges extends CallKey {
  /** In their order. A record's id and its `revision` together are the key for a sink that must be idempotent. */
  readonly changes: ReadonlyArray<Change>
}

/**
 * What the PBX sent, and when it was received.
 *
 * @since 0.1.0
 * @category restate
 */
export interface ReceivedEvent {
  /** The fields of the wire, or the text of a form or of JSON. */
  readonly raw: unknown
  /** Microseconds since 1970: `fromMillis(Date.now())` at the door. */
  readonly receivedAt?: EpochMicros
}

/**
 * The application's word that it placed the call, whose CallID the object's key tells.
 *
 * @since 0.1.0
 * @category restate
 */
export interface PlacedWord {
  /** When: microseconds since 1970. */
  readonly at: EpochMicros
  /** The number that was to be called. */
  readonly destination?: string
  /** The application's own; it reaches the call's records. */
  readonly context?: Json
}

/**
 * The moment for which a tick was arranged.
 *
 * @since 0.1.0
 * @category restate
 */
export interface Timer {
  /** Microseconds since 1970. */
  readonly at: EpochMicros
}

/**
 * A virtual object of Restate that takes changes: a handler that is keyed as the call is, so that the changes of a call
 * reach it once each and in their order.
 *
 * @since 0.1.0
 * @category restate
 */
export interface ChangeObject {
  /** The object's name. */
  readonly service: string
  /** The handler's name; it is given `CallChanges`. */
  readonly method: string
}

/**
 * How calls are judged, and where their changes go.
 *
 * @since 0.1.0
 * @category restate
 */
export interface CallObjectOptions {
  /** The name under which the handlers are bound: timers are sent to it. Default: `call`. */
  readonly name?: string
  /** The configuration, or that of a tenant. It is asked for each input. Default: none. */
  readonly config?: Config | ((tenant: string) => Config)
  /**
   * Takes changes: upsert, upsert, delete. A function is awaited within `ctx.run`: the call's next input waits for it,
   * other calls do not; if it throws it is tried again, and after a crash it may be called again with the same changes.
   * An object of Restate is sent them, and nothing waits.
   */
  readonly sink: ((changes: CallChanges) => Promise<void> | void) | ChangeObject
}

/**
 * The handlers of a call's virtual object.
 *
 * @since 0.1.0
 * @category restate
 */
export interface CallHandlers {
  /** Takes an event in. */
  readonly event: (ctx: CallContext, received: ReceivedEvent | null | undefined) => Promise<void>
  /** Takes the word in that the application placed the call. */
  readonly placed: (ctx: CallContext, word: PlacedWord | null | undefined) => Promise<void>
  /** Time has come: sent by the handlers themselves. One that was superseded does nothing. */
  readonly tick: (ctx: CallContext, timer: Timer | null | undefined) => Promise<void>
  /** Why there is a record or none, as a drain would leave it; `null` for a call of which nothing is known. */
  readonly explain: (ctx: Pick<CallContext, 'key' | 'get'>) => Promise<CallExplanation | null>
}

/** What is kept of a call, and what is to be done about it. The engine keeps this result: whoever goes on after a crash decides nothing anew. */
interface Taken {
  /** Absent: as it was. `null`: nothing is to be kept. */
  readonly call?: Json
  /** When a tick is due; absent: never. */
  readonly due?: EpochMicros
  readonly changes: ReadonlyArray<Change>
}

/** The names under which a call is kept. */
const CALL = 'call'
const TIMER = 'timer'

type Move = (reducer: CallReducer<OneCall>, call: OneCall, callId: string) => Transition<OneCall>

const judge = (reducer: CallReducer<OneCall>, saved: Json, callId: string, move: Move): Either<StateError, Taken> => {
  const read = saved === null ? right(reducer.initial) : reducer.decode(saved)
  if (isLeft(read)) return read
  const before = read.right
  const [after, changes] = move(reducer, before, callId)
  const due = reducer.due(after)
  return right({
    changes,
    ...(due === undefined ? {} : { due }),
    ...(after === before ? {} : { call: due === undefined ? null : reducer.encode(after) })
  })
}

/** The engine tries again and shows why: no event is lost to a process that cannot read the state. */
const orAgain = (judged: Either<StateError, Taken>): Promise<Taken> =>
  isLeft(judged)
    ? Promise.reject(new Error(`the state of this call cannot be read: ${stateErrorMessage(judged.left)}`))
    : Promise.resolve(judged.right)

/** An event is taken where its CallID is the key's; one that came to the wrong object is `rejected`, as what cannot be decoded is. */
const take = (reducer: CallReducer<OneCall>, call: OneCall, callId: string, raw: unknown, receivedAt: EpochMicros | undefined): Transition<OneCall> => {
  const decoded = decode(raw, receivedAt)
  if (isLeft(decoded) || decoded.right.kind === 'ignored' || decoded.right.callId === callId) return reducer.ingest(call, raw, receivedAt)
  const error = { field: 'CallID', value: decoded.right.callId, reason: `belongs to another call than ${callId}` }
  return [call, [{ change: 'rejected', raw, error }]]
}

/**
 * The handlers of a virtual object of Restate (`restate.object({ name: 'call', handlers })`) that is one call: an event
 * in, the call's reducer, the state kept by Restate, each change to the sink, the next tick as a durable timer. Bind them
 * under the same name as they are given, and key the object by `callKey`. They read no clock but Restate's, and what the
 * reducer decides is kept in the journal: whatever crashes, the same is decided once.
 *
 * @example
 * import { callHandlers } from 'call-legs/restate'
 * const handlers = callHandlers({ sink: ({ tenant, changes }) => console.log(tenant, changes) })
 * assert.deepStrictEqual(Object.keys(handlers), ['event', 'placed', 'tick', 'explain'])
 *
 * @since 0.1.0
 * @category restate
 */
export const callHandlers = ({ name = 'call', config = {}, sink }: CallObjectOptions): CallHandlers => {
  const reducerOf = (tenant: string): CallReducer<OneCall> => callReducer(typeof config === 'function' ? config(tenant) : config)
  // a configuration that means nothing is found when the handlers are made
  if (typeof config !== 'function') reducerOf('')

  /** Arranges the next tick, unless one comes no later: that one looks again. */
  const arrange = async (ctx: CallContext, due: EpochMicros, pending: EpochMicros | null): Promise<void> => {
    if (pending !== null && pending <= due) return
    ctx.set(TIMER, due)
    const delay = Math.max(0, Math.ceil(due / 1000) - (await ctx.date.now()))
    ctx.genericSend({ service: name, method: 'tick', key: ctx.key, parameter: { at: due }, delay, inputSerde: JSON_SERDE })
  }

  const tell = async (ctx: CallContext, changes: CallChanges): Promise<void> => {
    if (typeof sink === 'function') {
      // what the sink answers is nobody's, and need not be JSON
      await ctx.run('sink', async () => {
        await sink(changes)
      })
    } else ctx.genericSend({ ...sink, key: ctx.key, parameter: changes, inputSerde: JSON_SERDE })
  }

  /** One input: judged, told, kept, and the next tick arranged. */
  const go = async (ctx: CallContext, pending: EpochMicros | null, move: Move): Promise<void> => {
    const { tenant, callId } = readCallKey(ctx.key)
    const saved = await ctx.get<Json>(CALL)
    const { call, due, changes } = await ctx.run('judge', () => orAgain(judge(reducerOf(tenant), saved, callId, move)))
    if (changes.length > 0) await tell(ctx, { tenant, callId, changes })
    if (due === undefined) return call === null ? ctx.clearAll() : undefined
    if (call !== undefined) ctx.set(CALL, call)
    await arrange(ctx, due, pending)
  }

  return {
    event: async (ctx, received) => {
      const { raw, receivedAt }: Partial<ReceivedEvent> = received ?? {}
      await go(ctx, await ctx.get<EpochMicros>(TIMER), (reducer, call, callId) => take(reducer, call, callId, raw, receivedAt))
    },
    placed: async (ctx, word) =>
      go(ctx, await ctx.get<EpochMicros>(TIMER), (reducer, call, callId) => reducer.placed(call, { at: NaN, ...word, callId })),
    tick: async (ctx, timer) => {
      const pending = await ctx.get<EpochMicros>(TIMER)
      if (pending === null || pending !== timer?.at) return
      await go(ctx, null, (reducer, call) => reducer.tick(call, pending))
    },
    explain: async (ctx) => {
      const { tenant } = readCallKey(ctx.key)
      const reducer = reducerOf(tenant)
      const saved = await ctx.get<Json>(CALL)
      const read = saved === null ? undefined : reducer.decode(saved)
      return read === undefined || isLeft(read) ? null : (reducer.explain(read.right, Infinity) ?? null)
    }
  }
}
