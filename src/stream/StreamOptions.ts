import type { Config } from '../config/Config.js'
import type { State } from '../correlator/State.js'
import type { EpochMicros, Micros } from '../event/time.js'
import type { Signal } from '../ports/Port.js'

/**
 * Who tells a stream the time.
 *
 * - `replay`, to watch a day go by: the events do. Time is the largest `EventTime` seen, less the `lateness`; an event
 *   more than an hour ahead of it does not move it until events of three calls are there. The events must come roughly
 *   in order: a `late-event` says that one came later than `lateness` and the closed retention allow. For the records of
 *   a finished recording, in whatever order, take `ledger` of `call-legs`, which needs no time.
 * - `wall`, for a live service: the clock on the wall does, also while nothing comes. What the source has ready
 *   goes before the time, so that a backlog is read before anything settles. Events without a time of receipt
 *   get one.
 * - `none`: nobody, but for the application's own `{ tick }`.
 *
 * @since 0.1.0
 * @category stream
 */
export type Ticking =
  | {
      readonly ticking: 'replay'
      /** Events come at most that late, in microseconds (`minutes(3)`): time is held back by as much. Default: 0. */
      readonly lateness?: Micros
    }
  | {
      readonly ticking: 'wall'
      /** The clock, in microseconds: `() => fromMillis(Date.now())`. Default: the system's. */
      readonly now?: () => EpochMicros
      /**
       * For how long, from the beginning, time stands still: what came while nobody listened must be read before
       * the calls of a saved state go on waiting; microseconds (`seconds(10)`). Default: 10 s with `from`, else 0.
       */
      readonly headStart?: Micros
    }
  | { readonly ticking: 'none' }

/**
 * How a stream runs.
 *
 * @since 0.1.0
 * @category stream
 */
export type StreamOptions<I> = Ticking & {
  readonly config?: Config
  /** Where to begin: what `correlator(config).decode` made of a saved state. Default: with nothing. */
  readonly from?: State
  /**
   * Whether the end of the source is the end of time, at which everything settles and is let go. Default: it is
   * with `replay` and `none`; a live service goes on another time. A stream that is stopped, or whose source
   * fails, is never drained.
   */
  readonly drain?: boolean
  /**
   * The state after each input, and after each tick of the wall clock that changed it, once all changes up to
   * there have been taken: save it with `correlator(config).encode`. Awaited, and the next input is not asked for
   * before. If the process ends before it is saved, the same changes come again, with the same ids and revisions.
   *
   * @param input what led to it; a tick of a clock, and the drain, have none
   */
  readonly onState?: (state: State, input: I | undefined) => Promise<void> | void
  /** Aborting it ends the stream: no error, no drain, and the source is told to end. */
  readonly signal?: Signal
}
