/**
 * A version of a map. Nobody can see it change: what is put in or struck out makes the next version.
 *
 * The newest version holds a table of the language's own; an older one holds the only entry in which it differs
 * from the next, and reads the rest there (the version arrays of H. Baker). So a run, which goes on with the newest
 * one, pays for a table and a small object. An older version that is read takes the table over, if it is near the
 * newest, and else gets a table of its own.
 */
export interface PersistentMap<K, V> {
  content: Table<K, V> | Difference<K, V>
}

interface Table<K, V> {
  readonly tag: 'table'
  readonly entries: Map<K, V>
  /** So many versions have had this table. */
  versions: number
}

interface Difference<K, V> {
  readonly tag: 'difference'
  readonly key: K
  /** Absent: the key is not in this version. */
  readonly value: V | undefined
  readonly next: PersistentMap<K, V>
}

/** An older version so many steps away takes the table over; one further away gets a table of its own, so that two runs that went different ways do not wrestle for one. */
const NEAR = 64

/** Whoever keeps an old version keeps what lies between it and its table: a new table now and then sets a bound to that. */
const isWornOut = ({ entries, versions }: Table<unknown, unknown>): boolean => versions > 10_000 + 4 * entries.size

const newTable = <K, V>(entries: Map<K, V>): Table<K, V> => ({ tag: 'table', entries, versions: 0 })

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

/** The older version takes the table over from the next, and the other way round. */
const takeOver = <K, V>(older: PersistentMap<K, V>, next: PersistentMap<K, V>): void => {
  if (older.content.tag === 'table' || next.content.tag === 'difference') return
  const { content: table } = next
  const { key, value } = older.content
  next.content = { tag: 'difference', key, value: table.entries.get(key), next: older }
  put(table.entries, key, value)
  older.content = table
}

/** A table for a version that has none. */
const bringTable = <K, V>(version: PersistentMap<K, V>): Table<K, V> => {
  const way = wayToTable(version)
  if (way.length <= NEAR) {
    way.reduceRight((next, older) => {
      takeOver(older, next)
      return older
    })
    return tableOf(version)
  }
  const last = way[way.length - 1]
  const own = newTable(new Map(last?.content.tag === 'table' ? last.content.entries : []))
  for (const { content } of [...way].reverse()) if (content.tag === 'difference') put(own.entries, content.key, content.value)
  version.content = own
  return own
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
