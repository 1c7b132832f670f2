import { setTimeout as pause } from 'node:timers/promises'
import { bulkhead, ExponentialBackoff, handleWhenResult, noJitterGenerator, retry } from 'cockatiel'
import type { WireEvent } from './recording.js'
import { requestOf, type Method } from './request.js'

/** An event, and how it is sent. */
export interface Sending {
  readonly event: WireEvent
  readonly method: Method
  /** Not before so many milliseconds after the start; absent: as soon as there is a free place. */
  readonly after?: number
}

/** How a stream of events is played against a webhook. */
export interface Playing {
  /** The address of the webhook, with its secret. */
  readonly to: string
  /** In the order of sending; those with an `after` ascending by it. */
  readonly sendings: ReadonlyArray<Sending>
  /** So many requests at a time; default 4. */
  readonly concurrency?: number
  /** The longest wait, in milliseconds, before what was not answered 200 is sent again; default 2 s. */
  readonly patience?: number
  /** A request that is not answered within so many milliseconds is given up, and made again; default 10 s. */
  readonly timeout?: number
  /** Ends the playing: nothing is sent any more, what is not answered yet is given up. */
  readonly signal?: AbortSignal
  /** Told of each answer, and of each request that got none (`status` absent). */
  readonly onAnswer?: (told: Told, progress: Progress) => void
}

export interface Told {
  readonly sending: Sending
  readonly status?: number
}

/** What was done so far. */
export interface Progress {
  /** Requests made. */
  readonly requests: number
  /** Events answered 200. */
  readonly answered: number
  /** Requests that were answered otherwise. */
  readonly refused: number
  /** Requests without any answer: no connection, or one that broke. */
  readonly broken: number
}

/** Lets the answer's bytes come, so that the connection can be used again. */
const statusOf = async (to: string, { event, method }: Sending, signal: AbortSignal): Promise<number> => {
  const { url, init } = requestOf(to, event, method)
  const response = await fetch(url, { ...init, signal })
  await response.arrayBuffer()
  return response.status
}

/**
 * Plays a stream as a PBX would that never gives up: what was not answered 200 is sent again, waiting longer each
 * time, until it is. Events with a time of their own (`after`) go at that time, whatever became of those before them;
 * of the others there are never more than `concurrency` without their 200, so that a webhook that is away for a while
 * is waited for. It resolves when everything is answered, or the signal aborted.
 */
export const play = async ({ to, sendings, concurrency = 4, patience = 2_000, timeout = 10_000, signal, onAnswer }: Playing): Promise<Progress> => {
  let progress: Progress = { requests: 0, answered: 0, refused: 0, broken: 0 }
  const count = (change: Partial<Progress>): void => {
    progress = { ...progress, ...change }
  }
  const stopped = (): boolean => signal?.aborted === true
  const places = bulkhead(concurrency, Infinity)
  const untilAnswered = retry(handleWhenResult((done) => done === false), {
    maxAttempts: Infinity,
    backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: patience, generator: noJitterGenerator })
  })

  /** Is there nothing more to do for this event? */
  const attempt = async (sending: Sending): Promise<boolean> => {
    if (stopped()) return true
    count({ requests: progress.requests + 1 })
    const limit = AbortSignal.timeout(timeout)
    const status = await statusOf(to, sending, signal === undefined ? limit : AbortSignal.any([signal, limit])).catch(() => undefined)
    if (status === 200) count({ answered: progress.answered + 1 })
    else if (status === undefined) count({ broken: progress.broken + 1 })
    else count({ refused: progress.refused + 1 })
    onAnswer?.({ sending, ...(status === undefined ? {} : { status }) }, progress)
    return status === 200 || stopped()
  }

  const begun = Date.now()
  const deliveries: Array<Promise<unknown>> = []
  for (const sending of sendings) {
    if (sending.after === undefined) {
      deliveries.push(places.execute(() => untilAnswered.execute(() => attempt(sending))))
      continue
    }
    const wait = sending.after - (Date.now() - begun)
    if (wait > 0) await pause(wait, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
    if (stopped()) break
    deliveries.push(untilAnswered.execute(() => places.execute(() => attempt(sending))))
  }
  await Promise.all(deliveries)
  return progress
}
