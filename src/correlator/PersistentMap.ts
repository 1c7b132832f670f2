import BTreeModule from 'sorted-btree'

/**
 * A sorted map whose every version stays as it is: `with` and `without` give another one that shares
 * nearly all of it.
 */
export interface PersistentMap<K, V> {
  readonly size: number
  readonly get: (key: K) => V | undefined
  readonly with: (key: K, value: V, overwrite: true) => PersistentMap<K, V>
  readonly without: (key: K) => PersistentMap<K, V>
  readonly minKey: () => K | undefined
  readonly entries: (from?: K) => IterableIterator<[K, V]>
}

/** An empty one, in the order of `compare`. */
export const emptyMap = <K, V>(compare: (a: K, b: K) => number): PersistentMap<K, V> => new BTreeModule.default<K, V>(undefined, compare)
