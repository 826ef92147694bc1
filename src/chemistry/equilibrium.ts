import { activityLimit, type ActivityModel } from './activity.ts'
import type { AllowedSolids } from './allowed-solids.ts'
import type { CompiledEquilibria } from './compile-equilibria.ts'
import { solveConvex } from './equilibrium-convex.ts'
import {
  coldState,
  iterate,
  prepare,
  type NewtonResult,
  type NewtonTask,
  type Refining,
} from './equilibrium-newton.ts'
import { systemFor, type EquilibriumSystem } from './equilibrium-system.ts'
import { placeTraces } from './traces.ts'

/** How an equilibrium is asked for; see `SpeciationOptions`. */
export interface EquilibriumOptions {
  readonly pH?: number | undefined
  readonly activity: ActivityModel
  readonly ionicStrengthMax?: number | undefined
  /** ln activity of the solids in mixed crystals, by row of the compiled solids. */
  readonly lnActivity?: Float64Array | undefined
  readonly start?: EquilibriumState | undefined
  /** With a start: what changes the solids' constants along. Not converged where it fails. */
  readonly refining?: Refining | undefined
  readonly method?: 'newton' | 'convex' | undefined
}

/** Where a solve ended, to start the next one from. */
export interface EquilibriumState {
  /** ln activity by component, NaN where there is none. */
  readonly x: Float64Array
  /** Rows of the solids that are there. */
  readonly solids: readonly number[]
  /** mol/L */
  readonly ionicStrength: number
  /** Fractions of the members of mixed crystals by row of the compiled solids, NaN for others. */
  readonly fractions?: Float64Array
}

/** An equilibrium in numbers alone. `system` holds its forms until it is solved again. */
export interface Equilibrium {
  readonly converged: boolean
  readonly pH: number
  /** mol/L */
  readonly ionicStrength: number
  /** mol of formula units per L of liquor, by row of the compiled solids. */
  readonly solids: Float64Array
  /** mol/L of strong base added to hold the pH. */
  readonly base: number
  readonly gap: number
  readonly iterations: number
  readonly state: EquilibriumState
  readonly system: EquilibriumSystem
  readonly task: NewtonTask
  /** mol/L of each trace of the system that stays dissolved. */
  readonly traces: Float64Array
}

/** Fills `x`, the solids and the sizes from an earlier result; below zero when it does not fit. */
function warmState(sys: EquilibriumSystem, state: EquilibriumState): number {
  const { n, q, work } = sys
  const { x, total, size, present } = work
  for (let i = 0; i < n; i++) {
    const ln = state.x[sys.masters[i] as number]
    if (ln === undefined || !Number.isFinite(ln)) return -1
    x[i] = ln
    size[i] = Math.max(Math.abs(total[i] as number), 1e-7)
  }
  let count = 0
  for (let k = 0; k < q && count < n; k++) {
    if (state.solids.includes(sys.solids[k] as number)) present[count++] = k
  }
  work.c.fill(0)
  work.lnGamma.fill(0)
  return count
}

/** Newton from the given start, from a cold one, and the convex method when both fail. */
function solve(
  sys: EquilibriumSystem,
  task: NewtonTask,
  { start, method, activity }: EquilibriumOptions,
): NewtonResult {
  let iterations = 0
  if (method !== 'convex') {
    const count = start === undefined ? -1 : warmState(sys, start)
    if (count >= 0) {
      const warm = iterate(sys, task, count, Math.max(start?.ionicStrength ?? 0, 1e-7), 40)
      if (warm.converged || task.refining !== undefined) return warm
      iterations += warm.iterations
    }
    const cold = iterate(sys, task, 0, coldState(sys, task), activity === 'sit' ? 400 : 150)
    iterations += cold.iterations
    if (cold.converged) return { ...cold, iterations }
  }
  const convex = solveConvex(sys, task)
  return { ...convex, iterations: iterations + convex.iterations }
}

function stateOf(sys: EquilibriumSystem, task: NewtonTask, r: NewtonResult): EquilibriumState {
  const { work } = sys
  const x = new Float64Array(sys.compiled.masters.length).fill(Number.NaN)
  if (sys.held) x[0] = task.lnHydrogen
  for (let i = 0; i < sys.n; i++) x[sys.masters[i] as number] = work.x[i] as number
  const solids: number[] = []
  for (let l = 0; l < r.count; l++) {
    solids.push(sys.solids[work.present[l] as number] as number)
  }
  return { x, solids, ionicStrength: r.ionicStrength }
}

/**
 * What `speciate` answers, in numbers: totals in mol/L by row of the compiled components, with what
 * OH- and derived components stand for counted in.
 */
export function equilibrate(
  eq: CompiledEquilibria,
  sums: Float64Array,
  allowed: AllowedSolids,
  options: EquilibriumOptions,
): Equilibrium {
  const { activity: model, pH, lnActivity } = options
  const sys = systemFor(eq, sums, pH !== undefined, allowed)
  const { work } = sys
  const task: NewtonTask = {
    model,
    limit: options.ionicStrengthMax ?? activityLimit[model],
    lnHydrogen: -Math.LN10 * (pH ?? 0),
    hydrogenTotal: sums[0] as number,
    refining: options.refining,
  }
  for (let i = 0; i < sys.n; i++) work.total[i] = sums[sys.masters[i] as number] as number
  prepare(sys, task)
  if (lnActivity !== undefined) {
    for (let k = 0; k < sys.q; k++) {
      const ln = lnActivity[sys.solids[k] as number] as number
      work.solidLnK[k] = (work.solidLnK[k] as number) + ln
    }
  }
  const result = solve(sys, task, options)
  const state = stateOf(sys, task, result)
  const solids = new Float64Array(eq.solids.length)
  for (let l = 0; l < result.count; l++) {
    const k = work.present[l] as number
    solids[sys.solids[k] as number] = Math.max(0, work.s[k] as number)
  }
  return {
    converged: result.converged,
    pH: pH ?? -(work.x[0] as number) / Math.LN10,
    ionicStrength: result.ionicStrength,
    solids,
    base: result.base,
    gap: result.gap,
    iterations: result.iterations,
    state,
    system: sys,
    task,
    traces: placeTraces(sys, task, state, sums, work.c, solids),
  }
}
