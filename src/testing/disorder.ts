import fc from 'fast-check'

const key = fc.nat({ max: 0xffff })

/**
 * The same things in any order; with `repeats` up to so many of them once more, anywhere. Shrinks towards the order given
 * and no repeats.
 *
 * @example
 * import { disorder } from 'call-legs/testing'
 * import fc from 'fast-check'
 *
 * fc.assert(fc.property(disorder(['dial', 'answer', 'hangup']), (events) => events.length === 3))
 *
 * @since 0.1.0
 * @category testing
 */
export const disorder = <A>(events: ReadonlyArray<A>, { repeats = 0 }: { readonly repeats?: number } = {}): fc.Arbitrary<ReadonlyArray<A>> =>
  fc
    .record({
      keys: fc.array(key, { minLength: events.length, maxLength: events.length }),
      again: fc.array(fc.record({ index: fc.nat({ max: Math.max(0, events.length - 1) }), key }), { maxLength: Math.min(events.length, repeats) })
    })
    .map(({ keys, again }) =>
      [...keys.map((place, index) => ({ index, key: place })), ...again]
        .sort((a, b) => a.key - b.key)
        .flatMap(({ index }) => events.slice(index, index + 1)))

/**
 * The same things, up to twelve of them again behind their place, at once or later: a PBX that was not heard sends once
 * more. Shrinks towards no repeats.
 *
 * @example
 * import { repetition } from 'call-legs/testing'
 * import fc from 'fast-check'
 *
 * fc.assert(fc.property(repetition(['dial', 'hangup']), (events) => new Set(events).size === 2))
 *
 * @since 0.1.0
 * @category testing
 */
export const repetition = <A>(events: ReadonlyArray<A>): fc.Arbitrary<ReadonlyArray<A>> =>
  events.length === 0
    ? fc.constant([])
    : fc
        .array(fc.record({ index: fc.nat({ max: events.length - 1 }), later: fc.nat({ max: events.length - 1 }) }), { maxLength: Math.min(events.length, 12) })
        .map((again) =>
          [...events.map((_, index) => ({ index, place: index })), ...again.map(({ index, later }) => ({ index, place: index + later + 0.5 }))]
            .sort((a, b) => a.place - b.place)
            .flatMap(({ index }) => events.slice(index, index + 1)))

/**
 * The same things, some of them lost. Shrinks towards none lost.
 *
 * @example
 * import { loss } from 'call-legs/testing'
 * import fc from 'fast-check'
 *
 * fc.assert(fc.property(loss(['dial', 'answer', 'hangup']), (events) => events.length <= 3))
 *
 * @since 0.1.0
 * @category testing
 */
export const loss = <A>(events: ReadonlyArray<A>): fc.Arbitrary<ReadonlyArray<A>> =>
  fc.array(fc.nat({ max: 9 }), { minLength: events.length, maxLength: events.length }).map((drawn) => events.filter((_, i) => drawn[i] !== 9))
