import type { Signal } from '../ports/Port.js'

/**
 * The platform's own `AbortSignal`, where the consumer's types have one: what `fetch` wants to be given.
 *
 * @since 0.1.0
 * @category platform
 */
export type PlatformSignal = typeof globalThis extends { AbortSignal: { prototype: infer S } } ? S : Signal

declare const AbortController: new () => { readonly signal: PlatformSignal & Signal; readonly abort: () => void }

/** A signal, and what aborts it. */
export interface Abort {
  readonly signal: PlatformSignal & Signal
  readonly abort: () => void
}

export const newAbort = (): Abort => {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
