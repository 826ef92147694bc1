/** Smallest number whose reciprocal is finite. */
const smallestPivot = 2 ** -1022

/**
 * LU factors with row exchanges of a square matrix in row-major order, in place: unit lower
 * triangle below the diagonal, upper triangle on and above it. `pivots[k]` is the row that was
 * exchanged with row k.
 *
 * Answers -1, or the column in which no pivot is left (the matrix is singular to working accuracy,
 * or holds something that is no finite number); the arrays are then of no use.
 * Allocates nothing; `a` and `pivots` may be longer than needed.
 */
export function factor(a: Float64Array, n: number, pivots: Int32Array): number {
  for (let k = 0; k < n; k++) {
    let row = k
    let largest = Math.abs(a[k * n + k] as number)
    for (let i = k + 1; i < n; i++) {
      const size = Math.abs(a[i * n + k] as number)
      if (size > largest) {
        largest = size
        row = i
      }
    }
    if (!(largest >= smallestPivot && largest < Number.POSITIVE_INFINITY)) return k
    pivots[k] = row
    if (row !== k) exchange(a, n, k, row)
    const inverse = 1 / (a[k * n + k] as number)
    for (let i = k + 1; i < n; i++) {
      const multiplier = (a[i * n + k] as number) * inverse
      if (multiplier === 0) continue
      a[i * n + k] = multiplier
      for (let j = k + 1; j < n; j++) {
        a[i * n + j] = (a[i * n + j] as number) - multiplier * (a[k * n + j] as number)
      }
    }
  }
  return -1
}

function exchange(a: Float64Array, n: number, one: number, other: number): void {
  for (let j = 0; j < n; j++) {
    const kept = a[one * n + j] as number
    a[one * n + j] = a[other * n + j] as number
    a[other * n + j] = kept
  }
}

/** Solves with the factors that `factor` left behind; `b` becomes the solution. No allocation. */
export function solveFactored(
  lu: Float64Array,
  n: number,
  pivots: Int32Array,
  b: Float64Array,
): void {
  for (let k = 0; k < n; k++) {
    const row = pivots[k] as number
    const kept = b[row] as number
    b[row] = b[k] as number
    b[k] = kept
  }
  for (let i = 1; i < n; i++) {
    let sum = b[i] as number
    for (let j = 0; j < i; j++) sum -= (lu[i * n + j] as number) * (b[j] as number)
    b[i] = sum
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] as number
    for (let j = i + 1; j < n; j++) sum -= (lu[i * n + j] as number) * (b[j] as number)
    b[i] = sum / (lu[i * n + i] as number)
  }
}

/**
 * The same for many right-hand sides at once: `b` is n by `columns`, row-major, and becomes the
 * solution. No allocation.
 */
export function solveFactoredMatrix(
  lu: Float64Array,
  n: number,
  pivots: Int32Array,
  b: Float64Array,
  columns: number,
): void {
  for (let k = 0; k < n; k++) {
    const row = pivots[k] as number
    if (row === k) continue
    for (let c = 0; c < columns; c++) {
      const kept = b[row * columns + c] as number
      b[row * columns + c] = b[k * columns + c] as number
      b[k * columns + c] = kept
    }
  }
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) subtractRow(b, columns, i, j, lu[i * n + j] as number)
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) subtractRow(b, columns, i, j, lu[i * n + j] as number)
    const inverse = 1 / (lu[i * n + i] as number)
    for (let c = 0; c < columns; c++) {
      b[i * columns + c] = (b[i * columns + c] as number) * inverse
    }
  }
}

function subtractRow(b: Float64Array, columns: number, to: number, from: number, by: number): void {
  if (by === 0) return
  for (let c = 0; c < columns; c++) {
    b[to * columns + c] = (b[to * columns + c] as number) - by * (b[from * columns + c] as number)
  }
}

export type DenseSolution =
  | { readonly outcome: 'solved'; readonly x: Float64Array }
  | { readonly outcome: 'singular'; readonly column: number }

/** Solves a x = b and leaves both as they were; inner loops use `factor` and `solveFactored`. */
export function solveDense(a: Float64Array, b: Float64Array): DenseSolution {
  const n = b.length
  if (a.length !== n * n) throw new Error(`a matrix of ${a.length} numbers for ${n} unknowns`)
  const lu = Float64Array.from(a)
  const x = Float64Array.from(b)
  const pivots = new Int32Array(n)
  const column = factor(lu, n, pivots)
  if (column >= 0) return { outcome: 'singular', column }
  solveFactored(lu, n, pivots, x)
  const beyond = x.findIndex((value) => !Number.isFinite(value))
  if (beyond >= 0) return { outcome: 'singular', column: beyond }
  return { outcome: 'solved', x }
}
