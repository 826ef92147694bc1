/** How the image moved (second) when the point moved (first), oldest first. */
export interface Moves {
  readonly point: readonly Float64Array[]
  readonly image: readonly Float64Array[]
}

/** A direction that adds less than this share of itself to the ones already used is left out. */
const independent = 1e-7
/** A move smaller than this, weighted, tells more of rounding than of slopes. */
const telling = 1e-11

/** What past moves make of a residual: the step that they know cancels most of it, and the rest. */
export interface Cancelled {
  readonly step: Float64Array
  readonly rest: Float64Array
}

/**
 * The combination of past moves whose residual changes cancel most of `residual`, in the weighted
 * least-squares sense: modified Gram-Schmidt, newest move first. Linear in `residual`.
 */
export function cancelled(moves: Moves, residual: Float64Array, weight: Float64Array): Cancelled {
  const left = residual.map((r, i) => r * (weight[i] as number))
  const step = new Float64Array(residual.length)
  for (const [move, share] of shares(moves, weight, left)) {
    const dx = moves.point[move] as Float64Array
    for (let i = 0; i < step.length; i++) step[i] = (step[i] as number) - share * (dx[i] as number)
  }
  return { step, rest: left.map((r, i) => r / (weight[i] as number)) }
}

interface Column {
  readonly move: number
  readonly q: Float64Array
  /** Its row of the triangular factor: projections on earlier columns, then its own length. */
  readonly above: readonly number[]
}

/** Shares of the moves; `left` is changed in place into the weighted residual that remains. */
function shares(moves: Moves, weight: Float64Array, left: Float64Array): [number, number][] {
  const columns: Column[] = []
  const along: number[] = []
  for (let move = moves.point.length - 1; move >= 0; move--) {
    const column = columnOf(moves, move, weight, columns)
    if (column === undefined) continue
    columns.push(column)
    along.push(subtract(left, column.q))
  }
  const found: [number, number][] = []
  for (let row = columns.length - 1; row >= 0; row--) {
    const own = columns[row] as Column
    let value = along[row] as number
    for (let later = row + 1; later < columns.length; later++) {
      const share = found[columns.length - 1 - later]?.[1] ?? 0
      value -= (columns[later]?.above[row] ?? 0) * share
    }
    found.push([own.move, value / (own.above[row] as number)])
  }
  return found
}

function columnOf(
  moves: Moves,
  move: number,
  weight: Float64Array,
  earlier: readonly Column[],
): Column | undefined {
  const dx = moves.point[move] as Float64Array
  const dg = moves.image[move] as Float64Array
  const q = dx.map((d, i) => ((dg[i] as number) - d) * (weight[i] as number))
  const length = norm(q)
  let moved = 0
  for (let i = 0; i < dx.length; i++) moved += ((dx[i] as number) * (weight[i] as number)) ** 2
  if (!(Math.sqrt(moved) > telling)) return undefined
  const above = earlier.map((column) => subtract(q, column.q))
  const rest = norm(q)
  if (!(rest > independent * length) || rest === Infinity) return undefined
  for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) / rest
  return { move, q, above: [...above, rest] }
}

function norm(v: Float64Array): number {
  let sum = 0
  for (let i = 0; i < v.length; i++) sum += (v[i] as number) ** 2
  return Math.sqrt(sum)
}

/** Takes the part along the unit vector `q` out of `v`, in place; returns its length. */
function subtract(v: Float64Array, q: Float64Array): number {
  let along = 0
  for (let i = 0; i < v.length; i++) along += (v[i] as number) * (q[i] as number)
  for (let i = 0; i < v.length; i++) v[i] = (v[i] as number) - along * (q[i] as number)
  return along
}
