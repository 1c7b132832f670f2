import type { Change } from '../reducer/Change.js'
import { inputsOf, type Inputs } from './Inputs.js'
import type { StreamInput } from './StreamInput.js'
import type { StreamOptions } from './StreamOptions.js'
import { streamRun } from './StreamRun.js'

async function* run<I extends StreamInput>(inputs: Inputs<I>, options: StreamOptions<I>): AsyncGenerator<Change, void, undefined> {
  const calls = streamRun(options)
  const { onState, signal, drain = options.ticking !== 'wall' } = options
  signal?.addEventListener('abort', inputs.stop)
  try {
    if (signal?.aborted === true) return
    for (;;) {
      const came = await inputs.next(calls.patience())
      if (came === 'stopped') return
      if (came === 'end') break
      const before = calls.state()
      for (const change of came === 'time' ? calls.tick() : calls.take(came.input)) yield change
      if (came !== 'time') await onState?.(calls.state(), came.input)
      else if (calls.state() !== before) await onState?.(calls.state(), undefined)
    }
    if (!drain) return
    for (const change of calls.end()) yield change
    await onState?.(calls.state(), undefined)
  } finally {
    signal?.removeEventListener('abort', inputs.stop)
    await inputs.close()
  }
}

/**
 * The changes to which a source of events leads, as they come. Nothing is asked of the source before the changes
 * of what it gave last have been taken, and no more than one thing at a time. Whoever stops early (`break`,
 * `return()`, the signal) ends the source, even one that keeps him waiting; a source that throws ends the changes
 * with what it threw. Each iteration reads the source anew.
 *
 * @example
 * import { changes } from 'call-legs/stream'
 * const leg = 'CallID=ab12&SubCallID=85219-ab12&CallFlow=in&CallerIDNum=%2B79160000001&CalledNumber=453*102'
 * const recording = [
 *   `EventType=hangup&EventTime=1780000700000000&CallStatus=ANSWER&${leg}`,
 *   `EventType=dial-in&EventTime=1780000686000000&${leg}`,
 *   `EventType=answer&EventTime=1780000690000000&${leg}`
 * ]
 * const kinds = []
 * for await (const change of changes(recording, { ticking: 'none' })) {
 *   if (change.change === 'registered') kinds.push(change.record.kind)
 * }
 * assert.deepStrictEqual(kinds, ['answered'])
 *
 * @since 0.1.0
 * @category stream
 */
export const changes = <I extends StreamInput>(
  source: AsyncIterable<I> | Iterable<I>,
  options: StreamOptions<I>
): AsyncIterable<Change> => ({
  [Symbol.asyncIterator]: () => {
    const inputs = inputsOf(source)
    const generator = run(inputs, options)
    return {
      next: () => generator.next(),
      // a generator that waits for the source would be told only after the wait
      return: () => {
        inputs.stop()
        return generator.return()
      }
    }
  }
})
