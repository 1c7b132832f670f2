import { isLeft, right, type Either } from 'fp-ts/lib/Either.js'
import type { Change } from '../reducer/Change.js'
import { correlator } from '../correlator/correlator.js'
import type { Transition } from '../reducer/Reducer.js'
import type { State } from '../correlator/State.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { DecodeError, Ignored } from '../event/DecodeError.js'
import { minutes, seconds, type EpochMicros, type Micros } from '../event/time.js'
import { systemTime } from '../platform/clock.js'
import { decode } from '../wire/ringme/decode.js'
import { see, stoppedClock } from './ReplayClock.js'
import { isCallEvent, isPlaced } from '../reducer/Input.js'
import { isTick, type StreamInput } from './StreamInput.js'
import type { StreamOptions } from './StreamOptions.js'

/** A stream of inputs played through the correlator: what of it needs no waiting. */
export interface StreamRun {
  readonly state: () => State
  /** What an input changes, and the time that it brings. */
  readonly take: (input: StreamInput) => ReadonlyArray<Change>
  /** For how long, at most, to wait for the next input before it is time for `tick`; absent: for ever. */
  readonly patience: () => Micros | undefined
  /** Nothing came for as long as that. */
  readonly tick: () => ReadonlyArray<Change>
  /** The end of time. */
  readonly end: () => ReadonlyArray<Change>
}

type Timing = Pick<StreamRun, 'patience' | 'tick'> & {
  readonly receivedAt: () => EpochMicros | undefined
  /** The tick that an event brings. */
  readonly seen: (event: CallEvent) => ReadonlyArray<Change>
}

/** A clock may be set, and a computer may sleep: it is looked at once a minute at least. */
const LONGEST_WAIT = minutes(1)

const NOTHING: ReadonlyArray<Change> = []

export const streamRun = (options: StreamOptions<never>): StreamRun => {
  const calls = correlator(options.config)
  let state = options.from ?? calls.initial
  const move = ([next, changes]: Transition<State>): ReadonlyArray<Change> => {
    state = next
    return changes
  }
  const tick = (now: EpochMicros): ReadonlyArray<Change> => {
    const due = calls.due(state)
    return due !== undefined && due <= now ? move(calls.tick(state, now)) : NOTHING
  }

  const timingOf = (): Timing => {
    switch (options.ticking) {
      case 'none':
        return { receivedAt: () => undefined, seen: () => NOTHING, patience: () => undefined, tick: () => NOTHING }
      case 'replay': {
        const { lateness = 0 } = options
        let clock = stoppedClock
        return {
          receivedAt: () => undefined,
          seen: (event) => {
            clock = see(clock, event)
            return clock.now === undefined ? NOTHING : tick(clock.now - lateness)
          },
          patience: () => undefined,
          tick: () => NOTHING
        }
      }
      case 'wall': {
        const { now = systemTime, headStart = options.from === undefined ? 0 : seconds(10) } = options
        const begins = now() + headStart
        return {
          receivedAt: now,
          seen: () => NOTHING,
          patience: () => {
            const due = calls.due(state)
            return due === undefined ? undefined : Math.min(Math.max(due, begins) - now(), LONGEST_WAIT)
          },
          tick: () => (now() < begins ? NOTHING : tick(now()))
        }
      }
    }
  }
  const timing = timingOf()

  const read = (input: Exclude<StreamInput, { readonly placed: unknown } | { readonly tick: number }>): Either<DecodeError, CallEvent | Ignored> => {
    if (!isCallEvent(input)) return decode(input, timing.receivedAt())
    const receivedAt = input.receivedAt ?? timing.receivedAt()
    return right(receivedAt === input.receivedAt ? input : { ...input, receivedAt })
  }

  return {
    state: () => state,
    take: (input) => {
      if (isPlaced(input)) return move(calls.placed(state, input.placed))
      if (isTick(input)) return move(calls.tick(state, input.tick))
      const event = read(input)
      if (isLeft(event)) return [{ change: 'rejected', raw: input, error: event.left }]
      if (event.right.kind === 'ignored') return NOTHING
      const changes = move(calls.step(state, event.right))
      const told = timing.seen(event.right)
      return told.length === 0 ? changes : [...changes, ...told]
    },
    patience: timing.patience,
    tick: timing.tick,
    end: () => move(calls.drain(state))
  }
}
