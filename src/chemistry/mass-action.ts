import { factor, solveFactored } from '../numerics/index.ts'

/**
 * Chemical equilibrium at given activity coefficients as a convex problem: the natural logarithms
 * of the components' activities `x` minimise
 *     sum_j c_j(x) - total . x,   c_j = exp(lnK_j + nu_j . x),
 * subject to nu_k . x <= lnK_k of every solid; amounts of solids are the multipliers. The minimum
 * is unique, its gradient is the mass balance. Solved by a barrier path (Newton steps with a line
 * search, which cannot diverge) and finished with the set of present solids held exactly.
 */
export interface MassAction {
  /** Components, forms, solids. */
  readonly n: number
  readonly forms: number
  readonly solids: number
  /** Stoichiometry of the forms. */
  readonly nu: SparseRows
  /** ln K of the forms, divided by the activity coefficient. */
  readonly lnK: Float64Array
  /** Solids by components, row-major, and ln of their solubility product. */
  readonly solidNu: Float64Array
  readonly solidLnK: Float64Array
  /** mol/L by component. */
  readonly total: Float64Array
}

/** Non-zero entries of a matrix by rows: those of row j lie from `start[j]` to `start[j + 1]`. */
export interface SparseRows {
  readonly start: Int32Array
  readonly column: Int32Array
  readonly value: Float64Array
}

/** Gathers the non-zero entries of a dense row-major matrix with `n` columns. */
export function sparseRows(dense: Float64Array, n: number): SparseRows {
  const start = [0]
  const column: number[] = []
  const value: number[] = []
  for (let at = 0; at < dense.length; at++) {
    if (dense[at] !== 0) {
      column.push(at % n)
      value.push(dense[at] as number)
    }
    if (at % n === n - 1) start.push(column.length)
  }
  return {
    start: Int32Array.from(start),
    column: Int32Array.from(column),
    value: Float64Array.from(value),
  }
}

export interface MassActionState {
  /** ln activity by component. */
  readonly x: Float64Array
  /** mol/L by form. */
  readonly c: Float64Array
  /** mol/L by solid; zero when it is absent. */
  readonly s: Float64Array
}

export interface MassActionResult extends MassActionState {
  readonly converged: boolean
  readonly iterations: number
  /** Largest mass-balance gap relative to the throughput of its component. */
  readonly gap: number
}

const tolerance = 1e-12
/** Largest change of ln activity in one step. */
const stride = 8

function dot(a: Float64Array, row: number, x: Float64Array, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += (a[row * n + i] as number) * (x[i] as number)
  return sum
}

function fillConcentrations(p: MassAction, x: Float64Array, c: Float64Array): void {
  const { start, column, value } = p.nu
  for (let j = 0; j < p.forms; j++) {
    let sum = p.lnK[j] as number
    for (let e = start[j] as number; e < (start[j + 1] as number); e++) {
      sum += (value[e] as number) * (x[column[e] as number] as number)
    }
    c[j] = Math.exp(sum)
  }
}

/** Distance of a solid from saturation in ln units, positive when undersaturated. */
function slack(p: MassAction, k: number, x: Float64Array): number {
  return (p.solidLnK[k] as number) - dot(p.solidNu, k, x, p.n)
}

/** Mass balance: residual by component and the largest relative gap. */
function balance(p: MassAction, c: Float64Array, s: Float64Array, residual: Float64Array): number {
  const { start, column, value } = p.nu
  const size = new Float64Array(p.n)
  for (let i = 0; i < p.n; i++) {
    residual[i] = p.total[i] as number
    size[i] = Math.abs(p.total[i] as number)
  }
  const take = (i: number, part: number) => {
    residual[i] = (residual[i] as number) - part
    size[i] = (size[i] as number) + Math.abs(part)
  }
  for (let j = 0; j < p.forms; j++) {
    const amount = c[j] as number
    for (let e = start[j] as number; e < (start[j + 1] as number); e++) {
      take(column[e] as number, (value[e] as number) * amount)
    }
  }
  for (let k = 0; k < p.solids; k++) {
    const amount = s[k] as number
    for (let i = 0; i < p.n; i++) take(i, (p.solidNu[k * p.n + i] as number) * amount)
  }
  let worst = 0
  for (let i = 0; i < p.n; i++) {
    if ((size[i] as number) > 0) {
      worst = Math.max(worst, Math.abs(residual[i] as number) / (size[i] as number))
    }
  }
  // A sum that overflowed must not pass for closed.
  return residual.every(Number.isFinite) ? worst : Number.NaN
}

