import { onDemand } from '../numerics/index.ts'
import { activityLimit, type ActivityModel } from './activity.ts'
import type { CompiledEquilibria } from './compile-equilibria.ts'
import { solveConvex } from './equilibrium-convex.ts'
import {
  coldState,
  iterate,
  prepare,
  type NewtonResult,
  type NewtonTask,
} from './equilibrium-newton.ts'
import { oversaturation } from './equilibrium-set.ts'
import { systemFor, type EquilibriumSystem } from './equilibrium-system.ts'
import { placeTraces } from './traces.ts'

export interface SpeciationOptions {
  /** Held pH (-log10 of the activity of H+); strong base or acid is then added to reach it. */
  readonly pH?: number
  /** Ids of solids that may form; `'all'` for every one in the records; none when left out. */
  readonly solids?: readonly string[] | 'all'
  readonly activity?: ActivityModel
  /** Ionic strength at which the activity model is held, mol/L; the model's limit by default. */
  readonly ionicStrengthMax?: number
  /** ln activity of solids that are part of a mixed crystal, by id; 0 (pure) where left out. */
  readonly lnActivity?: Readonly<Record<string, number>>
  /** `state` of an earlier result: saves time when the liquor is much the same, changes nothing. */
  readonly start?: SpeciationState | undefined
  /** The convex method instead of Newton's: slow, for comparison. */
  readonly method?: 'newton' | 'convex'
}

/** Where a solve ended, to start the next one from. */
export interface SpeciationState {
  /** ln activity by component, NaN where there is none. */
  readonly x: Float64Array
  /** Rows of the solids that are there. */
  readonly solids: readonly number[]
  /** mol/L */
  readonly ionicStrength: number
  /** Fractions of the members of mixed crystals, by solid. */
  readonly fractions?: Readonly<Record<string, number>>
}

export interface SpeciationWarning {
  readonly code: 'activity-out-of-validity'
  readonly text: string
}

export interface Speciation {
  readonly outcome: 'converged' | 'max-iterations'
  readonly pH: number
  /** mol/L */
  readonly ionicStrength: number
  /** mol/L by dissolved form (free ions under the component's id). */
  readonly species: Readonly<Record<string, number>>
  /** Activity coefficients by dissolved form. */
  readonly gammas: Readonly<Record<string, number>>
  /** mol of formula units per L of liquor, by each solid that was allowed; 0 = does not form. */
  readonly solids: Readonly<Record<string, number>>
  /** log10 (ion activity product / K) by each solid that was allowed. */
  readonly saturation: Readonly<Record<string, number>>
  /** mol/L of strong base added to hold the pH (acid where negative); 0 with free pH. */
  readonly base: number
  /** Largest relative mass-balance gap. */
  readonly gap: number
  readonly iterations: number
  readonly warnings: readonly SpeciationWarning[]
  readonly state: SpeciationState
}

function totalsOf(eq: CompiledEquilibria, totals: Readonly<Record<string, number>>): Float64Array {
  const sums = new Float64Array(eq.masters.length)
  for (const id of Object.keys(totals)) {
    const amount = totals[id] as number
    if (id === 'H2O' || amount === 0) continue
    const parts = eq.contribution.get(id)
    if (parts === undefined) throw new Error(`${id} is no component of these equilibria`)
    if (!(amount > 0) || !Number.isFinite(amount)) throw new Error(`total of ${id} is ${amount}`)
    for (const [i, n] of parts) sums[i] = (sums[i] as number) + amount * n
  }
  return sums
}

