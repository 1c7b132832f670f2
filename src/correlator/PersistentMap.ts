/**
 * A version of a map. Nobody can see it change: what is put in or struck out makes the next version.
 *
 * The newest version holds a table of the language's own; an older one holds the only entry in which it differs
 * from the next, and reads the rest there (the version arrays of H. Baker). So a run, which goes on with the newest
 * one, pays for a table and a small object. To an older version that is read the table is carried; if two runs that
 * went different ways would carry it to and fro, each gets its own.
 */
export interface PersistentMap<K, V> {
  table: Table<K, V> | undefined
  /** Of a version without a table, the next one, and in which entry it differs from that. */
  next: PersistentMap<K, V> | undefined
  key: K | undefined
  /** Absent: the key is not in this version. */
  value: V | undefined
}

interface Table<K, V> {
  readonly entries: Map<K, V>
  /** So many versions have had this table. */
  versions: number
  /** So many steps it was carried to versions far from it. */
  carried: number
}

/** A table is taken over from so near for nothing. */
const NEAR = 64

/** Whoever keeps an old version keeps what lies between it and its table: a new table now and then sets a bound to that. */
const isWornOut = ({ entries, versions }: Table<unknown, unknown>): boolean => versions > 10_000 + 4 * entries.size

/** Two runs that went different ways wrestle for one table: from then on that costs more than a second table. */
const isFoughtFor = ({ entries, carried }: Table<unknown, unknown>): boolean => carried > 1_000 + entries.size

const newTable = <K, V>(entries: Map<K, V>): Table<K, V> => ({ entries, versions: 0, carried: 0 })

const newest = <K, V>(table: Table<K, V>): PersistentMap<K, V> => ({ table, next: undefined, key: undefined, value: undefined })

/** From now on the version is an older one: it differs from the next by an entry. */
const outdate = <K, V>(version: PersistentMap<K, V>, key: K, value: V | undefined, next: PersistentMap<K, V>): void => {
  version.table = undefined
  version.key = key
  version.value = value
  version.next = next
}

const put = <K, V>(entries: Map<K, V>, key: K, value: V | undefined): void => {
  if (value === undefined) entries.delete(key)
  else entries.set(key, value)
}

/** The versions from this one to the one that has the table, which is the last. */
const wayToTable = <K, V>(version: PersistentMap<K, V>): ReadonlyArray<PersistentMap<K, V>> => {
  const way = [version]
  for (let { next } = version; next !== undefined; { next } = next) way.push(next)
  return way
}

/** The table for a version far from it: a copy, if others need it where it is. */
const tableToCarry = <K, V>(table: Table<K, V>, way: number): Table<K, V> => {
  if (way > NEAR) table.carried += way
  if (!isFoughtFor(table)) return table
  table.carried = 0
  return newTable(new Map(table.entries))
}

/**
 * Carries the table to a version that has none. The versions on the way turn round, and find it there from now on;
 * of a table that is a copy, only the nearer half of them.
 */
const bringTable = <K, V>(version: PersistentMap<K, V>): Table<K, V> => {
  const way = wayToTable(version)
  const there = way[way.length - 1]?.table
  const table = there === undefined ? newTable(new Map<K, V>()) : tableToCarry(there, way.length)
  const turning = table === there ? way.length : way.length / 2
  for (let i = way.length - 2; i >= 0; i--) {
    const [older, next] = [way[i], way[i + 1]]
    if (older?.key === undefined || next === undefined) continue
    const { key, value } = older
    if (i + 1 < turning) outdate(next, key, table.entries.get(key), older)
    put(table.entries, key, value)
  }
  version.table = table
  version.next = version.key = version.value = undefined
  return table
}

const tableOf = <K, V>(version: PersistentMap<K, V>): Table<K, V> => version.table ?? bringTable(version)

export const emptyMap = <K, V>(): PersistentMap<K, V> => newest(newTable(new Map<K, V>()))

export const get = <K, V>(version: PersistentMap<K, V>, key: K): V | undefined => tableOf(version).entries.get(key)

/**
 * The next version: with something else under a key than what is there, as {@link get} told it, so that it need not
 * be looked up again. Absent: nothing is there; and nothing is to be there.
 */
export const exchanged = <K, V>(version: PersistentMap<K, V>, key: K, before: V | undefined, after: V | undefined): PersistentMap<K, V> => {
  if (before === after) return version
  const table = tableOf(version)
  const { entries } = table
  // the empty map is where every run begins: it shares nothing
  if (entries.size === 0 || isWornOut(table)) {
    const own = newTable(new Map(entries))
    put(own.entries, key, after)
    return newest(own)
  }
  put(entries, key, after)
  table.versions += 1
  const next = newest(table)
  outdate(version, key, before, next)
  return next
}

/** What is in it, in no order that means anything. */
export const entriesOf = <K, V>(version: PersistentMap<K, V>): ReadonlyArray<readonly [K, V]> => [...tableOf(version).entries]