/** Second derivatives of the objective without the solids, into the corner of a larger matrix. */
function fillHessian(p: MassAction, c: Float64Array, a: Float64Array, size: number): void {
  const { start, column, value } = p.nu
  a.fill(0, 0, size * size)
  for (let j = 0; j < p.forms; j++) {
    const amount = c[j] as number
    const end = start[j + 1] as number
    for (let e = start[j] as number; e < end; e++) {
      const row = (column[e] as number) * size
      const weight = (value[e] as number) * amount
      for (let f = start[j] as number; f < end; f++) {
        const at = row + (column[f] as number)
        a[at] = (a[at] as number) + weight * (value[f] as number)
      }
    }
  }
}

/** Solves a symmetric system after scaling rows and columns alike; false when it is singular. */
function solveScaled(a: Float64Array, b: Float64Array, size: number): boolean {
  const scale = new Float64Array(size).fill(1)
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < size; i++) {
      let largest = 0
      for (let l = 0; l < size; l++) {
        largest = Math.max(
          largest,
          Math.abs(a[i * size + l] as number) * (scale[i] as number) * (scale[l] as number),
        )
      }
      if (!(largest > 0)) return false
      scale[i] = (scale[i] as number) / Math.sqrt(largest)
    }
  }
  const work = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let l = 0; l < size; l++) {
      work[i * size + l] = (a[i * size + l] as number) * (scale[i] as number) * (scale[l] as number)
    }
    b[i] = (b[i] as number) * (scale[i] as number)
  }
  const pivots = new Int32Array(size)
  if (factor(work, size, pivots) >= 0) return false
  solveFactored(work, size, pivots, b)
  for (let i = 0; i < size; i++) {
    b[i] = (b[i] as number) * (scale[i] as number)
    if (!Number.isFinite(b[i])) return false
  }
  return true
}

function objective(p: MassAction, x: Float64Array, c: Float64Array, mu: number): number {
  let value = 0
  for (let j = 0; j < p.forms; j++) value += c[j] as number
  for (let i = 0; i < p.n; i++) value -= (p.total[i] as number) * (x[i] as number)
  for (let k = 0; k < p.solids; k++) {
    const t = slack(p, k, x)
    if (!(t > 0)) return Number.POSITIVE_INFINITY
    value -= mu * Math.log(t)
  }
  return value
}

/** One sweep down: no component may have more in its forms than its total; the largest move. */
function lowerToTotals(p: MassAction, x: Float64Array, c: Float64Array): number {
  const { start, column, value } = p.nu
  const sum = new Float64Array(p.n)
  const power = new Float64Array(p.n).fill(1)
  fillConcentrations(p, x, c)
  for (let j = 0; j < p.forms; j++) {
    for (let e = start[j] as number; e < (start[j + 1] as number); e++) {
      const nu = value[e] as number
      if (nu <= 0) continue
      const i = column[e] as number
      const part = nu * (c[j] as number)
      sum[i] = (sum[i] as number) + part
      if (part > 0.1 * (p.total[i] as number)) power[i] = Math.max(power[i] as number, nu)
    }
  }
  let moved = 0
  for (let i = 0; i < p.n; i++) {
    const total = p.total[i] as number
    if (!(total > 0 && (sum[i] as number) > total)) continue
    const down = Math.min(40, Math.log((sum[i] as number) / total)) / (power[i] as number)
    x[i] = (x[i] as number) - down
    moved = Math.max(moved, down)
  }
  return moved
}

/** Lowers activities until no component has more than its total and no solid is supersaturated. */
function makeFeasible(p: MassAction, x: Float64Array, c: Float64Array): void {
  for (let round = 0; round < 40; round++) {
    if (lowerToTotals(p, x, c) < 0.5) break
  }
  for (let round = 0; round < 20; round++) {
    let feasible = true
    for (let k = 0; k < p.solids; k++) {
      const t = slack(p, k, x)
      if (t > 0.5) continue
      feasible = false
      let best = -1
      for (let i = 0; i < p.n; i++) {
        const nu = p.solidNu[k * p.n + i] as number
        if (nu > 0 && (best < 0 || nu > (p.solidNu[k * p.n + best] as number))) best = i
      }
      if (best < 0) return
      x[best] = (x[best] as number) - (1 - t) / (p.solidNu[k * p.n + best] as number)
    }
    if (feasible) return
  }
}

