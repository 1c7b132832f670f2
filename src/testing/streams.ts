import fc from 'fast-check'
import { calls as anyCall } from './calls.js'
import { interleave, type PlayedStream } from './interleave.js'
import type { PlayedCall } from './Script.js'

/**
 * Which streams are to be drawn.
 *
 * @since 0.1.0
 * @category testing
 */
export interface StreamConstraints {
  /** How many calls at most; default 6. */
  readonly calls?: number
  /** Default: any call. */
  readonly call?: fc.Arbitrary<PlayedCall>
  /** Leave equal times equal, which calls with changed events may have on purpose. Default: all times differ. */
  readonly keepTimes?: boolean
}

/**
 * Several calls with CallIDs of their own, interleaved. They begin within half an hour, and none lasts an hour.
 *
 * @example
 * import { streams } from 'call-legs/testing'
 * import fc from 'fast-check'
 *
 * fc.assert(fc.property(streams({ calls: 3 }), ({ calls }) => calls.length >= 1 && calls.length <= 3))
 *
 * @since 0.1.0
 * @category testing
 */
export const streams = ({ calls = 6, call = anyCall(), keepTimes = false }: StreamConstraints = {}): fc.Arbitrary<PlayedStream> =>
  fc
    .uniqueArray(call, { minLength: 1, maxLength: calls, selector: ({ callId }) => callId })
    .map((some) => interleave(some, keepTimes))
