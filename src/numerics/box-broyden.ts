import { solveDense } from './dense.ts'

/** As many unknowns, each between 0 and 1, as equations; equation k is meant to set unknown k. */
export interface BoxProblem {
  /** Residuals at a point, each met when it is within -1 and 1; null where there is no answer. */
  residuals(point: readonly number[]): readonly number[] | null
  /** Equations that are met above 1 as well: one that starts there leaves its unknown alone. */
  readonly floors: readonly boolean[]
}

export interface BoxSolution {
  /** `at-bound`: what is left cannot shrink because unknowns are at 0 or 1. */
  readonly outcome: 'converged' | 'at-bound' | 'stalled' | 'no-answer'
  readonly point: readonly number[]
  readonly residuals: readonly number[]
  /** Change of residual per change of unknown, row-major, for the next similar problem. */
  readonly slopes: Float64Array
  readonly evaluations: number
}

interface Search {
  readonly problem: BoxProblem
  point: readonly number[]
  residuals: readonly number[]
  slopes: Float64Array | null
  evaluations: number
  readonly active: boolean[]
}

const largestStep = 0.3
const probe = 0.01

/**
 * Broyden's method (Math. Comp. 19, 1965, 577) inside a box: slopes by differences, updated from
 * every step, measured anew when a step does not help; steps of at most 0.3, cut at the bounds and
 * halved until the residuals shrink. A single equation that resists is bracketed and bisected.
 */
export function boxBroyden(
  problem: BoxProblem,
  start: readonly number[],
  known?: Float64Array,
  maxEvaluations = 200,
): BoxSolution {
  const first = problem.residuals(start)
  const n = start.length
  if (first === null) return noAnswer(start)
  const slopes = known?.length === n * n ? Float64Array.from(known) : null
  const active = start.map(() => false)
  const search: Search = { problem, point: start, residuals: first, slopes, evaluations: 1, active }
  let fresh = false
  while (search.evaluations < maxEvaluations) {
    activate(search)
    if (met(search, search.active)) return finish(search, 'converged')
    if (search.slopes === null) {
      search.slopes = measureSlopes(search)
      fresh = true
    }
    const moved = improve(search)
    if (moved === 'moved') fresh = false
    else if (!fresh) search.slopes = null
    else if (search.active.filter(Boolean).length === 1) return bisect(search)
    else return finish(search, moved === 'at-bound' ? 'at-bound' : 'stalled')
  }
  return finish(search, 'stalled')
}

function noAnswer(point: readonly number[]): BoxSolution {
  const slopes = new Float64Array(0)
  return { outcome: 'no-answer', point, residuals: [], slopes, evaluations: 1 }
}

function finish(search: Search, ending: BoxSolution['outcome']): BoxSolution {
  const { point, residuals, slopes, evaluations } = search
  const outcome = met(search, []) ? 'converged' : ending
  return { outcome, point, residuals, slopes: slopes ?? new Float64Array(0), evaluations }
}

/** A floor that is missed joins the equations and stays. */
function activate({ problem, residuals, active }: Search): void {
  for (const [k, r] of residuals.entries()) {
    if (active[k] !== true && (problem.floors[k] === true ? r < -1 : Math.abs(r) > 1)) {
      active[k] = true
    }
  }
}

/** All equations met; a floor that was missed at first is aimed at like any other. */
function met({ problem, residuals }: Search, aimed: readonly boolean[]): boolean {
  const free = (k: number) => problem.floors[k] === true && aimed[k] !== true
  return residuals.every((r, k) => r >= -1 && (r <= 1 || free(k)))
}

function evaluate(search: Search, point: readonly number[]): readonly number[] | null {
  search.evaluations++
  return search.problem.residuals(point)
}

function merit({ active }: Search, residuals: readonly number[]): number {
  return residuals.reduce((sum, r, k) => (active[k] === true ? sum + r * r : sum), 0)
}

function measureSlopes(search: Search): Float64Array {
  const n = search.point.length
  const slopes = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    if (search.active[j] !== true) continue
    for (const size of [probe, -probe, probe / 10, -probe / 10]) {
      const at = (search.point[j] as number) + size
      if (at < 0 || at > 1) continue
      const there = evaluate(search, search.point.with(j, at))
      if (there === null) continue
      for (let k = 0; k < n; k++) {
        slopes[k * n + j] = ((there[k] as number) - (search.residuals[k] as number)) / size
      }
      break
    }
  }
  return slopes
}

