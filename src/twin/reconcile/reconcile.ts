import { type Compiled, compile, without } from './compile.ts'
import {
  closureOf,
  covarianceOf,
  estimatesOf,
  globalTest,
  nodalTests,
  type Solution,
  worstOf,
} from './estimate.ts'
import { solve } from './solve.ts'
import type { Elimination, ReconcileProblem, ReconcileResult } from './types.ts'

/** Constraints count as closed when no residual is a larger share of its terms. */
const closed = 1e-9

const unsolved = (detail: string): ReconcileResult => ({
  outcome: 'not-determined',
  undetermined: [],
  detail,
})

/** The problem with everything that may be set aside set aside, one at a time. */
function eliminate(compiled: Compiled, first: Solution, alpha: number, most: number) {
  let [left, solution] = [compiled, first]
  const removed: Elimination[] = []
  while (removed.length < most && !globalTest(solution, alpha).isPassed) {
    const worst = worstOf(left, estimatesOf(left, solution, compiled, alpha).estimates)
    if (worst === undefined) break
    const next = without(left, left.names.indexOf(worst.name))
    const found = solve(next)
    if (!found.ok || closureOf(next, found.x).closure > closed) break
    ;[left, solution] = [next, found]
    removed.push(worst)
  }
  return { left, solution, removed }
}

/**
 * Data reconciliation by weighted least squares: measurements are adjusted as little as their
 * uncertainties allow until every constraint closes; a constraint is a sum of variables and of
 * products of two (mass times assay). Measurements may share errors; what is not measured is
 * projected out by QR and computed afterwards where the constraints determine it. The global test
 * is chi-squared of all adjustments, each measurement is tested by its own adjustment against the
 * z of Sidak, each constraint by its residual. While the global test fails the measurement with the
 * largest z is set aside, `eliminations` times at most. Never answers a number that is none.
 */
export function reconcile(problem: ReconcileProblem): ReconcileResult {
  const compilation = compile(problem)
  if (!compilation.ok) {
    return {
      outcome: 'singular',
      constraint: compilation.constraint,
      detail: compilation.detail,
    }
  }
  const { compiled, place } = compilation
  const { alpha = 0.05, eliminations = 1, covarianceOf: wanted = [] } = problem
  const found = solve(compiled)
  if (!found.ok) return unsolved(found.detail)
  const open = closureOf(compiled, found.x)
  if (open.closure > closed) {
    const detail = `stays open by ${open.closure.toExponential(1)} of its terms whatever is adjusted`
    return { outcome: 'singular', constraint: open.constraint, detail }
  }
  const { left, solution, removed } = eliminate(compiled, found, alpha, eliminations)
  const { undetermined, ...tested } = estimatesOf(left, solution, compiled, alpha)
  const first = globalTest(found, alpha)
  const solved = {
    ...tested,
    global: globalTest(solution, alpha),
    first,
    nodal: nodalTests(compiled, alpha),
    removed,
    covariance: covarianceOf(
      left,
      solution,
      wanted.flatMap((name) => place.get(name) ?? []),
    ),
    closure: closureOf(left, solution.x).closure,
    iterations: solution.rounds,
  }
  if (undetermined.length > 0) {
    const detail = `no constraint determines ${undetermined.join(', ')}`
    return { outcome: 'not-determined', undetermined, detail, ...solved }
  }
  return { outcome: first.isPassed ? 'reconciled' : 'gross-error', ...solved }
}
