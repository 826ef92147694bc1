import { quadraticProgram } from './quadratic.ts'

/** What a point is worth: an objective to make small, and margins that shall not be negative. */
export interface Worth {
  readonly objective: number
  readonly margins: readonly number[]
}

/** Unknowns between 0 and 1; `worth` answers null where a point has none. */
export interface BoxOptimum {
  readonly worth: (point: readonly number[]) => Worth | null
  readonly start: readonly number[]
}

export interface OptimumOptions {
  /** Points that may be asked for; 60 for each unknown if left out. */
  readonly evaluations?: number
  /** Largest move of an unknown in the first step. */
  readonly radius?: number
  /** Move of an unknown by which slopes are measured. */
  readonly probe?: number
}

export interface Optimum {
  /**
   * `optimal`: nothing near is better; `infeasible`: nothing near violates the margins less;
   * `max-evaluations`: still on the way; `no-start`: the start is worth nothing.
   */
  readonly outcome: 'optimal' | 'infeasible' | 'max-evaluations' | 'no-start'
  readonly point: readonly number[]
  readonly worth: Worth
  /** By how much the objective falls when a margin is widened by one; 0 where it does not bind. */
  readonly prices: readonly number[]
  readonly evaluations: number
}

interface Search {
  readonly problem: BoxOptimum
  readonly most: number
  readonly probe: number
  evaluations: number
}

/** The model around a point: slopes, scaled so that a move of 1 changes each by about 1. */
interface Slopes {
  readonly objective: Float64Array
  readonly margins: readonly Float64Array[]
}

const nothing: Worth = { objective: Number.POSITIVE_INFINITY, margins: [] }

function ask(search: Search, point: readonly number[]): Worth | null {
  search.evaluations++
  const found = search.problem.worth(point)
  if (found === null) return null
  const isFinite = Number.isFinite(found.objective) && found.margins.every(Number.isFinite)
  return isFinite ? found : null
}

/** Slopes by central differences, one-sided at a bound or beside a point that is worth nothing. */
function slopesAt(search: Search, point: readonly number[], here: Worth): Slopes | null {
  const n = point.length
  const objective = new Float64Array(n)
  const margins = here.margins.map(() => new Float64Array(n))
  for (let i = 0; i < n; i++) {
    const u = point[i] as number
    const sides = [Math.min(1, u + search.probe), Math.max(0, u - search.probe)].map((at) => {
      const worth = at === u ? null : ask(search, point.with(i, at))
      return worth === null ? { at: u, worth: here } : { at, worth }
    })
    const [above, below] = sides
    if (above === undefined || below === undefined || above.at === below.at) return null
    const width = above.at - below.at
    objective[i] = (above.worth.objective - below.worth.objective) / width
    for (const [j, row] of margins.entries()) {
      row[i] = ((above.worth.margins[j] as number) - (below.worth.margins[j] as number)) / width
    }
  }
  return { objective, margins }
}

const size = (v: Float64Array) => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0))

/** Most that a margin is below zero, each in its own scale. */
const violation = ({ margins }: Worth, scales: readonly number[]) =>
  margins.reduce((most, m, j) => Math.max(most, -m / (scales[j] as number)), 0)

/**
 * The step of the quadratic model within a radius and the box. The last unknown is what every
 * margin may still be missed by, at a price: the model then always has an answer.
 */
function modelStep(
  point: readonly number[],
  here: Worth,
  slopes: Slopes,
  curvature: Float64Array,
  radius: number,
  penalty: number,
  scales: { readonly objective: number; readonly margins: readonly number[] },
) {
  const n = point.length
  const wide = n + 1
  const G = new Float64Array(wide * wide)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) G[i * wide + j] = curvature[i * n + j] as number
  }
  G[n * wide + n] = 1e-6 * penalty
  const a = new Float64Array(wide)
  for (let i = 0; i < n; i++) a[i] = (slopes.objective[i] as number) / scales.objective
  a[n] = penalty
  const rows: Float64Array[] = []
  const limits: number[] = []
  const put = (limit: number, ...entries: readonly (readonly [number, number])[]) => {
    const row = new Float64Array(wide)
    for (const [at, value] of entries) row[at] = value
    rows.push(row)
    limits.push(limit)
  }
  for (const [j, margin] of here.margins.entries()) {
    const scale = scales.margins[j] as number
    const slope = slopes.margins[j] as Float64Array
    put(-margin / scale, ...Array.from(slope, (v, i) => [i, v / scale] as const), [n, 1])
  }
  put(0, [n, 1])
  for (let i = 0; i < n; i++) {
    const u = point[i] as number
    put(-Math.min(radius, u), [i, 1])
    put(-Math.min(radius, 1 - u), [i, -1])
  }
  return quadraticProgram({ G, a, rows, limits })
}

/** Damped BFGS update (M. J. D. Powell, 1978): the curvature stays positive definite. */
function updated(B: Float64Array, s: Float64Array, y: Float64Array): Float64Array {
  const n = s.length
  const Bs = Float64Array.from(s, (_, i) => {
    let sum = 0
    for (let j = 0; j < n; j++) sum += (B[i * n + j] as number) * (s[j] as number)
    return sum
  })
  const sBs = Bs.reduce((sum, v, i) => sum + v * (s[i] as number), 0)
  const sy = y.reduce((sum, v, i) => sum + v * (s[i] as number), 0)
  if (!(sBs > 1e-20)) return B
  const share = sy >= 0.2 * sBs ? 1 : (0.8 * sBs) / (sBs - sy)
  const r = y.map((v, i) => share * v + (1 - share) * (Bs[i] as number))
  const sr = r.reduce((sum, v, i) => sum + v * (s[i] as number), 0)
  return B.map((v, k) => {
    const [i, j] = [Math.floor(k / n), k % n]
    const gone = ((Bs[i] as number) * (Bs[j] as number)) / sBs
    return v - gone + ((r[i] as number) * (r[j] as number)) / sr
  })
}

