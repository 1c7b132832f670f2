/**
 * Some of the keys of a value, at any depth.
 *
 * @since 0.1.0
 * @category testing
 */
export type Part<A> = A extends ReadonlyArray<infer Item>
  ? ReadonlyArray<Part<Item>>
  : A extends object
    ? { readonly [Key in keyof A]?: Part<A[Key]> }
    : A

const isObject = (u: unknown): u is object => typeof u === 'object' && u !== null

const shown = (u: unknown): string => (u === undefined ? 'absent' : JSON.stringify(u))

/** A sentence for each place at which the value is not what is asked for; keys that are not asked for may be anything. */
export const differences = (name: string, actual: unknown, expected: unknown): ReadonlyArray<string> => {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${name} is ${shown(actual)} instead of a list.`]
    if (actual.length !== expected.length) return [`${name} has ${actual.length} instead of ${expected.length}.`]
    return expected.flatMap((item: unknown, i) => differences(`${name}[${i}]`, actual[i], item))
  }
  if (!isObject(expected)) return Object.is(actual, expected) ? [] : [`${name} is ${shown(actual)} instead of ${shown(expected)}.`]
  if (!isObject(actual)) return [`${name} is ${shown(actual)} instead of an object.`]
  const entries = new Map<string, unknown>(Object.entries(actual))
  return Object.entries(expected).flatMap(([key, value]) => differences(`${name}.${key}`, entries.get(key), value))
}
