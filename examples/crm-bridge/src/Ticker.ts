import { setTimeout as sleep } from 'node:timers/promises'
import type { EpochMicros } from 'call-legs'
import type { CallTransactions } from './call/callTransactions.js'

/** What the ticker needs. */
export interface TickerParts {
  readonly tickOne: CallTransactions['tickOne']
  readonly now: () => EpochMicros
  /** May time end anything yet? */
  readonly holding: () => boolean
  /** In milliseconds. */
  readonly every: number
  readonly onAway: (error: unknown) => void
  readonly onThere: () => void
}

export interface Ticker {
  /** Ends when the call that is in hand is done. */
  readonly stop: () => Promise<void>
}

/** While the database is away there is no use in asking it twice a second. */
const LONGEST_WAIT = 5_000

/**
 * Looks every so often for calls that are due and ticks them, one transaction each; what another process has in hand is
 * passed over. A call that fails is left for the next turn, so that it is in nobody's way.
 */
export const startTicker = ({ tickOne, now, holding, every, onAway, onThere }: TickerParts): Ticker => {
  const stopping = new AbortController()
  const stopped = (): boolean => stopping.signal.aborted

  const turn = async (): Promise<void> => {
    const failed: Array<string> = []
    while (!stopped() && !holding()) {
      const ticked = await tickOne(now(), failed)
      onThere()
      if (ticked === undefined) return
      if (!ticked.done) failed.push(ticked.callId)
    }
  }

  const run = async (): Promise<void> => {
    let wait = every
    while (!stopped()) {
      try {
        await turn()
        wait = every
      } catch (error) {
        onAway(error)
        wait = Math.min(wait * 2, Math.max(every, LONGEST_WAIT))
      }
      await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const running = run()
  return {
    stop: () => {
      stopping.abort()
      return running
    }
  }
}
