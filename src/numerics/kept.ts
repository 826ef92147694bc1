/**
 * What was made of a record, made the first time it is asked for and kept as long as the record
 * lives: what is shown of streams and results that a re-solve leaves alone, what is found in the
 * data. The record must never change.
 */
export function kept<K extends object, V>(known: WeakMap<K, V>, key: K, make: () => V): V {
  const earlier = known.get(key)
  if (earlier !== undefined) return earlier
  const made = make()
  known.set(key, made)
  return made
}
