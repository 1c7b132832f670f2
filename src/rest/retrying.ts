import { ExponentialBackoff, handleWhenResult, retry } from 'cockatiel'
import { isLeft, left, type Either } from 'fp-ts/lib/Either.js'
import type { Signal } from '../ports/Port.js'
import type { RetrySettings } from './RestOptions.js'
import { waitFor } from '../platform/waiting.js'

/**
 * Tries again, with exponential backoff and jitter, what ended in an error that `again` holds to be passing.
 * Once the signal is aborted it answers with `cancelled` and tries no more.
 */
export const retrying = <Err>(
  { attempts, firstDelay, longestDelay }: RetrySettings,
  again: (error: Err) => boolean,
  cancelled: Err
): (<A>(run: () => Promise<Either<Err, A>>, signal: Signal | undefined) => Promise<Either<Err, A>>) => {
  const isEither = (result: unknown): result is Either<Err, unknown> => typeof result === 'object' && result !== null && '_tag' in result
  const policy = retry(
    handleWhenResult((result) => isEither(result) && isLeft(result) && again(result.left)),
    {
      maxAttempts: Math.max(0, attempts - 1),
      backoff: new ExponentialBackoff({ initialDelay: firstDelay / 1000, maxDelay: longestDelay / 1000 })
    }
  )
  return async (run, signal) => {
    const waited = await waitFor(
      policy.execute(async () => (signal?.aborted === true ? left(cancelled) : run())),
      { signal }
    )
    return 'done' in waited ? waited.done : left(cancelled)
  }
}
