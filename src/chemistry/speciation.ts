import { onDemand } from '../numerics/index.ts'
import type { ActivityModel } from './activity.ts'
import { allowedSolids, type AllowedSolids } from './allowed-solids.ts'
import type { CompiledEquilibria } from './compile-equilibria.ts'
import { equilibrate, type Equilibrium, type EquilibriumState } from './equilibrium.ts'
import { oversaturation } from './equilibrium-set.ts'
import type { EquilibriumSystem } from './equilibrium-system.ts'
import { namedTraces } from './traces.ts'

export interface SpeciationOptions {
  /** Held pH (-log10 of the activity of H+); strong base or acid is then added to reach it. */
  readonly pH?: number
  /** Ids of solids that may form; `'all'` for every one in the records; none when left out. */
  readonly solids?: readonly string[] | 'all'
  readonly activity?: ActivityModel
  /** Ionic strength at which the activity model is held, mol/L; the model's limit by default. */
  readonly ionicStrengthMax?: number
  /** `state` of an earlier result: saves time when the liquor is much the same, changes nothing. */
  readonly start?: EquilibriumState | undefined
  /** The convex method instead of Newton's: slow, for comparison. */
  readonly method?: 'newton' | 'convex'
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
  readonly state: EquilibriumState
}

/** Totals by component as an array by row of the compiled components; throws as `speciate`. */
export function totalsOf(
  eq: CompiledEquilibria,
  totals: Readonly<Record<string, number>>,
): Float64Array {
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

function namedForms(sys: EquilibriumSystem, values: Float64Array): Record<string, number> {
  const named: Record<string, number> = {}
  for (let j = 0; j < sys.m; j++) {
    named[sys.compiled.forms[sys.forms[j] as number] as string] = values[j] as number
  }
  return named
}

/** Values of rows of solids by their ids. */
function namedSolids(
  eq: CompiledEquilibria,
  rows: Iterable<number>,
  value: (row: number, at: number) => number,
): Record<string, number> {
  const named: Record<string, number> = {}
  let at = 0
  for (const row of rows) named[eq.solids[row] as string] = value(row, at++)
  return named
}

function warningsFor({ task, ionicStrength }: Equilibrium): SpeciationWarning[] {
  const { model, limit } = task
  if (model === 'ideal' || ionicStrength <= limit) return []
  const name = model === 'davies' ? 'Davies' : 'SIT'
  const text = `ionic strength ${ionicStrength.toPrecision(3)} mol/L: ${name} activity coefficients are held at ${limit} mol/L`
  return [{ code: 'activity-out-of-validity', text }]
}

/** An equilibrium that was just solved, by the names of its forms and solids, made when read. */
export function named(
  eq: CompiledEquilibria,
  allowed: AllowedSolids,
  found: Equilibrium,
): Speciation {
  const { system: sys, solids, pH, ionicStrength, base, gap, iterations, state } = found
  const [c, lnGamma] = [sys.work.c.slice(), sys.work.lnGamma.slice()]
  const over = new Float64Array(sys.q)
  for (let k = 0; k < sys.q; k++) over[k] = oversaturation(sys, k) / Math.LN10
  const traces = namedTraces(found, c)
  const species = onDemand(() => ({ ...namedForms(sys, c), ...traces.species() }))
  const gammas = onDemand(() => ({ ...namedForms(sys, lnGamma.map(Math.exp)), ...traces.gammas() }))
  const saturation = onDemand(() => ({
    ...namedSolids(eq, sys.solids, (_, k) => over[k] as number),
    ...namedSolids(eq, sys.traceSolids, traces.saturation),
  }))
  const amounts = (rows: Iterable<number>) => namedSolids(eq, rows, (row) => solids[row] as number)
  // Those placed after the solve are none of the system's.
  const fallen = allowed.rows.filter((row) => (solids[row] as number) > 0)
  return {
    outcome: found.converged ? 'converged' : 'max-iterations',
    pH,
    ionicStrength,
    get species() {
      return species()
    },
    get gammas() {
      return gammas()
    },
    get saturation() {
      return saturation()
    },
    solids: { ...amounts(sys.solids), ...amounts(sys.traceSolids), ...amounts(fallen) },
    base,
    gap,
    iterations,
    warnings: warningsFor(found),
    state,
  }
}

/** What a list of options says to the numbers below. */
export function optionsOf(options: SpeciationOptions) {
  const { activity = 'ideal', pH, ionicStrengthMax, start, method } = options
  return { activity, pH, ionicStrengthMax, start, method }
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
  const allowed = allowedSolids(eq, options.solids ?? [])
  const found = equilibrate(eq, totalsOf(eq, totals), allowed, optionsOf(options))
  return named(eq, allowed, found)
}
