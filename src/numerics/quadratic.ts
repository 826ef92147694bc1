import { factor, solveFactored } from './dense.ts'

/** Least x'Gx/2 + a'x with rows' x >= limits: G positive definite, row-major n by n. */
export interface QuadraticProblem {
  readonly G: Float64Array
  readonly a: Float64Array
  readonly rows: readonly Float64Array[]
  readonly limits: readonly number[]
}

export type QuadraticSolution =
  | {
      readonly outcome: 'solved'
      readonly x: Float64Array
      /** One for each row: 0 where it does not bind. */
      readonly multipliers: Float64Array
    }
  | { readonly outcome: 'infeasible' | 'singular' | 'max-iterations' }

const dot = (a: Float64Array, b: Float64Array) => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

/**
 * The dual active-set method of D. Goldfarb and A. Idnani, Math. Programming 27 (1983) 1: from the
 * free minimum one violated row after the other is taken in, and rows whose multiplier would turn
 * negative are let go. Systems are solved afresh in every step: meant for some tens of unknowns.
 */
export function quadraticProgram(problem: QuadraticProblem): QuadraticSolution {
  const { a, rows, limits } = problem
  const n = a.length
  const lu = Float64Array.from(problem.G)
  const pivots = new Int32Array(n)
  if (factor(lu, n, pivots) >= 0) return { outcome: 'singular' }
  const solved = (b: Float64Array) => {
    const x = Float64Array.from(b)
    solveFactored(lu, n, pivots, x)
    return x
  }
  let x = solved(a.map((v) => -v))
  let active: number[] = []
  let u: number[] = []
  const inverse = rows.map(solved)
  for (let turn = 0; turn < 50 * (n + rows.length); turn++) {
    const entering = mostViolated(problem, x, active)
    if (entering < 0) return finished(x, active, u, rows.length)
    const row = rows[entering] as Float64Array
    let mine = 0
    for (;;) {
      const r = multipliersOf(rows, inverse, active, entering)
      if (r === undefined) return { outcome: 'singular' }
      const z = Float64Array.from(inverse[entering] as Float64Array)
      for (const [k, at] of active.entries()) {
        const column = inverse[at] as Float64Array
        for (let i = 0; i < n; i++)
          z[i] = (z[i] as number) - (r[k] as number) * (column[i] as number)
      }
      const { step: dual, place } = longestDual(u, r)
      const slope = dot(z, row)
      const gap = (limits[entering] as number) - dot(row, x)
      // Rows that fix the point already leave no direction, only rounding.
      const free = active.length < n && slope > 1e-11 * dot(row, inverse[entering] as Float64Array)
      const primal = free ? gap / slope : Number.POSITIVE_INFINITY
      const step = Math.min(dual, primal)
      if (step === Number.POSITIVE_INFINITY) return { outcome: 'infeasible' }
      if (primal < Number.POSITIVE_INFINITY) {
        x = x.map((value, i) => value + step * (z[i] as number))
      }
      u = u.map((value, k) => value - step * (r[k] as number))
      mine += step
      if (step === primal) {
        active = [...active, entering]
        u = [...u, mine]
        break
      }
      active = active.toSpliced(place, 1)
      u = u.toSpliced(place, 1)
    }
  }
  return { outcome: 'max-iterations' }
}

function finished(x: Float64Array, active: readonly number[], u: readonly number[], count: number) {
  const multipliers = new Float64Array(count)
  for (const [k, at] of active.entries()) multipliers[at] = u[k] as number
  return { outcome: 'solved', x, multipliers } as const
}

/** The row that is furthest from met for its size, or -1. */
function mostViolated({ rows, limits }: QuadraticProblem, x: Float64Array, active: number[]) {
  let worst = -1
  let most = 1e-12
  for (const [k, row] of rows.entries()) {
    if (active.includes(k)) continue
    const limit = limits[k] as number
    const miss = (limit - dot(row, x)) / (Math.sqrt(dot(row, row)) + Math.abs(limit) + 1e-30)
    if (miss > most) [worst, most] = [k, miss]
  }
  return worst
}

/** How fast the multipliers of the active rows fall while a row enters. */
function multipliersOf(
  rows: readonly Float64Array[],
  inverse: readonly Float64Array[],
  active: readonly number[],
  entering: number,
): Float64Array | undefined {
  const q = active.length
  const matrix = new Float64Array(q * q)
  const r = new Float64Array(q)
  for (const [k, at] of active.entries()) {
    const row = rows[at] as Float64Array
    for (const [l, other] of active.entries()) {
      matrix[k * q + l] = dot(row, inverse[other] as Float64Array)
    }
    r[k] = dot(row, inverse[entering] as Float64Array)
  }
  const pivots = new Int32Array(q)
  if (factor(matrix, q, pivots) >= 0) return undefined
  solveFactored(matrix, q, pivots, r)
  return r
}

/** Longest step before a multiplier turns negative, and whose. */
function longestDual(u: readonly number[], r: Float64Array) {
  let step = Number.POSITIVE_INFINITY
  let place = -1
  for (const [k, value] of u.entries()) {
    const fall = r[k] as number
    if (fall > 1e-14 && value / fall < step) [step, place] = [value / fall, k]
  }
  return { step, place }
}
