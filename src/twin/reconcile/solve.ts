import { type Compiled, gradientOf, residualOf } from './compile.ts'
import {
  backward,
  dot,
  forward,
  type PivotedCholesky,
  pivotedCholesky,
  type PivotedQr,
  pivotedQr,
  type Rows,
  solveTriangle,
} from './matrix.ts'

/** The constraints as a plane at a point, without what is not measured. */
export interface Plane {
  /** Derivatives of each constraint by every variable, rows scaled. */
  readonly jacobian: Rows
  readonly qr: PivotedQr
  /** Unmeasured variables in the order of the columns of `qr`, and the scale of each column. */
  readonly unmeasured: readonly number[]
  readonly columnScale: Float64Array
  /** Combinations that hold no unmeasured variable, by every variable; scaled to unit variance. */
  readonly reduced: Rows
  /** S J' of these, a row each. */
  readonly spread: Rows
  readonly cholesky: PivotedCholesky
  /** L^-1 of their residuals with the measurements as they are. */
  readonly deviates: Float64Array
}

export type Found =
  | { readonly ok: true; readonly x: Float64Array; readonly plane: Plane; readonly rounds: number }
  | { readonly ok: false; readonly detail: string }

/** S times a vector; what is not measured has none. */
export function spreadOf({ u, shared }: Compiled, vector: Float64Array): Float64Array {
  const out = new Float64Array(vector.length)
  for (let k = 0; k < out.length; k++) out[k] = (u[k] as number) ** 2 * (vector[k] as number)
  for (const { a, b, value } of shared) {
    out[a] = (out[a] as number) + value * (vector[b] as number)
    out[b] = (out[b] as number) + value * (vector[a] as number)
  }
  return out
}

/** Size of a constraint at a point: its standard deviation, else its largest term. */
function rowScale(gradient: Float64Array, compiled: Compiled, x: Float64Array): number {
  let [variance, largest] = [0, 0]
  for (let k = 0; k < gradient.length; k++) {
    variance += ((gradient[k] as number) * (compiled.u[k] as number)) ** 2
    largest = Math.max(largest, Math.abs((gradient[k] as number) * (x[k] as number)))
  }
  if (variance > 0) return Math.sqrt(variance)
  return largest > 0 ? largest : Math.max(...gradient.map(Math.abs), Number.MIN_VALUE)
}

/** Unmeasured columns at unit length. */
function unmeasuredPart(jacobian: Rows, unmeasured: readonly number[]) {
  const columnScale = Float64Array.from(unmeasured, (variable) => {
    const squares = jacobian.reduce((sum, row) => sum + (row[variable] as number) ** 2, 0)
    return squares > 0 ? Math.sqrt(squares) : 1
  })
  const matrix = jacobian.map((row) =>
    Float64Array.from(unmeasured, (v, k) => (row[v] as number) / (columnScale[k] as number)),
  )
  return { matrix, columnScale }
}

/** Rows of weights times rows: the combinations of constraints that hold nothing unmeasured. */
function combined(weights: Rows, rows: Rows): Rows {
  return weights.map((weight) => {
    const sum = new Float64Array(rows[0]?.length ?? 0)
    weight.forEach((by, j) => {
      if (by === 0) return
      const row = rows[j] as Float64Array
      for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) + by * (row[k] as number)
    })
    return sum
  })
}

/**
 * Linearises at a point and removes what is not measured: with U = Q R the rows of Q' beyond the
 * rank of U hold none of it.
 */
function planeAt(compiled: Compiled, x: Float64Array) {
  const { rows, isMeasured, y } = compiled
  const jacobian: Rows = []
  const right = new Float64Array(rows.length)
  rows.forEach((row, j) => {
    const gradient = new Float64Array(x.length)
    gradientOf(row, x, gradient)
    const scale = rowScale(gradient, compiled, x)
    for (let k = 0; k < gradient.length; k++) gradient[k] = (gradient[k] as number) / scale
    // Of J X = J x - f, what the constraint asks of X.
    right[j] = dot(gradient, x) - residualOf(row, x).value / scale
    jacobian.push(gradient)
  })
  const unmeasured = isMeasured.flatMap((is, k) => (is ? [] : [k]))
  const { matrix, columnScale } = unmeasuredPart(jacobian, unmeasured)
  const qr = pivotedQr(matrix, unmeasured.length)
  const weights = unmeasured.length === 0 ? qr.transposed : qr.transposed.slice(qr.rank)
  const measured = jacobian.map((row) =>
    row.map((value, k) => (isMeasured[k] === true ? value : 0)),
  )
  const reduced = combined(weights, measured)
  const residual = Float64Array.from(
    reduced,
    (row, j) => dot(row, y) - dot(weights[j] as Float64Array, right),
  )
  const spread = reduced.map((row) => spreadOf(compiled, row))
  reduced.forEach((row, j) => {
    const variance = dot(row, spread[j] as Float64Array)
    if (!(variance > 1e-20)) return
    const by = 1 / Math.sqrt(variance)
    residual[j] = (residual[j] as number) * by
    for (const vector of [row, spread[j] as Float64Array]) {
      for (let k = 0; k < vector.length; k++) vector[k] = (vector[k] as number) * by
    }
  })
  const cholesky = pivotedCholesky(
    reduced.map((row) => Float64Array.from(spread, (other) => dot(row, other))),
  )
  const deviates = forward(cholesky, residual)
  const plane = { jacobian, qr, unmeasured, columnScale, reduced, spread, cholesky, deviates }
  return { plane: plane satisfies Plane, right }
}

