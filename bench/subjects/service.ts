import type { State } from 'call-legs'

/**
 * A service that goes on, go after go: it has the newest state, and nobody keeps the ones behind it. Whoever takes the
 * state must hand back the one that came of it.
 */
export interface Service {
  readonly take: () => State
  readonly goOn: (state: State) => void
}

export const service = (state: State): Service => {
  let newest: State | undefined = state
  return {
    take: () => {
      if (newest === undefined) throw new Error('somebody else has the state')
      const taken = newest
      newest = undefined
      return taken
    },
    goOn: (next) => {
      newest = next
    }
  }
}
