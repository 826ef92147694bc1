import type { EquilibriumSystem } from './equilibrium-system.ts'
import { balanceOf, fillGammas, type NewtonResult, type NewtonTask } from './equilibrium-newton.ts'
import { coldStart, solveMassAction } from './mass-action.ts'

/**
 * The same equilibrium by the convex method, which cannot diverge: activity coefficients are found
 * by repeating the solve until they stand still. Leaves the state in the work space as `iterate`.
 */
export function solveConvex(sys: EquilibriumSystem, task: NewtonTask): NewtonResult {
  const { n, m, q, work } = sys
  const problem = {
    n,
    forms: m,
    solids: q,
    nu: sys.nu,
    lnK: work.lnForm,
    solidNu: sys.solidNu,
    solidLnK: work.solidLnK,
    total: work.total,
  }
  let result = solveMassAction(problem, coldStart(problem, sys.held ? -1 : 0))
  let { iterations } = result
  let lnGamma = new Float64Array(m)
  work.lnGamma.fill(0)
  let change = task.model === 'ideal' ? 0 : Number.POSITIVE_INFINITY
  let now = balanceOf(sys, task, result)
  for (let round = 0; round < 100 && change > 1e-11 && result.converged; round++) {
    work.lnGamma.set(lnGamma)
    fillGammas(sys, task, now.strength)
    const damping = round < 20 ? 1 : 0.5
    change = 0
    const next = lnGamma.map((before, j) => {
      const step = (work.lnGamma[j] as number) - before
      change = Math.max(change, Math.abs(step))
      return before + damping * step
    })
    lnGamma = next
    const lnK = work.lnForm.map((value, j) => value - (next[j] as number))
    const present = [...result.s.keys()].filter((k) => (result.s[k] as number) > 0)
    result = solveMassAction({ ...problem, lnK }, result.x, present)
    iterations += result.iterations + 1
    now = balanceOf(sys, task, result)
  }
  work.lnGamma.set(lnGamma)
  let count = 0
  for (let k = 0; k < q; k++) {
    if ((result.s[k] as number) > 0 && count < n) work.present[count++] = k
  }
  return {
    converged: result.converged && change <= 1e-9,
    iterations,
    count,
    gap: result.gap,
    ionicStrength: now.strength,
    base: now.base,
  }
}
