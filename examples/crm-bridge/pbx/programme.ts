import type { EpochMicros, Micros } from 'call-legs'
import { chance, type Chance } from './Chance.js'
import { disordered, type Disorder } from './disorder.js'
import type { Sending } from './play.js'
import type { WireEvent } from './recording.js'
import type { Method } from './request.js'
import { movedTo, spanOf, timeOf } from './times.js'

/** How a recording is to be played. */
export interface Programme extends Disorder {
  readonly method: Method | 'both'
  readonly seed: number
  /** So many times as fast as it happened; absent: as fast as it is answered. */
  readonly speed?: number
  /** With a speed: so much of the recording's end is played in tempo, what was before is sent at once; absent: all of it. */
  readonly live?: Micros
}

const inTempo = (ordered: ReadonlyArray<Sending>): ReadonlyArray<Sending> => {
  let earliest = 0
  return ordered.map((sending) => {
    earliest = Math.max(earliest, sending.after ?? 0)
    return { ...sending, after: earliest }
  })
}

const methodOf = (method: Programme['method'], { happens }: Chance): Method => (method === 'both' ? (happens(0.5) ? 'get' : 'post') : method)

/**
 * What is sent, and when, if the playing begins now. As fast as it is answered: the last event happens now. In tempo:
 * each event happens at the moment at which it is sent, and what was before the live part has happened already.
 */
export const sendingsOf = (events: ReadonlyArray<WireEvent>, programme: Programme, now: EpochMicros): ReadonlyArray<Sending> => {
  const { speed, live, method, seed } = programme
  const dice = chance(seed)
  const span = spanOf(events) ?? { first: now, last: now }
  const from = speed === undefined ? span.last : live === undefined ? span.first : Math.max(span.first, span.last - live)
  let last = 0
  const sendings = movedTo(events, { now, from, speed: speed ?? 1 }).map((event): Sending => {
    last = timeOf(event) ?? last
    return { event, method: 'post', ...(speed === undefined ? {} : { after: Math.max(0, (last - now) / 1_000) }) }
  })
  const sent = disordered(sendings, programme, dice).map((sending) => ({ ...sending, method: methodOf(method, dice) }))
  return speed === undefined ? sent : inTempo(sent)
}