/** One step that makes the residuals smaller, or why there is none. */
function improve(search: Search): 'moved' | 'at-bound' | 'stalled' {
  const before = merit(search, search.residuals)
  const { step, cut } = boundedNewton(search)
  for (let share = 1; share > 0.05; share /= 2) {
    const next = search.point.map((u, j) => Math.min(1, Math.max(0, u + share * (step[j] ?? 0))))
    if (next.every((u, j) => Math.abs(u - (search.point[j] as number)) < 1e-13)) break
    const residuals = evaluate(search, next)
    if (residuals === null) continue
    update(search, next, residuals)
    if (merit(search, residuals) >= before) continue
    search.point = next
    search.residuals = residuals
    return 'moved'
  }
  return cut ? 'at-bound' : 'stalled'
}

/** Least-squares Newton step of the unknowns that are not stuck at a bound. */
function boundedNewton(search: Search): { step: number[]; cut: boolean } {
  const { point, active } = search
  let free = point.flatMap((_, j) => (active[j] === true ? [j] : []))
  for (;;) {
    const step = newtonStep(search, free)
    const stuck = free.filter((j) => {
      const d = step[j] as number
      return ((point[j] as number) <= 0 && d < 0) || ((point[j] as number) >= 1 && d > 0)
    })
    if (stuck.length === 0) {
      const cut = free.length < active.filter(Boolean).length
      const largest = Math.max(largestStep, ...step.map(Math.abs))
      return { step: step.map((d) => (d * largestStep) / largest), cut }
    }
    free = free.filter((j) => !stuck.includes(j))
  }
}

function newtonStep(search: Search, free: readonly number[]): number[] {
  const n = search.point.length
  const m = free.length
  const slope = (k: number, j: number) => search.slopes?.[k * n + j] ?? 0
  const rows = search.point.flatMap((_, k) => (search.active[k] === true ? [k] : []))
  const dot = (f: (k: number) => number) => rows.reduce((sum, k) => sum + f(k), 0)
  const normal = new Float64Array(m * m)
  const right = new Float64Array(m)
  for (const [a, i] of free.entries()) {
    right[a] = -dot((k) => slope(k, i) * (search.residuals[k] as number))
    for (const [b, j] of free.entries()) {
      normal[a * m + b] = dot((k) => slope(k, i) * slope(k, j)) * (a === b ? 1 + 1e-12 : 1)
    }
  }
  const solved = m > 0 ? solveDense(normal, right) : undefined
  const step = search.point.map(() => 0)
  if (solved?.outcome !== 'solved') return step
  for (const [a, j] of free.entries()) step[j] = solved.x[a] as number
  return step
}

/** Broyden's rank-one correction: the slopes that explain the step just seen. */
function update(search: Search, next: readonly number[], residuals: readonly number[]): void {
  const { slopes, point } = search
  if (slopes === null) return
  const n = point.length
  const step = next.map((u, j) => u - (point[j] as number))
  const length = step.reduce((sum, d) => sum + d * d, 0)
  if (length === 0) return
  for (let k = 0; k < n; k++) {
    let change = (residuals[k] as number) - (search.residuals[k] as number)
    for (let j = 0; j < n; j++) change -= (slopes[k * n + j] as number) * (step[j] as number)
    for (let j = 0; j < n; j++) {
      slopes[k * n + j] = (slopes[k * n + j] as number) + (change * (step[j] as number)) / length
    }
  }
}

/** The one active equation bracketed by the ends of its unknown and halved. */
function bisect(search: Search): BoxSolution {
  const k = search.active.indexOf(true)
  const u = search.point[k] as number
  const here = search.residuals[k] as number
  const ends = [0, 1].map((end) => ({ at: end, r: evaluate(search, search.point.with(k, end)) }))
  const opposite = ends.find(({ r }) => r !== null && (r[k] as number) > 0 !== here > 0)
  if (opposite === undefined) {
    for (const { at, r } of ends) {
      if (r === null || Math.abs(r[k] as number) >= Math.abs(search.residuals[k] as number))
        continue
      search.point = search.point.with(k, at)
      search.residuals = r
    }
    const end = search.point[k] as number
    return finish(search, end === 0 || end === 1 ? 'at-bound' : 'stalled')
  }
  let [near, far] = [u, opposite.at]
  for (let halvings = 0; halvings < 60; halvings++) {
    const at = (near + far) / 2
    const r = evaluate(search, search.point.with(k, at))
    if (r === null) break
    search.point = search.point.with(k, at)
    search.residuals = r
    if (met(search, search.active)) return finish(search, 'converged')
    if ((r[k] as number) > 0 === here > 0) near = at
    else far = at
  }
  return finish(search, 'stalled')
}
