/** How the image moved (second) when the point moved (first), oldest first. */
export interface Moves {
  readonly point: readonly Float64Array[]
  readonly image: readonly Float64Array[]
}

/** Entries first, first + stride, first + 2 stride ...: `count` of them. */
export interface Part {
  readonly first: number
  readonly stride: number
  readonly count: number
}

/** A direction that adds less than this share of itself to the ones already used is left out. */
const independent = 1e-7
/** A move smaller than this, weighted, tells more of rounding than of slopes. */
const telling = 1e-11
/** Nor is a move stretched more than a thousandfold: its own inexactness would come along. */
const stretched = 0.3

/** Room to work in: orthonormal columns, the triangular factor, and what goes with a column. */
interface Room {
  readonly columns: Float64Array
  readonly triangle: Float64Array
  readonly along: Float64Array
  readonly move: Int32Array
  readonly left: Float64Array
}

/** Room for `depth` moves of `count` entries. */
export function roomFor(depth: number, count: number): Room {
  return {
    columns: new Float64Array(depth * count),
    triangle: new Float64Array(depth * depth),
    along: new Float64Array(depth),
    move: new Int32Array(depth),
    left: new Float64Array(count),
  }
}

/**
 * The combination of past moves whose residual changes cancel most of a part of `residual`, in the
 * weighted least-squares sense: modified Gram-Schmidt, newest move first. What the moves know goes
 * into `step`, what they leave into `rest`. Linear in `residual`.
 */
export function cancel(
  moves: Moves,
  residual: Float64Array,
  weight: Float64Array,
  part: Part,
  room: Room,
  step: Float64Array,
  rest: Float64Array,
): void {
  const { first, stride, count } = part
  const { left } = room
  for (let k = 0; k < count; k++) {
    const i = first + k * stride
    left[k] = (residual[i] as number) * (weight[i] as number)
  }
  const used = orthogonalise(moves, weight, part, room)
  shareOut(moves, part, room, used, step)
  for (let k = 0; k < count; k++) {
    const i = first + k * stride
    rest[i] = (left[k] as number) / (weight[i] as number)
  }
}

/** Fills the columns and takes what lies along them out of `left`; the number of columns. */
function orthogonalise(moves: Moves, weight: Float64Array, part: Part, room: Room): number {
  const { count } = part
  const { columns, triangle, along, move, left } = room
  const depth = along.length
  const least = Math.max(telling, stretched * norm(left, 0, count))
  let used = 0
  for (let m = moves.point.length - 1; m >= 0 && used < Math.min(depth, count); m--) {
    const at = used * count
    const length = fillColumn(moves, m, weight, part, columns, at, least)
    if (length === 0) continue
    for (let c = 0; c < used; c++) {
      triangle[c * depth + used] = subtract(columns, at, columns, c * count, count)
    }
    const remains = norm(columns, at, count)
    if (!(remains > independent * length) || remains === Infinity) continue
    for (let k = at; k < at + count; k++) columns[k] = (columns[k] as number) / remains
    triangle[used * depth + used] = remains
    move[used] = m
    along[used] = subtract(left, 0, columns, at, count)
    used++
  }
  return used
}

/** Weighted change of the residual with a move, as a column; its length, 0 if it tells nothing. */
function fillColumn(
  moves: Moves,
  m: number,
  weight: Float64Array,
  { first, stride, count }: Part,
  columns: Float64Array,
  at: number,
  least: number,
): number {
  const dx = moves.point[m] as Float64Array
  const dg = moves.image[m] as Float64Array
  let moved = 0
  for (let k = 0; k < count; k++) {
    const i = first + k * stride
    const w = weight[i] as number
    const d = dx[i] as number
    moved += (d * w) ** 2
    columns[at + k] = ((dg[i] as number) - d) * w
  }
  return Math.sqrt(moved) > least ? norm(columns, at, count) : 0
}

/** Back substitution: how much of each move, taken off `step`. */
function shareOut(moves: Moves, part: Part, room: Room, used: number, step: Float64Array): void {
  const { first, stride, count } = part
  const { triangle, along, move } = room
  const depth = along.length
  for (let row = used - 1; row >= 0; row--) {
    let share = along[row] as number
    for (let c = row + 1; c < used; c++) {
      share -= (triangle[row * depth + c] as number) * (along[c] as number)
    }
    share /= triangle[row * depth + row] as number
    along[row] = share
    const dx = moves.point[move[row] as number] as Float64Array
    for (let k = 0; k < count; k++) {
      const i = first + k * stride
      step[i] = (step[i] as number) - share * (dx[i] as number)
    }
  }
}

function norm(v: Float64Array, at: number, count: number): number {
  let sum = 0
  for (let k = at; k < at + count; k++) sum += (v[k] as number) ** 2
  return Math.sqrt(sum)
}

/** Takes the part along a unit vector out of a vector, in place; returns its length. */
function subtract(
  v: Float64Array,
  at: number,
  unit: Float64Array,
  from: number,
  count: number,
): number {
  let along = 0
  for (let k = 0; k < count; k++) along += (v[at + k] as number) * (unit[from + k] as number)
  for (let k = 0; k < count; k++) {
    v[at + k] = (v[at + k] as number) - along * (unit[from + k] as number)
  }
  return along
}