/** Fills `x`, the solids and the sizes from an earlier result; false when it does not fit. */
function warmState(sys: EquilibriumSystem, state: SpeciationState): number {
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
function solve(sys: EquilibriumSystem, task: NewtonTask, options: SpeciationOptions): NewtonResult {
  const { start, method } = options
  let iterations = 0
  if (method !== 'convex') {
    const count = start === undefined ? -1 : warmState(sys, start)
    if (count >= 0) {
      const warm = iterate(sys, task, count, Math.max(start?.ionicStrength ?? 0, 1e-7), 40)
      if (warm.converged) return warm
      iterations += warm.iterations
    }
    const cold = iterate(sys, task, 0, coldState(sys, task), options.activity === 'sit' ? 400 : 150)
    iterations += cold.iterations
    if (cold.converged) return { ...cold, iterations }
  }
  const convex = solveConvex(sys, task)
  return { ...convex, iterations: iterations + convex.iterations }
}

function stateOf(sys: EquilibriumSystem, task: NewtonTask, r: NewtonResult): SpeciationState {
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

function namedForms(sys: EquilibriumSystem, values: Float64Array): Record<string, number> {
  const named: Record<string, number> = {}
  for (let j = 0; j < sys.m; j++) {
    named[sys.compiled.forms[sys.forms[j] as number] as string] = values[j] as number
  }
  return named
}

/** A speciation with some of its results changed; its forms are still named on demand. */
export function revised(
  found: Speciation,
  changes: Pick<Speciation, 'outcome' | 'iterations' | 'solids' | 'state'>,
): Speciation {
  return {
    pH: found.pH,
    ionicStrength: found.ionicStrength,
    get species() {
      return found.species
    },
    get gammas() {
      return found.gammas
    },
    get saturation() {
      return found.saturation
    },
    base: found.base,
    gap: found.gap,
    warnings: found.warnings,
    ...changes,
  }
}

/** Amounts by solid. */
function namedSolids(sys: EquilibriumSystem, r: NewtonResult): Record<string, number> {
  const { compiled, work } = sys
  const solids: Record<string, number> = {}
  for (let k = 0; k < sys.q; k++) solids[compiled.solids[sys.solids[k] as number] as string] = 0
  for (let l = 0; l < r.count; l++) {
    const k = work.present[l] as number
    const id = compiled.solids[sys.solids[k] as number] as string
    solids[id] = Math.max(0, work.s[k] as number)
  }
  return solids
}

/** log10 of saturation by solid, from the ln of it. */
function namedSaturation(sys: EquilibriumSystem, over: Float64Array): Record<string, number> {
  const { compiled, solids } = sys
  const named: Record<string, number> = {}
  for (let k = 0; k < sys.q; k++) {
    named[compiled.solids[solids[k] as number] as string] = (over[k] as number) / Math.LN10
  }
  return named
}

function warningsFor(model: ActivityModel, strength: number, limit: number): SpeciationWarning[] {
  if (model === 'ideal' || strength <= limit) return []
  const name = model === 'davies' ? 'Davies' : 'SIT'
  const text = `ionic strength ${strength.toPrecision(3)} mol/L: ${name} activity coefficients are held at ${limit} mol/L`
  return [{ code: 'activity-out-of-validity', text }]
}

/**
 * Chemical equilibrium of an aqueous solution at 25 degC: which ions, complexes and solids the
 * totals (mol/L by component; `H2O` is ignored, `OH-` counts as minus `H+`) divide into, with
 * water's self-ionisation. pH is -log10 of the activity of H+. Totals below 1e-20 mol/L are placed
 * among their forms after the others are solved. The amounts are unique and do not depend on a
 * start. Throws on a component that is not known or a total that is negative.
 */
export function speciate(
  eq: CompiledEquilibria,
  totals: Readonly<Record<string, number>>,
  options: SpeciationOptions = {},
): Speciation {
  const model = options.activity ?? 'ideal'
  const limit = options.ionicStrengthMax ?? activityLimit[model]
  const sums = totalsOf(eq, totals)
  const sys = systemFor(eq, sums, options.pH !== undefined, options.solids ?? [])
  const { work } = sys
  const task: NewtonTask = {
    model,
    limit,
    lnHydrogen: -Math.LN10 * (options.pH ?? 0),
    hydrogenTotal: sums[0] as number,
  }
  for (let i = 0; i < sys.n; i++) work.total[i] = sums[sys.masters[i] as number] as number
  prepare(sys, task)
  for (const [id, ln] of Object.entries(options.lnActivity ?? {})) {
    const k = sys.solids.findIndex((row) => eq.solids[row] === id)
    if (k >= 0) work.solidLnK[k] = (work.solidLnK[k] as number) + ln
  }
  const result = solve(sys, task, options)
  const state = stateOf(sys, task, result)
  // Most callers want the solids or the pH: the rest is named when it is asked for.
  const [c, lnGamma] = [work.c.slice(), work.lnGamma.slice()]
  const over = new Float64Array(sys.q)
  for (let k = 0; k < sys.q; k++) over[k] = oversaturation(sys, k)
  const traces = placeTraces(sys, task, state, sums, c)
  const species = onDemand(() => ({ ...namedForms(sys, c), ...traces.species() }))
  const gammas = onDemand(() => ({ ...namedForms(sys, lnGamma.map(Math.exp)), ...traces.gammas() }))
  const saturation = onDemand(() => ({ ...namedSaturation(sys, over), ...traces.saturation() }))
  return {
    outcome: result.converged ? 'converged' : 'max-iterations',
    pH: sys.held ? (options.pH ?? 0) : -(work.x[0] as number) / Math.LN10,
    ionicStrength: result.ionicStrength,
    get species() {
      return species()
    },
    get gammas() {
      return gammas()
    },
    get saturation() {
      return saturation()
    },
    solids: Object.assign(namedSolids(sys, result), traces.solids),
    base: result.base,
    gap: result.gap,
    iterations: result.iterations,
    warnings: warningsFor(model, result.ionicStrength, limit),
    state,
  }
}
