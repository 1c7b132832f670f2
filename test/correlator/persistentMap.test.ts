import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyMap, entriesOf, exchanged, get, type PersistentMap } from '../../src/correlator/PersistentMap.js'

/** A version and what must be in it: a table that really stays as it is. */
interface Version {
  readonly map: PersistentMap<number, string>
  readonly model: ReadonlyMap<number, string>
}

/** A change of some earlier version: 0 is the latest, 1 the one before. */
interface Change {
  readonly back: number
  readonly key: number
  readonly value: string | undefined
}

const put = <K, V>(map: PersistentMap<K, V>, key: K, value: V | undefined): PersistentMap<K, V> =>
  exchanged(map, key, get(map, key), value)

const changed = ({ map, model }: Version, { key, value }: Change): Version => {
  const next = new Map(model)
  if (value === undefined) next.delete(key)
  else next.set(key, value)
  return { map: put(map, key, value), model: next }
}

const isAsItWas = ({ map, model }: Version): void => {
  expect(new Map(entriesOf(map))).toEqual(model)
  for (let key = 0; key < 12; key++) expect(get(map, key)).toBe(model.get(key))
}

const changeArb = (back: fc.Arbitrary<number>): fc.Arbitrary<Change> =>
  fc.record({ back, key: fc.nat(11), value: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }) })

const versionsOf = (changes: ReadonlyArray<Change>): ReadonlyArray<Version> => {
  const versions: Array<Version> = [{ map: emptyMap(), model: new Map() }]
  for (const change of changes) {
    const from = versions[Math.max(0, versions.length - 1 - change.back)]
    if (from !== undefined) versions.push(changed(from, change))
  }
  return versions
}

test('whatever comes after it, and in whatever order versions are read, a version stays as it was', () => {
  fc.assert(
    fc.property(fc.array(changeArb(fc.nat(20)), { maxLength: 60 }), fc.array(fc.nat()), (changes, reads) => {
      const versions = versionsOf(changes)
      for (const read of reads) {
        const version = versions[read % versions.length]
        if (version !== undefined) isAsItWas(version)
      }
      versions.forEach(isAsItWas)
    })
  )
})

test('a version far behind the newest stays as it was, and so does the newest: both can be gone on with', () => {
  fc.assert(
    fc.property(
      fc.array(changeArb(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 150)), { minLength: 300, maxLength: 500 }),
      fc.array(fc.nat(), { minLength: 20 }),
      (changes, reads) => {
        const versions = versionsOf(changes)
        for (const read of reads) {
          const version = versions[read % versions.length]
          if (version === undefined) continue
          isAsItWas(version)
          isAsItWas(changed(version, { back: 0, key: read % 12, value: 'new' }))
        }
      }
    ),
    { numRuns: 30 }
  )
})

test('a version that is kept does not keep everything that came after it', () => {
  const kept = put(emptyMap<number, object>(), 0, {})
  let newest = kept
  let behind = 0
  for (let i = 0; i < 30_000; i++) newest = put(newest, i % 10, { i })
  for (let { next } = kept; next !== undefined; { next } = next) behind += 1
  expect(behind).toBeLessThan(12_000)
  expect(get(kept, 0)).toEqual({})
  expect(entriesOf(kept)).toHaveLength(1)
  expect(entriesOf(newest)).toHaveLength(10)
})

test('what changes nothing makes no version', () => {
  const map = put(emptyMap<string, string>(), 'a', 'b')
  expect(put(map, 'a', 'b')).toBe(map)
  expect(put(map, 'c', undefined)).toBe(map)
})

test('two runs that went different ways from one version stop to wrestle for its table', () => {
  let one = put(emptyMap<number, number>(), -1, 0)
  let other = one
  for (let i = 0; i < 200; i++) {
    one = put(one, i % 20, i)
    other = put(other, i % 20, -i)
  }
  expect([one.table, other.table]).not.toContain(undefined)
  expect([get(one, 19), get(other, 19)]).toEqual([199, -199])
})

test('old versions that are read one after the other do not copy the table each time', () => {
  const versions = [put(emptyMap<number, number>(), 0, 0)]
  for (let i = 1; i < 3_000; i++) versions.push(put(versions[i - 1] ?? emptyMap<number, number>(), i % 100, i))
  expect(versions.map((version) => get(version, 0))).toEqual(versions.map((_, i) => i - (i % 100)))
  expect(versions.filter(({ table }) => table !== undefined).length).toBeLessThan(20)
})
