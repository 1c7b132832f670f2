import BTreeModule from 'sorted-btree'

/** A version of a sorted map. It stays as it is; the next version shares nearly all of it. */
export interface PersistentMap<K, V> {
  readonly size: number
  readonly get: (key: K) => V | undefined
  readonly minKey: () => K | undefined
  readonly nextHigherKey: (key: K) => K | undefined
  readonly entries: (from?: K) => IterableIterator<[K, V]>
  /** The next version, to be filled before anybody else sees it: what it shares is copied when it is touched. */
  readonly clone: () => NextVersion<K, V>
}

/** A version in the making. */
export interface NextVersion<K, V> extends PersistentMap<K, V> {
  readonly set: (key: K, value: V) => boolean
  readonly delete: (key: K) => boolean
}

/** An empty one, in the order of `compare`. */
export const emptyMap = <K, V>(compare: (a: K, b: K) => number): PersistentMap<K, V> => new BTreeModule.default<K, V>(undefined, compare)

/** The next version, with this in it. */
export const withEntry = <K, V>(map: PersistentMap<K, V>, key: K, value: V): PersistentMap<K, V> => {
  const next = map.clone()
  next.set(key, value)
  return next
}

/** The next version, without this. */
export const withoutEntry = <K, V>(map: PersistentMap<K, V>, key: K): PersistentMap<K, V> => {
  const next = map.clone()
  next.delete(key)
  return next
}
