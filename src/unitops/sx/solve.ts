import { begin, iterate, makeNewton, relax } from './newton.ts'
import type { Newton, RelaxLimits } from './newton.ts'
import type { Profile, SxProblem, SxSolution } from './problem.ts'
import { coldStart, fillStages } from './start.ts'
import { makeState, worst } from './state.ts'
import type { State } from './state.ts'
import { advance, residence } from './steps.ts'

export interface SolveOptions {
  /** Profile to start from (a warm start); the answer does not depend on it. */
  readonly from?: Profile
  /** Largest |residual| accepted. */
  readonly tolerance?: number
  /** Linear solves allowed in all. */
  readonly limit?: number
  /** Holds the arrays that the solve works in, for the next one of the same size. */
  readonly room?: Room
}

/** Arrays to work in, kept from solve to solve; nothing in them outlives a solve. */
export interface Room {
  newton?: Newton
}

/** Largest |residual| of a circuit that counts as solved. */
export const TOLERANCE = 1e-11
const RELAX = 30

/**
 * Steady state of a circuit. From a profile: full Newton steps, and where those do not contract,
 * relaxation from half way between that profile and nothing. From nothing: relaxation, then
 * implicit steps in hold-up that grow until Newton takes over. Always answers with finite,
 * non-negative concentrations; `converged` says whether they are a solution.
 */
export function solveCircuit(problem: SxProblem, options: SolveOptions = {}): SxSolution {
  const { room = {} } = options
  const newton = makeNewton(makeState(problem, room.newton?.state), room.newton)
  room.newton = newton
  const { state } = newton
  const tolerance = options.tolerance ?? TOLERANCE
  if (options.from !== undefined && fits(state, options.from)) {
    place(newton, options.from, 1)
    if (follow(newton, tolerance)) return answer(newton, 'newton', options)
    place(newton, options.from, 0.5)
    if (settle(newton, { tolerance, iterations: 12, stride: 0.8, drag: 0.3 }))
      return answer(newton, 'relaxed', options)
  }
  coldStart(state)
  begin(newton, 0)
  if (settle(newton, { tolerance, iterations: RELAX, stride: 0.8, drag: 1 }))
    return answer(newton, 'relaxed', options)
  const limit = options.limit ?? 1500
  if (!march(newton, hasty, tolerance, limit)) march(newton, careful, tolerance, 2 * limit)
  return answer(newton, 'steps', options)
}

/** True where a profile is one of such a circuit. */
const fits = (state: State, from: Profile) => from.lnHydrogen.length === state.chain.n

/** Unknowns at `share` of the way from the cold start to a profile. */
function place(newton: Newton, from: Profile, share: number): void {
  const { state } = newton
  const { unknowns, chain, seen } = state
  const n = chain.n
  if (share < 1) coldStart(state)
  for (let i = 0; i < n; i++) {
    const [h, e] = [unknowns[i] as number, unknowns[n + i] as number]
    unknowns[i] = (1 - share) * h + share * (from.lnHydrogen[i] as number)
    unknowns[n + i] = (1 - share) * e + share * (from.lnFree[i] as number)
  }
  if (from.aqueous?.length === seen.length) seen.set(from.aqueous)
  begin(newton, 0)
}

/**
 * Full Newton steps from a profile near the solution. The first may raise the residual (a front is
 * shifted along its steep part), those after it must contract: a line search would crawl instead.
 */
function follow(newton: Newton, tolerance: number): boolean {
  const { state, tally } = newton
  for (let count = 0; count < 12; count++) {
    const before = tally.merit
    // A loose answer is one step better than the start at least.
    const enough = count === 0 ? Math.min(tolerance, TOLERANCE) : tolerance
    const limits = { tolerance: enough, iterations: 1, stride: 2, drag: 0 }
    if (relax(newton, limits) === 'solved') return true
    if (!(tally.merit < (count === 0 ? 400 : 0.5) * before)) break
  }
  return worst(state).size < 1e-9
}

function settle(newton: Newton, limits: RelaxLimits): boolean {
  return relax(newton, limits) === 'solved' || worst(newton.state).size < 1e-9
}

