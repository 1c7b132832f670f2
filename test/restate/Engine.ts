import type { CallContext, CallHandlers, SentCall } from '../../src/restate/index.js'

/** What an input of a virtual object is. */
interface Invocation {
  readonly key: string
  readonly method: string
  readonly parameter: unknown
}

/** Ends a handler as a crash does. */
class Crash extends Error {}

export interface Engine {
  /** Runs a handler to its end, through all its crashes. */
  readonly invoke: (invocation: Invocation) => Promise<void>
  /** Time goes on until no timer is left; or until then, in milliseconds. */
  readonly wait: (until?: number) => Promise<void>
  /** What is kept, by key. */
  readonly store: ReadonlyMap<string, ReadonlyMap<string, unknown>>
  /** How often an invocation has crashed. */
  readonly crashes: () => number
  /** Timers that have not rung. */
  readonly timers: () => number
}

interface EngineOptions {
  readonly handlers: CallHandlers
  /** Where it starts, in milliseconds. */
  readonly now: number
  /** Does the process die at this place of a handler? */
  readonly crashAt?: () => boolean
  /** What was sent to other objects. */
  readonly sent?: (call: SentCall) => void
}

/**
 * A small stand-in of a durable engine: a journal for each invocation, by which a handler that died is run again; what it
 * keeps and what it sends takes effect once, when it has come to its end.
 */
export const engine = ({ handlers, now, crashAt = () => false, sent = () => undefined }: EngineOptions): Engine => {
  const store = new Map<string, Map<string, unknown>>()
  const timers: Array<Invocation & { readonly at: number }> = []
  let clock = now
  let crashes = 0

  const invoke = async ({ key, method, parameter }: Invocation): Promise<void> => {
    const journal: Array<unknown> = []
    for (;;) {
      const kept = new Map(store.get(key))
      const sends: Array<SentCall> = []
      let place = 0
      const durable = async <T>(action: () => T | Promise<T>): Promise<T> => {
        const here = place++
        if (here < journal.length) return journal[here] as T
        // before it is done, or after it was done and before anybody knows
        if (crashAt()) throw new Crash()
        const result = await action()
        if (crashAt()) throw new Crash()
        journal.push(result === undefined ? undefined : JSON.parse(JSON.stringify(result)))
        return journal[here] as T
      }
      const ctx: CallContext = {
        key,
        date: { now: () => durable(() => clock) },
        get: <T>(name: string) => Promise.resolve((kept.get(name) ?? null) as T | null),
        set: (name, value) => kept.set(name, JSON.parse(JSON.stringify(value))),
        clearAll: () => kept.clear(),
        run: (_, action) => durable(action),
        genericSend: (call) => sends.push({ ...call, parameter: call.inputSerde.deserialize(call.inputSerde.serialize(call.parameter)) })
      }
      try {
        const handler = handlers[method as 'event'] as (ctx: CallContext, parameter: unknown) => Promise<void>
        await handler(ctx, parameter)
      } catch (error) {
        if (!(error instanceof Crash)) throw error
        crashes++
        continue
      }
      if (kept.size === 0) store.delete(key)
      else store.set(key, kept)
      for (const call of sends) {
        if (call.service === 'call') timers.push({ key: call.key, method: call.method, parameter: call.parameter, at: clock + (call.delay ?? 0) })
        else sent(call)
      }
      return
    }
  }

  return {
    invoke,
    wait: async (until = Infinity) => {
      for (;;) {
        const next = timers.reduce<(typeof timers)[number] | undefined>((first, timer) => (first === undefined || timer.at < first.at ? timer : first), undefined)
        if (next === undefined || next.at > until) break
        timers.splice(timers.indexOf(next), 1)
        clock = Math.max(clock, next.at)
        await invoke(next)
      }
      if (until !== Infinity) clock = Math.max(clock, until)
    },
    store,
    crashes: () => crashes,
    timers: () => timers.length
  }
}
