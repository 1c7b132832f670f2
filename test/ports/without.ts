/** The same facts, some of them lost. */
export const without = <A extends object, K extends keyof A>(facts: A, ...lost: ReadonlyArray<K>): Omit<A, K> => {
  const kept = { ...facts }
  for (const key of lost) Reflect.deleteProperty(kept, key)
  return kept
}