/** One Newton step on the barrier function; answers its length relative to the full step. */
function barrierStep(
  p: MassAction,
  x: Float64Array,
  c: Float64Array,
  s: Float64Array,
  mu: number,
): { readonly length: number; readonly decrement: number } {
  const { n, solids } = p
  const size = n + solids
  const a = new Float64Array(size * size)
  const b = new Float64Array(size)
  const gradient = new Float64Array(n)
  fillHessian(p, c, a, size)
  const multiplier = new Float64Array(solids)
  for (let k = 0; k < solids; k++) multiplier[k] = mu / slack(p, k, x)
  balance(p, c, multiplier, gradient)
  for (let i = 0; i < n; i++) b[i] = gradient[i] as number
  for (let k = 0; k < solids; k++) {
    for (let i = 0; i < n; i++) {
      const entry = p.solidNu[k * n + i] as number
      a[i * size + n + k] = entry
      a[(n + k) * size + i] = entry
    }
    const t = slack(p, k, x)
    a[(n + k) * size + n + k] = (-t * t) / mu
  }
  if (!solveScaled(a, b, size)) return { length: 0, decrement: Number.POSITIVE_INFINITY }
  let decrement = 0
  let longest = 0
  for (let i = 0; i < n; i++) {
    decrement += (gradient[i] as number) * (b[i] as number)
    longest = Math.max(longest, Math.abs(b[i] as number))
  }
  let length = Math.min(1, stride / Math.max(longest, 1e-300))
  for (let k = 0; k < solids; k++) {
    const rise = dot(p.solidNu, k, b, n)
    if (rise > 0) length = Math.min(length, (0.95 * slack(p, k, x)) / rise)
  }
  const start = objective(p, x, c, mu)
  const from = Float64Array.from(x)
  for (let halving = 0; halving < 50; halving++) {
    for (let i = 0; i < n; i++) x[i] = (from[i] as number) + length * (b[i] as number)
    fillConcentrations(p, x, c)
    const now = objective(p, x, c, mu)
    const rounding = 1e-13 * (Math.abs(start) + 1)
    if (now <= start - 1e-4 * length * decrement + rounding) break
    length /= 2
  }
  for (let k = 0; k < solids; k++) s[k] = mu / slack(p, k, x)
  return { length, decrement }
}

/** Newton steps with the given solids exactly saturated; false when it does not settle. */
function finish(
  p: MassAction,
  x: Float64Array,
  c: Float64Array,
  s: Float64Array,
  present: readonly number[],
): boolean {
  const { n } = p
  const size = n + present.length
  const a = new Float64Array(size * size)
  const b = new Float64Array(size)
  const residual = new Float64Array(n)
  for (let k = 0; k < p.solids; k++) if (!present.includes(k)) s[k] = 0
  for (let step = 0; step < 60; step++) {
    fillConcentrations(p, x, c)
    const gap = balance(p, c, s, residual)
    if (!Number.isFinite(gap)) return false
    const saturated = present.every((k) => Math.abs(slack(p, k, x)) < 1e-10)
    if (gap < tolerance && saturated) return true
    fillHessian(p, c, a, size)
    for (let i = 0; i < n; i++) b[i] = residual[i] as number
    for (const [index, k] of present.entries()) {
      for (let i = 0; i < n; i++) {
        const entry = p.solidNu[k * n + i] as number
        a[i * size + n + index] = entry
        a[(n + index) * size + i] = entry
      }
      b[n + index] = slack(p, k, x)
    }
    if (!solveScaled(a, b, size)) return false
    let longest = 0
    for (let i = 0; i < n; i++) longest = Math.max(longest, Math.abs(b[i] as number))
    const length = Math.min(1, 2 / Math.max(longest, 1e-300))
    for (let i = 0; i < n; i++) x[i] = (x[i] as number) + length * (b[i] as number)
    for (const [index, k] of present.entries()) {
      s[k] = (s[k] as number) + length * (b[n + index] as number)
    }
  }
  return false
}

