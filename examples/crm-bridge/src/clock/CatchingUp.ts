import type { EpochMicros, Micros } from 'call-legs'

/**
 * Whether time may end anything yet. After the bridge was away (it starts, or its database did not answer) the PBX,
 * or whatever stands before the bridge, may have a backlog for it: the answer to a call that seems missed may be the
 * next thing that comes. So nothing settles and nothing is let go
 *
 * - for a grace after that moment, and
 * - on, as long as old events come (they happened long before they were received) with less than the grace between
 *   them,
 * - but not for ever: a PBX whose own clock is slow sends nothing but old events.
 *
 * Records of talks do not wait for this; they are there with their hangup.
 */
export interface CatchingUp {
  readonly since: EpochMicros
  readonly lastOld: EpochMicros
}

export interface Patience {
  readonly grace: Micros
  /** How long before its receipt an old event happened. */
  readonly old: Micros
  readonly longest: Micros
}

/** The bridge is there (again) from now on. */
export const beginCatchingUp = (now: EpochMicros): CatchingUp => ({ since: now, lastOld: now })

/** An event came in. */
export const tookEvent = (patience: Patience, state: CatchingUp, happened: EpochMicros, received: EpochMicros): CatchingUp =>
  received - happened > patience.old ? { ...state, lastOld: Math.max(state.lastOld, received) } : state

export const isHolding = ({ grace, longest }: Patience, { since, lastOld }: CatchingUp, now: EpochMicros): boolean =>
  now < since + grace || (now < lastOld + grace && now < since + longest)
