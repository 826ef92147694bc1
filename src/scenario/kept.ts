/**
 * What was made of a record, made the first time it is asked for and kept as long as the record
 * lives. Streams and results of units that a re-solve leaves alone are the same records, so what is
 * shown of them is not made again. The record must never change.
 */
export function kept<K extends object, V>(known: WeakMap<K, V>, key: K, make: () => V): V {
  const earlier = known.get(key)
  if (earlier !== undefined) return earlier
  const made = make()
  known.set(key, made)
  return made
}