/** Follows the barrier down to `mu`; answers the number of Newton steps. */
function followBarrier(
  p: MassAction,
  x: Float64Array,
  c: Float64Array,
  s: Float64Array,
  lowest: number,
): number {
  let scale = 1e-12
  for (let i = 0; i < p.n; i++) scale = Math.max(scale, Math.abs(p.total[i] as number))
  let mu = p.solids > 0 ? 0.1 * scale : 0
  let steps = 0
  for (;;) {
    const last = mu === 0 || mu <= lowest * scale
    for (let inner = 0; inner < (last ? 200 : 30); inner++) {
      steps++
      const { length, decrement } = barrierStep(p, x, c, s, Math.max(mu, 1e-300))
      const enough = last ? 1e-22 * scale : 0.1 * mu
      if (length === 0 || (length > 0.99 && Math.abs(decrement) < enough)) break
    }
    if (last) return steps
    mu /= 20
  }
}

/** Total of the scarcest component of a solid per formula unit: what of it could form at most. */
function most(p: MassAction, k: number): number {
  let amount = Number.POSITIVE_INFINITY
  for (let i = 0; i < p.n; i++) {
    const nu = p.solidNu[k * p.n + i] as number
    const total = p.total[i] as number
    if (nu > 0 && total > 0) amount = Math.min(amount, total / nu)
  }
  return Number.isFinite(amount) ? amount : 1
}

function supersaturated(p: MassAction, x: Float64Array, present: ReadonlySet<number>): number {
  let worst = -1
  let by = 1e-9
  for (let k = 0; k < p.solids; k++) {
    if (present.has(k)) continue
    const over = -slack(p, k, x)
    if (over > by) {
      by = over
      worst = k
    }
  }
  return worst
}

/** Corrects the set of present solids until none is negative and none supersaturated. */
function settle(
  p: MassAction,
  x: Float64Array,
  c: Float64Array,
  s: Float64Array,
  guess: Iterable<number>,
): boolean {
  const present = new Set(guess)
  for (let change = 0; change < 3 * p.solids + 3; change++) {
    const kept = Float64Array.from(x)
    if (!finish(p, x, c, s, [...present])) {
      x.set(kept)
      let least = -1
      for (const k of present) {
        if (least < 0 || (s[k] as number) / most(p, k) < (s[least] as number) / most(p, least)) {
          least = k
        }
      }
      if (least < 0) return false
      present.delete(least)
      continue
    }
    const negative = [...present].filter((k) => (s[k] as number) < 0)
    if (negative.length > 0) {
      for (const k of negative) present.delete(k)
      continue
    }
    const over = supersaturated(p, x, present)
    if (over < 0) return true
    present.add(over)
    s[over] = 0
  }
  return false
}

/** A start from the totals alone: every component free. `hydrogen` is the column of H+ or -1. */
export function coldStart(p: MassAction, hydrogen: number): Float64Array {
  const lnWater = Math.log(1e-14)
  return Float64Array.from(p.total, (total, i) => {
    if (i !== hydrogen) return Math.log(Math.max(total, 1e-100))
    if (total > 1e-7) return Math.log(total)
    return total < -1e-7 ? lnWater - Math.log(-total) : lnWater / 2
  })
}

/**
 * Solves the equilibrium from a start (changed in place). `present` are solids thought to be there
 * (from an earlier solve of nearly the same problem); then the barrier is tried only if they fail.
 */
export function solveMassAction(
  p: MassAction,
  start: Float64Array,
  present?: readonly number[],
): MassActionResult {
  const x = start
  const c = new Float64Array(p.forms)
  const s = new Float64Array(p.solids)
  const residual = new Float64Array(p.n)
  let iterations = 0
  let converged = false
  if (present !== undefined) {
    const cold = Float64Array.from(x)
    converged = settle(p, x, c, s, present)
    if (!converged) x.set(cold)
  }
  for (const lowest of [1e-9, 1e-13, 1e-16]) {
    if (converged) break
    makeFeasible(p, x, c)
    fillConcentrations(p, x, c)
    iterations += followBarrier(p, x, c, s, lowest)
    const guess: number[] = []
    for (let k = 0; k < p.solids; k++) {
      if ((s[k] as number) / most(p, k) > slack(p, k, x)) guess.push(k)
    }
    const kept = Float64Array.from(x)
    converged = settle(p, x, c, s, guess)
    if (!converged) x.set(kept)
  }
  fillConcentrations(p, x, c)
  const gap = balance(p, c, s, residual)
  return { x, c, s, converged: converged && gap < 1e-10, iterations, gap }
}