/** The point of the plane that is nearest to the measurements, in their own uncertainties. */
function nearest(compiled: Compiled, plane: Plane, right: Float64Array, x: Float64Array) {
  const { jacobian, qr, unmeasured, columnScale, spread, cholesky, deviates } = plane
  const next = Float64Array.from(compiled.y)
  for (const variable of unmeasured) next[variable] = 0
  const weights = backward(cholesky, deviates, spread.length)
  spread.forEach((row, j) => {
    const by = weights[j] as number
    if (by === 0) return
    for (let k = 0; k < next.length; k++) next[k] = (next[k] as number) - by * (row[k] as number)
  })
  if (unmeasured.length === 0) return next
  // What no constraint determines stays where it was, and the others follow.
  for (const k of qr.columns.slice(qr.rank)) {
    const variable = unmeasured[k] as number
    next[variable] = x[variable] as number
  }
  const left = Float64Array.from(
    right,
    (value, j) => value - dot(jacobian[j] as Float64Array, next),
  )
  const turned = Float64Array.from(qr.transposed, (row) => dot(row, left))
  solveTriangle(qr, turned).forEach((value, k) => {
    const column = qr.columns[k] as number
    next[unmeasured[column] as number] = value / (columnScale[column] as number)
  })
  return next
}

function hasSettled({ u, isMeasured }: Compiled, before: Float64Array, after: Float64Array) {
  let largest = 0
  for (let k = 0; k < after.length; k++) {
    if (isMeasured[k] === false) largest = Math.max(largest, Math.abs(after[k] as number))
  }
  return after.every((value, k) => {
    const moved = Math.abs(value - (before[k] as number))
    const still = isMeasured[k] === true ? 1e-10 * (u[k] as number) : 1e-12 * largest
    return moved <= still + 1e-13 * Math.abs(value)
  })
}

const mostRounds = 100

/**
 * Weighted least squares on the constraints: linear ones in one step, products of two variables by
 * Gauss-Newton, that is linearised where the last step ended until it moves no more. With
 * r = A y, V = A S A': x = y - S A' V^-1 r (R. S. H. Mah, Chemical Process Structures and
 * Information Flows, Butterworths 1990, chapters 8 and 9).
 */
export function solve(compiled: Compiled): Found {
  let x: Float64Array = Float64Array.from(compiled.y)
  for (let rounds = 1; rounds <= mostRounds; rounds++) {
    const { plane, right } = planeAt(compiled, x)
    const next = nearest(compiled, plane, right, x)
    if (next.some((value) => !Number.isFinite(value))) {
      return { ok: false, detail: 'the iteration left all bounds' }
    }
    if (hasSettled(compiled, x, next)) return { ok: true, x: next, plane, rounds }
    x = next
  }
  return { ok: false, detail: `the iteration still moves after ${mostRounds} steps` }
}

/** True for each unmeasured variable (in the order of `unmeasured`) that the plane determines. */
export function determined({ qr, unmeasured }: Plane): readonly boolean[] {
  const is = unmeasured.map(() => false)
  const free = unmeasured.map((_, k) => k).slice(qr.rank)
  const moves = free.map((k) =>
    solveTriangle(
      qr,
      Float64Array.from(qr.r, (row) => row[k] as number),
    ),
  )
  for (let k = 0; k < qr.rank; k++) {
    const isFixed = moves.every((move) => Math.abs(move[k] as number) < 1e-9)
    is[qr.columns[k] as number] = isFixed
  }
  return is
}

/** How an unmeasured variable follows the measured ones, by every variable. */
export function followsBy(plane: Plane, compiled: Compiled, index: number): Float64Array {
  const { qr, jacobian, columnScale } = plane
  const at = qr.columns.indexOf(index)
  // Row `at` of R^-1: e' R^-1, solved from the left by substitution downwards.
  const row = new Float64Array(qr.rank)
  for (let k = 0; k < qr.rank; k++) {
    let sum = k === at ? 1 : 0
    for (let i = 0; i < k; i++) sum -= (row[i] as number) * ((qr.r[i] as Float64Array)[k] as number)
    row[k] = sum / ((qr.r[k] as Float64Array)[k] as number)
  }
  const out = new Float64Array(compiled.y.length)
  row.forEach((by, i) => {
    const weights = qr.transposed[i] as Float64Array
    jacobian.forEach((gradient, j) => {
      const factor = (by * (weights[j] as number)) / (columnScale[index] as number)
      if (factor === 0) return
      for (let k = 0; k < out.length; k++) {
        if (compiled.isMeasured[k] !== true) continue
        out[k] = (out[k] as number) - factor * (gradient[k] as number)
      }
    })
  })
  return out
}
