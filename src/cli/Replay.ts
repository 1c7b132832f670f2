import { correlator, type CallEvent, type Change, type Config, type Micros } from '../index.js'
import { see, stoppedClock } from './ReplayClock.js'

/** A stream of events played through the correlator. */
export interface Replay {
  /** What an event changes, and the time that it brings. */
  readonly event: (event: CallEvent) => ReadonlyArray<Change>
  /** The end of input is the end of time. */
  readonly end: () => ReadonlyArray<Change>
}

/**
 * @param lateness events come at most that late: time is the largest `EventTime` seen less this. Without
 *   it time stands still until the end, so that nothing is given up and the order of the events means nothing.
 */
export const replay = (config: Config, lateness: Micros | undefined): Replay => {
  const calls = correlator(config)
  let state = calls.initial
  let clock = stoppedClock

  const tick = (late: Micros, event: CallEvent, changes: ReadonlyArray<Change>): ReadonlyArray<Change> => {
    clock = see(clock, event)
    const due = calls.due(state)
    if (clock.now === undefined || due === undefined || due > clock.now - late) return changes
    const [next, told] = calls.tick(state, clock.now - late)
    state = next
    return told.length === 0 ? changes : [...changes, ...told]
  }
  return {
    event: (event) => {
      const [next, changes] = calls.step(state, event)
      state = next
      return lateness === undefined ? changes : tick(lateness, event, changes)
    },
    end: () => {
      const [next, changes] = calls.drain(state)
      state = next
      return changes
    }
  }
}
