/** Records by a word of theirs, in their order. */
export function groupsOf<T>(
  records: readonly T[],
  wordOf: (record: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const record of records) {
    const word = wordOf(record)
    const group = groups.get(word)
    if (group === undefined) groups.set(word, [record])
    else group.push(record)
  }
  return groups
}
