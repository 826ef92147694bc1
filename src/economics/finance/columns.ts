/** Plain loops over columns: many times faster than `map` on typed arrays of this length. */

/** A factor times a column; without negative zeros, so that nothing prints as -0. */
export function times(column: Float64Array, factor: number): Float64Array {
  const result = new Float64Array(column.length)
  for (let i = 0; i < result.length; i++) result[i] = factor * (column[i] as number) + 0
  return result
}

/** Adds one column to another in place. */
export function addInto(into: Float64Array, what: Float64Array, factor = 1): void {
  for (let i = 0; i < into.length; i++) {
    into[i] = (into[i] as number) + factor * (what[i] as number)
  }
}

/** The sum of columns of one length. */
export function sumOf(columns: readonly Float64Array[], length: number): Float64Array {
  const sum = new Float64Array(length)
  for (const column of columns) addInto(sum, column)
  return sum
}

export function total(column: Float64Array): number {
  let sum = 0
  for (let i = 0; i < column.length; i++) sum += column[i] as number
  return sum
}
