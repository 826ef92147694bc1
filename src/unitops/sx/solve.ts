import { begin, iterate, makeNewton, relax } from './newton.ts'
import type { Newton } from './newton.ts'
import type { Profile, SxProblem, SxSolution } from './problem.ts'
import { coldStart, fillStages } from './start.ts'
import { evaluate, makeState, worst } from './state.ts'
import { advance, residence } from './steps.ts'

export interface SolveOptions {
  /** Profile to start from (a warm start); the answer does not depend on it. */
  readonly from?: Profile
  /** Largest |residual| accepted. */
  readonly tolerance?: number
  /** Linear solves allowed in all. */
  readonly limit?: number
}

const TOLERANCE = 1e-11
const RELAX = 30

/**
 * Steady state of a circuit. From a profile or from nothing; Newton first, and where that stalls
 * implicit steps in hold-up that grow until Newton takes over. Always answers with finite,
 * non-negative concentrations; `converged` says whether they are a solution.
 */
export function solveCircuit(problem: SxProblem, options: SolveOptions = {}): SxSolution {
  const newton = makeNewton(makeState(problem))
  const { state } = newton
  const tolerance = options.tolerance ?? TOLERANCE
  if (options.from !== undefined) {
    state.unknowns.set(options.from.lnHydrogen, 0)
    state.unknowns.set(options.from.lnFree, problem.network.stages)
    begin(newton, 0)
    if (finish(newton, tolerance, 25)) return answer(newton, 'newton')
  }
  coldStart(state)
  begin(newton, 0)
  const end = relax(newton, { tolerance, iterations: RELAX, stride: 0.8, drag: 1 })
  if (end === 'solved' || worst(state).size < 1e-9) return answer(newton, 'relaxed')
  march(newton, tolerance, options.limit ?? 1500)
  return answer(newton, 'steps')
}

function finish(newton: Newton, tolerance: number, iterations: number): boolean {
  const end = iterate(newton, { tolerance, iterations, stride: 2, patience: 4 })
  return end === 'solved' || worst(newton.state).size < 1e-9
}

/** Steps in time from contents that satisfy the balances, growing, with a Newton try in between. */
function march(newton: Newton, tolerance: number, limit: number): void {
  const { state, tally } = newton
  coldStart(state)
  fillStages(state)
  let pace = 1 / residence(newton)
  let taken = 0
  let nextTry = 1e3 * residence(newton)
  while (tally.solves < limit) {
    const before = tally.solves
    if (advance(newton, pace, 12)) {
      const effort = tally.solves - before
      pace /= effort <= 2 ? 4 : effort <= 4 ? 2 : 1.3
      taken++
    } else pace *= 4
    if (1 / pace > nextTry) {
      nextTry *= 30
      const kept = Float64Array.from(state.unknowns)
      begin(newton, 0)
      if (finish(newton, tolerance, 20)) return
      state.unknowns.set(kept)
    }
    if (pace > 1e12 || pace < 1e-14) break
  }
  begin(newton, 0)
  finish(newton, tolerance, 30)
}

function answer(newton: Newton, path: SxSolution['path']): SxSolution {
  const { state, tally, jacobian } = newton
  const { problem } = state
  const n = state.chain.n
  evaluate(state, 0)
  const { size, place } = worst(state)
  return {
    converged: size < 1e-9,
    residual: size,
    worstStage: place % n,
    iterations: tally.solves,
    path,
    lnHydrogen: state.unknowns.slice(0, n),
    lnFree: state.unknowns.slice(n),
    aqueous: state.x,
    organicRate: state.m,
    D: state.D,
    acid: state.acid,
    sulfate: state.sulfate,
    // One evaluation: an exponential and two sweeps of a chain a component and stage.
    operations:
      jacobian.counts.operations + state.effort.evaluations * n * problem.components * 50,
  }
}
