/**
 * Householder triangle of a tall matrix (rows by columns, row-major), in place, with the right-hand
 * side `b` carried along: afterwards the upper triangle of `a` is R and the first `columns` numbers
 * of `b` are Q'b. What stands below the diagonal of `a` is of no use. Allocates nothing.
 */
export function triangularise(
  a: Float64Array,
  rows: number,
  columns: number,
  b: Float64Array,
): void {
  for (let k = 0; k < columns; k++) {
    let squares = 0
    for (let i = k; i < rows; i++) squares += (a[i * columns + k] as number) ** 2
    if (squares === 0) continue
    const head = a[k * columns + k] as number
    const diagonal = head > 0 ? -Math.sqrt(squares) : Math.sqrt(squares)
    const pivot = head - diagonal
    const scale = 1 / (diagonal * pivot)
    for (let j = k + 1; j < columns; j++) {
      let product = pivot * (a[k * columns + j] as number)
      for (let i = k + 1; i < rows; i++) {
        product += (a[i * columns + k] as number) * (a[i * columns + j] as number)
      }
      product *= scale
      a[k * columns + j] = (a[k * columns + j] as number) + product * pivot
      for (let i = k + 1; i < rows; i++) {
        const at = i * columns + j
        a[at] = (a[at] as number) + product * (a[i * columns + k] as number)
      }
    }
    let product = pivot * (b[k] as number)
    for (let i = k + 1; i < rows; i++) product += (a[i * columns + k] as number) * (b[i] as number)
    product *= scale
    b[k] = (b[k] as number) + product * pivot
    for (let i = k + 1; i < rows; i++) {
      b[i] = (b[i] as number) + product * (a[i * columns + k] as number)
    }
    a[k * columns + k] = diagonal
  }
}

/** Solves R x = b for the upper triangle that `triangularise` left; false when R is singular. */
export function solveUpper(r: Float64Array, columns: number, b: Float64Array): boolean {
  for (let i = columns - 1; i >= 0; i--) {
    let sum = b[i] as number
    for (let j = i + 1; j < columns; j++) sum -= (r[i * columns + j] as number) * (b[j] as number)
    const diagonal = r[i * columns + i] as number
    if (diagonal === 0) return false
    b[i] = sum / diagonal
  }
  return true
}

/** (R'R)^-1, the covariance of a fit of unit variance; undefined when R is singular. */
export function inverseGram(r: Float64Array, n: number): Float64Array | undefined {
  const inverse = new Float64Array(n * n)
  const column = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    column.fill(0)
    column[k] = 1
    if (!solveUpper(r, n, column)) return undefined
    for (let i = 0; i < n; i++) inverse[i * n + k] = column[i] as number
  }
  const gram = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let k = Math.max(i, j); k < n; k++) {
        sum += (inverse[i * n + k] as number) * (inverse[j * n + k] as number)
      }
      gram[i * n + j] = sum
    }
  }
  return gram
}
