import type { Change } from '../reducer/Change.js'
import { changes } from './changes.js'
import { handover } from './handover.js'
import type { StreamInput } from './StreamInput.js'
import type { StreamOptions } from './StreamOptions.js'
import { readableOf, writableOf } from './webStreams.js'

/*
 * The web's streams, by the names that the consumer's types have for them. An interface that is declared twice is
 * one: where there are such types, from the DOM's, Node's or a worker's library, this adds nothing to them; where
 * there are none the names are at least there.
 */
declare global {
  /* eslint-disable @typescript-eslint/no-empty-object-type, @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars -- as in every library that has them */
  interface ReadableStream<R = any> {}
  interface WritableStream<W = any> {}
  interface TransformStream<I = any, O = any> {}
  /* eslint-enable @typescript-eslint/no-empty-object-type, @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars */
}

/**
 * {@link changes} as a `TransformStream` of the web platform: inputs are written, changes are read. A write is done
 * when its changes have been read and the next input is wanted: a pipe holds one input, and reads nothing ahead.
 * Cancelling the changes, or the signal, ends the pipe's source; a source that fails fails the changes.
 *
 * @example
 * import { changeStream } from 'call-legs/stream'
 * const leg = 'CallID=ab12&SubCallID=85219-ab12&CallFlow=out&CallerIDNum=453*102&CalledNumber=%2B79160000001'
 * const recording = new ReadableStream({
 *   start: (controller) => {
 *     controller.enqueue(`EventType=dial-out&EventTime=1780000686000000&${leg}`)
 *     controller.enqueue(`EventType=hangup&EventTime=1780000700000000&CallStatus=BUSY&${leg}`)
 *     controller.close()
 *   }
 * })
 * const causes = []
 * for await (const change of recording.pipeThrough(changeStream({ ticking: 'replay' }))) {
 *   if (change.change === 'registered') causes.push(change.record.cause)
 * }
 * assert.deepStrictEqual(causes, ['busy'])
 *
 * @since 0.1.0
 * @category stream
 */
export const changeStream = <I extends StreamInput>(options: StreamOptions<I>): TransformStream<I, Change> => {
  let failWritable: (reason: unknown) => void = () => undefined
  let why: unknown = new Error('nobody reads the changes any more')
  const { give, end, fail, taker, leave } = handover<I>(() => failWritable(why))
  const told = changes(taker, options)[Symbol.asyncIterator]()

  const writable = writableOf<I>({
    start: (controller) => {
      failWritable = (reason) => controller.error(reason)
      // at once: `abort` would be called after the write that waits for the reader
      controller.signal.addEventListener('abort', () => fail(controller.signal.reason))
    },
    write: give,
    close: end
  })
  const readable = readableOf<Change>({
    pull: async (controller) => {
      const next = await told.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
    cancel: async (reason) => {
      why = reason ?? why
      await told.return?.()
      leave()
    }
  })
  return { readable, writable }
}
