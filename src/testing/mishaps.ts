import type { Draw } from './Draw.js'

/** What may befall events on their way. */
export interface Mishaps {
  /** One of five comes late, by up to twenty places. */
  readonly shuffle: boolean
  /** One of twenty comes again, up to twenty places later. */
  readonly repeat: boolean
  /** One of fifty is lost. */
  readonly loss: boolean
}

const PLACES = 20

/** The same events as a receiver gets them. Only the late ones are held, so that there may be any number. */
export function* befallen<A>(events: Iterable<A>, { shuffle, repeat, loss }: Mishaps, { chance, between }: Draw): Generator<A> {
  const late = new Map<number, ReadonlyArray<A>>()
  const delay = (event: A, place: number): void => {
    const to = place + between(1, PLACES)
    late.set(to, [...(late.get(to) ?? []), event])
  }
  let place = 0
  for (const event of events) {
    if (loss && chance(1 / 50)) continue
    if (repeat && chance(1 / 20)) delay(event, place)
    if (shuffle && chance(1 / 5)) delay(event, place)
    else yield event
    yield* late.get(place) ?? []
    late.delete(place)
    place += 1
  }
  for (const [, rest] of [...late].sort(([a], [b]) => a - b)) yield* rest
}
