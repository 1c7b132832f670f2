import type { EpochMicros } from '../event/time.js'
import type { Input } from '../reducer/Input.js'

/**
 * What goes into a stream of calls: an {@link Input}, or `{ tick }`: time has come this far, in microseconds
 * (`fromMillis(Date.now())`), whoever ticks besides.
 *
 * @since 0.1.0
 * @category stream
 */
export type StreamInput = Input | { readonly tick: EpochMicros }

export const isTick = (input: unknown): input is { readonly tick: EpochMicros } =>
  typeof input === 'object' && input !== null && 'tick' in input && typeof input.tick === 'number'