/** Slope of the Lagrangian in the scale of the model. */
function lagrangian(slopes: Slopes, multipliers: readonly number[], scales: Scales): Float64Array {
  return slopes.objective.map((v, i) =>
    slopes.margins.reduce(
      (sum, row, j) =>
        sum - ((multipliers[j] as number) * (row[i] as number)) / (scales.margins[j] as number),
      v / scales.objective,
    ),
  )
}

interface Scales {
  readonly objective: number
  readonly margins: readonly number[]
}

/** Smallest step and gain that are still worth a point, in the scale of the model. */
const restStep = 2e-5
const restGain = 1e-8

/**
 * A minimum in the unit box with margins that are kept: sequential quadratic programming with
 * slopes by differences inside a trust region, judged by objective plus penalty times the worst
 * miss (R. Fletcher, Practical Methods of Optimization, 1987, chapter 14). For smooth problems of
 * some ten unknowns whose points cost a plant's solution each.
 */
export function boxOptimum(problem: BoxOptimum, options: OptimumOptions = {}): Optimum {
  const n = problem.start.length
  const { evaluations: most = 60 * (n + 1), probe = 1e-3 } = options
  const search: Search = { problem, most, probe, evaluations: 0 }
  let point = problem.start.map((u) => Math.min(1, Math.max(0, u)))
  let here = ask(search, point)
  if (here === null) return ended('no-start', point, nothing, [], search)
  let slopes = n === 0 ? null : slopesAt(search, point, here)
  if (slopes === null)
    return atRest(
      point,
      here,
      [],
      search,
      here.margins.map(() => 1),
    )
  const first = slopes
  const scales: Scales = {
    objective: size(first.objective) || Math.abs(here.objective) || 1,
    margins: here.margins.map((m, j) => size(first.margins[j] as Float64Array) || Math.abs(m) || 1),
  }
  let curvature: Float64Array = Float64Array.from({ length: n * n }, (_, k) =>
    k % (n + 1) === 0 ? 0.1 : 0,
  )
  let radius = options.radius ?? 0.2
  let penalty = 10
  let prices: number[] = here.margins.map(() => 0)
  const merit = (w: Worth) =>
    w.objective / scales.objective + penalty * violation(w, scales.margins)
  while (search.evaluations < most) {
    const step = modelStep(point, here, slopes, curvature, radius, penalty, scales)
    if (step.outcome !== 'solved') return atRest(point, here, prices, search, scales.margins)
    const d = step.x.slice(0, n)
    const own = Array.from(step.multipliers.slice(0, here.margins.length))
    const before = merit(here)
    const miss = step.x[n] as number
    const slope = slopes.objective.reduce((sum, v, i) => sum + v * (d[i] as number), 0)
    const expected = before - (here.objective + slope) / scales.objective - penalty * miss
    prices = own.map((v, j) => (v * scales.objective) / (scales.margins[j] as number))
    const total = own.reduce((sum, v) => sum + v, 0)
    const length = d.reduce((l, v) => Math.max(l, Math.abs(v)), 0)
    // A price at the penalty says that the penalty, not the margin, decides: press harder first.
    if (total > 0.9 * penalty && penalty < 1e7) {
      penalty *= 10
      continue
    }
    if (length < restStep || expected < restGain || radius < restStep) break
    const next = point.map((u, i) => Math.min(1, Math.max(0, u + (d[i] as number))))
    const there = ask(search, next)
    const gain = there === null ? Number.NEGATIVE_INFINITY : before - merit(there)
    if (gain < 0.75 * expected) radius = Math.max(0.3 * length, 0.25 * radius)
    else if (length > 0.9 * radius) radius = Math.min(1, 2 * radius)
    if (there === null || !(gain > 0.05 * expected)) {
      radius = Math.min(radius, 0.5 * length)
      continue
    }
    const after = slopesAt(search, next, there)
    if (after === null) break
    const [old, fresh] = [slopes, after].map((s) => lagrangian(s, own, scales))
    const y = (fresh as Float64Array).map((v, i) => v - ((old as Float64Array)[i] as number))
    curvature = updated(curvature, d, y)
    ;[point, here, slopes] = [next, there, after]
  }
  if (search.evaluations >= most) return ended('max-evaluations', point, here, prices, search)
  return atRest(point, here, prices, search, scales.margins)
}

function ended(
  outcome: Optimum['outcome'],
  point: readonly number[],
  worth: Worth,
  prices: readonly number[],
  { evaluations }: Search,
): Optimum {
  return { outcome, point, worth, prices, evaluations }
}

/** Miss of a margin, in its scale, that is still the rounding of the search. */
const marginTolerance = 1e-6

function atRest(
  point: readonly number[],
  worth: Worth,
  prices: readonly number[],
  search: Search,
  scales: readonly number[],
): Optimum {
  const isKept = violation(worth, scales) <= marginTolerance
  return ended(isKept ? 'optimal' : 'infeasible', point, worth, prices, search)
}
