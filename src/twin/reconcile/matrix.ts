/** Dense rows of numbers; small: as many rows as constraints. */
export type Rows = Float64Array[]

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number)
  return sum
}

/** Below this share of its size before, a column or pivot is taken for dependent on the others. */
const dependent = 1e-10

/** Householder triangle with column exchanges: Q'U = [R; 0]. */
export interface PivotedQr {
  /** Q' applied to vectors of as many numbers as there are rows. */
  readonly transposed: Rows
  /** R by original rows of the triangle: `r[i]` holds columns in the order of `columns`. */
  readonly r: Rows
  readonly columns: readonly number[]
  readonly rank: number
}

/** QR of a matrix given by its rows; each column should be of about unit length. */
export function pivotedQr(matrix: Rows, columnCount: number): PivotedQr {
  const count = matrix.length
  const r = matrix.map((row) => Float64Array.from(row))
  const q = matrix.map((_, i) => {
    const unit = new Float64Array(count)
    unit[i] = 1
    return unit
  })
  const columns = Array.from({ length: columnCount }, (_, k) => k)
  let rank = 0
  while (rank < Math.min(count, columnCount)) {
    const best = longestColumn(r, rank, columnCount)
    if (!(best.length > dependent)) break
    exchangeColumns(r, columns, rank, best.column)
    reflect(r, q, rank)
    rank++
  }
  return { transposed: q, r, columns, rank }
}

function longestColumn(r: Rows, from: number, columnCount: number) {
  let best = { column: from, length: -1 }
  for (let k = from; k < columnCount; k++) {
    let squares = 0
    for (let i = from; i < r.length; i++) squares += ((r[i] as Float64Array)[k] as number) ** 2
    if (Math.sqrt(squares) > best.length) best = { column: k, length: Math.sqrt(squares) }
  }
  return best
}

function exchangeColumns(r: Rows, columns: number[], a: number, b: number): void {
  if (a === b) return
  for (const row of r) [row[a], row[b]] = [row[b] as number, row[a] as number]
  ;[columns[a], columns[b]] = [columns[b] as number, columns[a] as number]
}

/** One Householder step on the rows of R and, with them, of Q'. */
function reflect(r: Rows, q: Rows, at: number): void {
  const count = r.length
  const vector = new Float64Array(count)
  for (let i = at; i < count; i++) vector[i] = (r[i] as Float64Array)[at] as number
  const length = Math.sqrt(dot(vector, vector))
  const head = vector[at] as number
  vector[at] = head + (head > 0 ? length : -length)
  const scale = 2 / dot(vector, vector)
  for (const matrix of [r, q]) {
    const width = matrix[0]?.length ?? 0
    for (let k = 0; k < width; k++) {
      let product = 0
      for (let i = at; i < count; i++) {
        product += (vector[i] as number) * ((matrix[i] as Float64Array)[k] as number)
      }
      for (let i = at; i < count; i++) {
        const row = matrix[i] as Float64Array
        row[k] = (row[k] as number) - scale * product * (vector[i] as number)
      }
    }
  }
}

/** Solves R x = b over the first `rank` columns of the triangle. */
export function solveTriangle({ r, rank }: PivotedQr, b: Float64Array): Float64Array {
  const x = new Float64Array(rank)
  for (let i = rank - 1; i >= 0; i--) {
    const row = r[i] as Float64Array
    let sum = b[i] as number
    for (let k = i + 1; k < rank; k++) sum -= (row[k] as number) * (x[k] as number)
    x[i] = sum / (row[i] as number)
  }
  return x
}

/** Cholesky factor of the largest independent part of a symmetric, not negative matrix. */
export interface PivotedCholesky {
  /** Rows of the matrix that are kept, in the order of the factor. */
  readonly kept: readonly number[]
  /** Lower triangle, row by row. */
  readonly lower: Rows
}

/** Rows are scaled to a unit diagonal by the caller, so that dependence can be told. */
export function pivotedCholesky(matrix: Rows): PivotedCholesky {
  const count = matrix.length
  const left = Float64Array.from(matrix, (row, i) => row[i] as number)
  const lower: Rows = []
  const kept: number[] = []
  // Columns of the factor over all rows of the matrix, so that a later pivot finds its row.
  const columns: Rows = []
  while (kept.length < count) {
    let pivot = -1
    for (let i = 0; i < count; i++) {
      if (kept.includes(i)) continue
      if (pivot < 0 || (left[i] as number) > (left[pivot] as number)) pivot = i
    }
    if (pivot < 0 || !((left[pivot] as number) > dependent)) break
    const diagonal = Math.sqrt(left[pivot] as number)
    const column = new Float64Array(count)
    for (let i = 0; i < count; i++) {
      if (kept.includes(i)) continue
      let sum = (matrix[i] as Float64Array)[pivot] as number
      for (const before of columns) sum -= (before[i] as number) * (before[pivot] as number)
      column[i] = i === pivot ? diagonal : sum / diagonal
      left[i] = (left[i] as number) - (column[i] as number) ** 2
    }
    columns.push(column)
    kept.push(pivot)
  }
  for (const row of kept) {
    lower.push(Float64Array.from(columns, (column) => column[row] as number))
  }
  return { kept, lower }
}

/** L^-1 of the kept entries of a vector. */
export function forward({ kept, lower }: PivotedCholesky, vector: Float64Array): Float64Array {
  const x = new Float64Array(kept.length)
  for (let i = 0; i < kept.length; i++) {
    const row = lower[i] as Float64Array
    let sum = vector[kept[i] as number] as number
    for (let k = 0; k < i; k++) sum -= (row[k] as number) * (x[k] as number)
    x[i] = sum / (row[i] as number)
  }
  return x
}

/** L'^-1 of what `forward` gave, back at the places of the whole vector; zero elsewhere. */
export function backward(
  { kept, lower }: PivotedCholesky,
  b: Float64Array,
  count: number,
): Float64Array {
  const x = Float64Array.from(b)
  for (let i = kept.length - 1; i >= 0; i--) {
    let sum = x[i] as number
    for (let k = i + 1; k < kept.length; k++) {
      sum -= ((lower[k] as Float64Array)[i] as number) * (x[k] as number)
    }
    x[i] = sum / ((lower[i] as Float64Array)[i] as number)
  }
  const whole = new Float64Array(count)
  for (let i = 0; i < kept.length; i++) whole[kept[i] as number] = x[i] as number
  return whole
}
