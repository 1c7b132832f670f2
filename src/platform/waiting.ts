import type { Micros } from '../event/time.js'
import type { Signal } from '../ports/Port.js'
import { after } from './timer.js'

/** What came of a wait: what was waited for, or why the wait ended without it. */
export type Waited<A> = { readonly done: A } | { readonly interrupted: 'cancelled' | 'timed-out' }

/** What may end a wait. */
export interface WaitOptions {
  readonly within?: Micros | undefined
  readonly signal?: Signal | undefined
  /** Called once if the wait ends without the work: to end the work too. */
  readonly onInterrupted?: () => void
}

/**
 * Waits for `work`, but no longer than `within`, and not once the signal is aborted. What comes of the work
 * after that, a rejection too, is dropped.
 */
export const waitFor = async <A>(work: Promise<A>, { within, signal, onInterrupted }: WaitOptions): Promise<Waited<A>> => {
  let end: (why: 'cancelled' | 'timed-out') => void = () => undefined
  const interruption = new Promise<Waited<never>>((resolve) => {
    end = (interrupted) => resolve({ interrupted })
  })
  const onAbort = (): void => end('cancelled')
  const callOff = within === undefined ? undefined : after(within / 1000, () => end('timed-out'))
  signal?.addEventListener('abort', onAbort)
  if (signal?.aborted === true) onAbort()
  try {
    const waited = await Promise.race([interruption, work.then((done): Waited<A> => ({ done }))])
    if ('interrupted' in waited) onInterrupted?.()
    return waited
  } finally {
    callOff?.()
    signal?.removeEventListener('abort', onAbort)
  }
}

/** Waits so long; false if the signal was aborted meanwhile. */
export const pause = async (length: Micros, signal: Signal | undefined): Promise<boolean> => {
  let callOff: () => void = () => undefined
  const over = new Promise<void>((resolve) => {
    callOff = after(length / 1000, resolve)
  })
  const waited = await waitFor(over, { signal, onInterrupted: () => callOff() })
  return 'done' in waited
}
