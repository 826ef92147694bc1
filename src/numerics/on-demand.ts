/**
 * Makes a value when it is first asked for, and keeps it: for what people read of an answer and no
 * other calculation does. Of the many times that a unit in a loop is calculated only the last is
 * read.
 */
export function onDemand<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
