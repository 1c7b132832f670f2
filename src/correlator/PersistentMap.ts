/**
 * A version of a map. Nobody can see it change: what is put in or struck out makes the next version.
 *
 * The newest version holds a table of the language's own; an older one holds the only entry in which it differs
 * from the next, and reads the rest there (the version arrays of H. Baker). So a run, which goes on with the newest
 * one, pays for a table and a small object. To an older version that is read the table is carried; if two runs that
 * went different ways would carry it to and fro, each gets its own.
 */
export interface PersistentMap<K, V> {
  content: Table<K, V> | Difference<K, V>
}

interface Table<K, V> {
  readonly tag: 'table'
  readonly entries: Map<K, V>
  /** So many versions have had this table. */
  versions: number
  /** So many steps it was carried to versions far from it. */
  carried: number
}

interface Difference<K, V> {
  readonly tag: 'difference'
  readonly key: K
  /** Absent: the key is not in this version. */
  readonly value: V | undefined
  readonly next: PersistentMap<K, V>
}

/** A table is taken over from so near for nothing. */
const NEAR = 64

/** Whoever keeps an old version keeps what lies between it and its table: a new table now and then sets a bound to that. */
const isWornOut = ({ entries, versions }: Table<unknown, unknown>): boolean => versions > 10_000 + 4 * entries.size

/** Two runs that went different ways wrestle for one table: from then on that costs more than a second table. */
const isFoughtFor = ({ entries, carried }: Table<unknown, unknown>): boolean => carried > 1_000 + entries.size

const newTable = <K, V>(entries: Map<K, V>): Table<K, V> => ({ tag: 'table', entries, versions: 0, carried: 0 })

const put = <K, V>(entries: Map<K, V>, key: K, value: V | undefined): void => {
  if (value === undefined) entries.delete(key)
  else entries.set(key, value)
}

/** The versions from this one to the one that has the table, which is the last. */
const wayToTable = <K, V>(version: PersistentMap<K, V>): ReadonlyArray<PersistentMap<K, V>> => {
  const way = [version]
  for (let { content } = version; content.tag === 'difference'; { content } = content.next) way.push(content.next)
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
  const there = way[way.length - 1]?.content
  const table = there?.tag === 'table' ? tableToCarry(there, way.length) : newTable(new Map<K, V>())
  const turning = table === there ? way.length : way.length / 2
  for (let i = way.length - 2; i >= 0; i--) {
    const [older, next] = [way[i], way[i + 1]]
    if (older?.content.tag !== 'difference' || next === undefined) continue
    const { key, value } = older.content
    if (i + 1 < turning) next.content = { tag: 'difference', key, value: table.entries.get(key), next: older }
    put(table.entries, key, value)
  }
  version.content = table
  return table
}

const tableOf = <K, V>(version: PersistentMap<K, V>): Table<K, V> => (version.content.tag === 'table' ? version.content : bringTable(version))

const withChange = <K, V>(version: PersistentMap<K, V>, key: K, value: V | undefined): PersistentMap<K, V> => {
  const table = tableOf(version)
  const { entries } = table
  const before = entries.get(key)
  if (before === value) return version
  // the empty map is where every run begins: it shares nothing
  if (entries.size === 0 || isWornOut(table)) {
    const own = newTable(new Map(entries))
    put(own.entries, key, value)
    return { content: own }
  }
  put(entries, key, value)
  table.versions += 1
  const next: PersistentMap<K, V> = { content: table }
  version.content = { tag: 'difference', key, value: before, next }
  return next
}

export const emptyMap = <K, V>(): PersistentMap<K, V> => ({ content: newTable(new Map()) })

export const get = <K, V>(version: PersistentMap<K, V>, key: K): V | undefined => tableOf(version).entries.get(key)

/** The next version, with this in it. */
export const withEntry = <K, V>(version: PersistentMap<K, V>, key: K, value: NonNullable<V>): PersistentMap<K, V> =>
  withChange(version, key, value)

/** The next version, without this. */
export const withoutEntry = <K, V>(version: PersistentMap<K, V>, key: K): PersistentMap<K, V> => withChange(version, key, undefined)

/** What is in it, in no order that means anything. */
export const entriesOf = <K, V>(version: PersistentMap<K, V>): ReadonlyArray<readonly [K, V]> => [...tableOf(version).entries]
