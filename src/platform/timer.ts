/** Whatever the runtime calls a timer. */
type Timer = { readonly timer: unique symbol }

/*
 * What the web platform gives to every runtime (Node, browsers, workers), declared in the shapes that are
 * used, here and in the files beside, so that neither this library nor its consumers need the DOM's types.
 */
declare const setTimeout: (run: () => void, milliseconds: number) => Timer
declare const clearTimeout: (timer: Timer) => void

/** The longest that a timer can be set to: beyond 2^31 - 1 ms runtimes fire at once. */
const LONGEST = 2_147_483_647

/** Runs it after so many milliseconds, unless it is called off by what is answered. */
export const after = (milliseconds: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, Math.min(Math.max(0, milliseconds), LONGEST))
  return () => clearTimeout(timer)
}