function finish(newton: Newton, tolerance: number, iterations: number, patience = 4): boolean {
  const end = iterate(newton, { tolerance, iterations, stride: 2, patience })
  return end === 'solved' || worst(newton.state).size < 1e-9
}

/** How exactly the steps are solved, and how fast they grow after 1-2, 3-4 and more solves. */
interface Gait {
  readonly tolerance: number
  readonly growth: readonly [number, number, number]
  /** Share of the way by which activity models follow the composition at each solve. */
  readonly heed: number
}
const hasty: Gait = { tolerance: 2e-2, growth: [4, 2, 1.3], heed: 1 }
const careful: Gait = { tolerance: 1e-4, growth: [3, 1.7, 1.2], heed: 0.3 }

/** Steps in time from contents that satisfy the balances, growing, with a Newton try in between. */
function march(newton: Newton, gait: Gait, tolerance: number, limit: number): boolean {
  const { state, tally } = newton
  tally.heed = gait.heed
  coldStart(state)
  fillStages(state)
  const unit = residence(newton)
  let pace = 1 / unit
  let nextTry = 1e3 * unit
  let stuck = 0
  while (tally.solves < limit) {
    const before = tally.solves
    if (advance(newton, pace, gait.tolerance, 12)) {
      const effort = tally.solves - before
      pace /= gait.growth[effort <= 2 ? 0 : effort <= 4 ? 1 : 2]
      stuck = 0
    } else {
      pace *= 4
      if (++stuck > 12) break
    }
    if (1 / pace < nextTry) continue
    nextTry *= 30
    const kept = Float64Array.from(state.unknowns)
    begin(newton, 0)
    if (finish(newton, tolerance, state.problem.usesAqueous ? 100 : 20)) return true
    state.unknowns.set(kept)
    // Beyond this the step is the steady state itself: Newton has just failed on it.
    if (1 / pace > 1e12 * unit) break
  }
  begin(newton, 0)
  return finish(newton, tolerance, 30)
}

/** The answer of a Newton iteration, with arrays of its own. */
export function answer(
  newton: Newton,
  path: SxSolution['path'],
  { tolerance = TOLERANCE }: SolveOptions = {},
): SxSolution {
  const { state, tally } = newton
  // Every path ends with an evaluation at the steady state of the unknowns that it leaves.
  if (tally.pace !== 0 || !Number.isFinite(tally.merit)) begin(newton, 0)
  if (!Number.isFinite(tally.merit)) {
    // Nothing usable was reached: the start at least has concentrations that are numbers.
    coldStart(state)
    begin(newton, 0)
  }
  const found = glance(newton, path, tolerance)
  const { lnHydrogen, lnFree, aqueous, organicRate, D, acid, sulfate } = found
  return {
    ...found,
    lnHydrogen: lnHydrogen.slice(),
    lnFree: lnFree.slice(),
    aqueous: aqueous.slice(),
    organicRate: organicRate.slice(),
    D: D.slice(),
    acid: acid.slice(),
    sulfate: sulfate.slice(),
  }
}

/** What the present unknowns mean, in the arrays of the iteration: good until its next step. */
export function glance(
  newton: Newton,
  path: SxSolution['path'] = 'newton',
  tolerance = TOLERANCE,
): SxSolution {
  const { state, tally, jacobian } = newton
  const { problem, unknowns } = state
  const n = state.chain.n
  const { size, place } = worst(state)
  return {
    converged: size < Math.max(tolerance, 1e-9),
    residual: Number.isFinite(size) ? size : Number.MAX_VALUE,
    worstStage: place % n,
    iterations: tally.solves,
    path,
    lnHydrogen: unknowns.subarray(0, n),
    lnFree: unknowns.subarray(n),
    aqueous: state.x,
    organicRate: state.m,
    D: state.D,
    acid: state.acid,
    sulfate: state.sulfate,
    // One evaluation: an exponential and two sweeps of a chain a component and stage.
    operations: jacobian.counts.operations + state.effort.evaluations * n * problem.components * 50,
  }
}
