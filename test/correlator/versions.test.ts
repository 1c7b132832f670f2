import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allCalls, emptyState, find, tableOf, withCall, type State } from '../../src/correlator/State.js'
import { comeBy, lookAgain } from '../../src/correlator/Table.js'
import type { CallState } from '../../src/reducer/CallState.js'

/** What is known of a call, as short as it can be: it was let go, and its CallID is kept until then. */
const gone = (callId: string, until: number): CallState => ({ tag: 'gone', callId, until })

/** A version and what must be in it: a table that really stays as it is. */
interface Version {
  readonly state: State
  readonly model: ReadonlyMap<string, CallState>
}

/** A change of some earlier version: 0 is the latest, 1 the one before. */
interface Change {
  readonly back: number
  readonly key: number
  readonly until: number | undefined
}

const KEYS = Array.from({ length: 12 }, (_, key) => `call ${key}`)
const keyOf = (key: number): string => KEYS[key % KEYS.length] ?? ''

const put = (state: State, callId: string, call: CallState | undefined, at = 0): State => withCall(state, callId, find(state, callId), call, at)

const changed = ({ state, model }: Version, { key, until }: Omit<Change, 'back'>): Version => {
  const next = new Map(model)
  const call = until === undefined ? undefined : gone(keyOf(key), until)
  if (call === undefined) next.delete(keyOf(key))
  else next.set(keyOf(key), call)
  return { state: put(state, keyOf(key), call, until), model: next }
}

const isAsItWas = ({ state, model }: Version): void => {
  expect(new Set(allCalls(state))).toEqual(new Set(model.values()))
  for (const key of KEYS) expect(find(state, key)?.call).toBe(model.get(key))
}

const changeArb = (back: fc.Arbitrary<number>): fc.Arbitrary<Change> =>
  fc.record({ back, key: fc.nat(11), until: fc.option(fc.nat(30), { nil: undefined }) })

const versionsOf = (changes: ReadonlyArray<Change>): ReadonlyArray<Version> => {
  const versions: Array<Version> = [{ state: emptyState, model: new Map() }]
  for (const change of changes) {
    const from = versions[Math.max(0, versions.length - 1 - change.back)]
    if (from !== undefined) versions.push(changed(from, change))
  }
  return versions
}

/** A run of so many versions, each with another time for one of so many calls. */
const run = (from: State, length: number, calls: number): ReadonlyArray<State> => {
  const versions = [from]
  for (let i = 1; i <= length; i++) versions.push(put(versions[i - 1] ?? from, `call ${i % calls}`, gone(`call ${i % calls}`, i)))
  return versions
}

const untilOf = (state: State, callId: string): number | undefined => {
  const call = find(state, callId)?.call
  return call?.tag === 'gone' ? call.until : undefined
}

describe('a version stays as it was', () => {
  test('whatever comes after it, and in whatever order versions are read', () => {
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

  test('far behind the newest, and both can be gone on with', () => {
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
            isAsItWas(changed(version, { key: read % 12, until: 31 }))
          }
        }
      ),
      { numRuns: 30 }
    )
  })
})

describe('what is to be looked at', () => {
  test('is found by its time in every version: never too late, and only what is there', () => {
    fc.assert(
      fc.property(fc.array(changeArb(fc.nat(20)), { maxLength: 60 }), fc.array(fc.tuple(fc.nat(), fc.nat(30))), (changes, looks) => {
        const versions = versionsOf(changes)
        for (const [which, now] of looks) {
          const { state, model } = versions[which % versions.length] ?? { state: emptyState, model: new Map<string, CallState>() }
          const table = tableOf(state)
          const due = [...model.values()].filter((call) => call.tag === 'gone' && call.until <= now)
          const come = comeBy(table, now)
          expect(new Set(come.map(({ call }) => call).filter((call) => call.tag === 'gone' && call.until <= now))).toEqual(new Set(due))
          // from now on the others are looked at when they are due
          for (const entry of come) if (entry.call.tag === 'gone' && entry.call.until > now) lookAgain(table, entry, entry.call.until)
          expect(comeBy(table, now)).toHaveLength(due.length)
        }
      })
    )
  })
})

describe('what old versions cost', () => {
  test('one that is kept does not keep everything that came after it', () => {
    const kept = put(emptyState, 'kept', gone('kept', 0))
    const newest = run(kept, 30_000, 10).at(-1) ?? kept
    let behind = 0
    for (let { next } = kept; next !== undefined; { next } = next) behind += 1
    expect(behind).toBeLessThan(12_000)
    expect(allCalls(kept)).toEqual([gone('kept', 0)])
    expect(allCalls(newest)).toHaveLength(11)
  })

  test('two runs that went different ways have a table each', () => {
    let one = put(emptyState, 'kept', gone('kept', 0))
    let other = one
    for (let i = 0; i < 200; i++) {
      one = put(one, keyOf(i), gone(keyOf(i), i))
      other = put(other, keyOf(i), gone(keyOf(i), -i))
    }
    expect([one.table, other.table]).not.toContain(undefined)
    expect([untilOf(one, keyOf(199)), untilOf(other, keyOf(199))]).toEqual([199, -199])
  })

  test('those that are read one after the other do not copy the table each time', () => {
    const versions = run(put(emptyState, 'call 0', gone('call 0', 0)), 3_000, 100)
    expect(versions.map((version) => untilOf(version, 'call 0'))).toEqual(versions.map((_, i) => i - (i % 100)))
    expect(new Set(versions.flatMap(({ table }) => table ?? [])).size).toBeLessThan(20)
  })
})
