import { after } from '../platform/timer.js'
import type { Micros } from '../event/time.js'

/** What ended a wait for the next input. */
export type Came<I> = { readonly input: I } | 'end' | 'time' | 'stopped'

/** The inputs of a source, one at a time, none asked for before it is wanted. */
export interface Inputs<I> {
  /** Waits for the next input, but no longer than that; it stays asked for, and may be waited for again. */
  readonly next: (patience: Micros | undefined) => Promise<Came<I>>
  /** Nobody wants any more: ends a wait at once, and tells the source. */
  readonly stop: () => void
  /** The same, but waits until the source has tidied up, unless it is still busy with an input. */
  readonly close: () => Promise<void>
}

const iteratorOf = <I>(source: AsyncIterable<I> | Iterable<I>): AsyncIterator<I> | Iterator<I> =>
  Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()

export const inputsOf = <I>(source: AsyncIterable<I> | Iterable<I>): Inputs<I> => {
  let iterator: AsyncIterator<I> | Iterator<I> | undefined
  let asked: Promise<IteratorResult<I>> | undefined
  let isHere = false
  let isOver = false
  let stopped = false
  let ended: Promise<unknown> | undefined
  let wake: () => void = () => undefined

  const ask = (from: AsyncIterator<I> | Iterator<I>): Promise<IteratorResult<I>> => {
    const arrive = (over: boolean): void => {
      isHere = true
      isOver = over
      wake()
    }
    // a plain iterator may throw at once
    const answer = (async () => from.next())()
    answer.then(({ done }) => arrive(done === true), () => arrive(true))
    return answer
  }

  const isStopped = (): boolean => stopped

  /** As `for await` does: a source that is over, or has never begun, is not told. */
  const end = (): Promise<unknown> => {
    ended ??= isOver || iterator?.return === undefined ? Promise.resolve() : (async (from) => from.return?.())(iterator)
    return ended
  }

  const stop = (): void => {
    stopped = true
    end().catch(() => undefined)
    wake()
  }

  /** One promise a wait, and no race with a promise that lives on: such a race is never forgotten. */
  const wait = (patience: Micros | undefined): Promise<boolean> =>
    new Promise((resolve) => {
      const callOff = patience === undefined ? undefined : after(patience / 1000, () => resolve(false))
      wake = () => {
        callOff?.()
        resolve(true)
      }
    })

  return {
    next: async (patience) => {
      if (isStopped()) return 'stopped'
      iterator ??= iteratorOf(source)
      asked ??= ask(iterator)
      const isAwake = isHere || (await wait(patience))
      wake = () => undefined
      if (isStopped()) return 'stopped'
      if (!isAwake) return 'time'
      const answer = await asked
      if (answer.done === true) return 'end'
      asked = undefined
      isHere = false
      return { input: answer.value }
    },
    stop,
    close: async () => {
      const isBusy = asked !== undefined && !isHere
      stop()
      if (!isBusy) await end()
    }
  }
}
