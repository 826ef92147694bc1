import { activityLimit, daviesLog10, sitLog10, type ActivityModel } from './activity.ts'
import type { CompiledEquilibria } from './compile-equilibria.ts'
import {
  coldStart,
  solveMassAction,
  sparseRows,
  type MassAction,
  type MassActionResult,
} from './mass-action.ts'

export interface SpeciationOptions {
  /** Held pH (-log10 of the activity of H+); strong base or acid is then added to reach it. */
  readonly pH?: number
  /** Ids of solids that may form; `'all'` for every one in the records; none when left out. */
  readonly solids?: readonly string[] | 'all'
  readonly activity?: ActivityModel
  /** Ionic strength at which the activity model is held, mol/L; the model's limit by default. */
  readonly ionicStrengthMax?: number
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
}

/** A total below this (mol/L) is not there. */
const least = 1e-60

/** The part of the compiled records that the given totals can form. */
interface Active {
  readonly masters: readonly number[]
  readonly forms: readonly number[]
  readonly solids: readonly number[]
  /** Column of H+ among the unknowns, -1 when the pH is held. */
  readonly hydrogen: number
}

function totalsOf(eq: CompiledEquilibria, totals: Readonly<Record<string, number>>): Float64Array {
  const sums = new Float64Array(eq.masters.length)
  for (const [id, amount] of Object.entries(totals)) {
    if (id === 'H2O' || amount === 0) continue
    const parts = eq.contribution.get(id)
    if (parts === undefined) throw new Error(`${id} is no component of these equilibria`)
    if (!(amount > 0) || !Number.isFinite(amount)) throw new Error(`total of ${id} is ${amount}`)
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + amount * (parts[i] ?? 0)
  }
  return sums
}

function activePart(
  eq: CompiledEquilibria,
  sums: Float64Array,
  options: SpeciationOptions,
): Active {
  const n = eq.masters.length
  const present = (i: number) => i === 0 || (sums[i] as number) > least
  const possible = (nu: Float64Array, row: number) => {
    for (let i = 0; i < n; i++) if (nu[row * n + i] !== 0 && !present(i)) return false
    return true
  }
  const held = options.pH !== undefined
  const masters = [...eq.masters.keys()].filter((i) => present(i) && !(held && i === 0))
  const allowed = options.solids ?? []
  if (allowed !== 'all') {
    for (const id of allowed)
      if (!eq.solids.includes(id)) throw new Error(`no solid ${id} on record`)
  }
  return {
    masters,
    forms: [...eq.forms.keys()].filter((j) => possible(eq.nu, j)),
    solids: [...eq.solids.keys()].filter(
      (k) => (allowed === 'all' || allowed.includes(eq.solids[k] ?? '')) && possible(eq.solidNu, k),
    ),
    hydrogen: held ? -1 : 0,
  }
}

/** Rows and columns of the active part; a held ln activity of H+ goes into the constants. */
function problemOf(
  eq: CompiledEquilibria,
  active: Active,
  sums: Float64Array,
  lnHydrogen: number,
): MassAction {
  const all = eq.masters.length
  const cut = (rows: readonly number[], nu: Float64Array) =>
    Float64Array.from(rows.flatMap((j) => active.masters.map((i) => nu[j * all + i] as number)))
  const shifted = (rows: readonly number[], nu: Float64Array, lnK: Float64Array, sign: number) =>
    Float64Array.from(rows, (j) => {
      const protons = active.hydrogen < 0 ? (nu[j * all] as number) : 0
      return (lnK[j] as number) + sign * (protons === 0 ? 0 : protons * lnHydrogen)
    })
  return {
    n: active.masters.length,
    forms: active.forms.length,
    solids: active.solids.length,
    nu: sparseRows(cut(active.forms, eq.nu), active.masters.length),
    lnK: shifted(active.forms, eq.nu, eq.lnK, 1),
    solidNu: cut(active.solids, eq.solidNu),
    solidLnK: shifted(active.solids, eq.solidNu, eq.solidLnK, -1),
    total: Float64Array.from(active.masters, (i) => sums[i] as number),
  }
}

/** Strong base that makes up the proton balance at a held pH. */
function baseAdded(
  eq: CompiledEquilibria,
  active: Active,
  sums: Float64Array,
  r: MassActionResult,
): number {
  if (active.hydrogen >= 0) return 0
  const n = eq.masters.length
  let base = sums[0] as number
  for (const [at, j] of active.forms.entries()) {
    base -= (eq.nu[j * n] as number) * (r.c[at] as number)
  }
  for (const [at, k] of active.solids.entries()) {
    base -= (eq.solidNu[k * n] as number) * (r.s[at] as number)
  }
  return base
}

function strengthOf(eq: CompiledEquilibria, active: Active, c: Float64Array, base: number): number {
  let sum = Math.abs(base)
  for (const [at, j] of active.forms.entries()) sum += (eq.charge[j] as number) ** 2 * (c[at] ?? 0)
  return sum / 2
}

/** ln gamma of the active forms at their concentrations, the ionic strength held at `limit`. */
function lnGammas(
  eq: CompiledEquilibria,
  active: Active,
  c: Float64Array,
  ionicStrength: number,
  model: ActivityModel,
  limit: number,
): Float64Array {
  if (model === 'ideal') return new Float64Array(active.forms.length)
  const strength = Math.min(ionicStrength, limit)
  const term = model === 'sit' ? sitLog10 : daviesLog10
  const out = Float64Array.from(active.forms, (j) => {
    const z = eq.charge[j] as number
    return z === 0 ? 0 : Math.LN10 * term(z, strength)
  })
  if (model !== 'sit') return out
  const dilution = ionicStrength > limit ? limit / ionicStrength : 1
  const place = new Map(active.forms.map((j, at) => [j, at]))
  for (const { one, other, epsilon } of eq.sit) {
    const a = place.get(one)
    const b = place.get(other)
    if (a === undefined || b === undefined) continue
    const weight = Math.LN10 * epsilon * dilution
    out[a] = (out[a] as number) + weight * (c[b] as number)
    out[b] = (out[b] as number) + weight * (c[a] as number)
  }
  return out
}

function namedForms(eq: CompiledEquilibria, active: Active, values: ArrayLike<number>) {
  return Object.fromEntries(active.forms.map((j, at) => [eq.forms[j] ?? '', values[at] ?? 0]))
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
 * water's self-ionisation. pH is -log10 of the activity of H+. Activity coefficients are found by
 * repeating the solve until they stand still. The amounts are unique; the solve is convex and does
 * not depend on a start. Throws on a component that is not known or a total that is negative.
 */
export function speciate(
  eq: CompiledEquilibria,
  totals: Readonly<Record<string, number>>,
  options: SpeciationOptions = {},
): Speciation {
  const model = options.activity ?? 'ideal'
  const limit = options.ionicStrengthMax ?? activityLimit[model]
  const sums = totalsOf(eq, totals)
  const active = activePart(eq, sums, options)
  const lnHydrogen = -Math.LN10 * (options.pH ?? 0)
  const ideal = problemOf(eq, active, sums, lnHydrogen)
  let result = solveMassAction(ideal, coldStart(ideal, active.hydrogen))
  let lnGamma: Float64Array = new Float64Array(active.forms.length)
  let { iterations } = result
  let change = model === 'ideal' ? 0 : Number.POSITIVE_INFINITY
  let base = baseAdded(eq, active, sums, result)
  let strength = strengthOf(eq, active, result.c, base)
  for (let round = 0; round < 100 && change > 1e-11; round++) {
    const next = lnGammas(eq, active, result.c, strength, model, limit)
    change = 0
    const damping = round < 20 ? 1 : 0.5
    for (let j = 0; j < next.length; j++) {
      const step = (next[j] as number) - (lnGamma[j] as number)
      change = Math.max(change, Math.abs(step))
      next[j] = (lnGamma[j] as number) + damping * step
    }
    lnGamma = next
    const lnK = ideal.lnK.map((value, j) => value - (lnGamma[j] as number))
    const present = [...result.s.keys()].filter((k) => (result.s[k] as number) > 0)
    result = solveMassAction({ ...ideal, lnK }, result.x, present)
    iterations += result.iterations + 1
    base = baseAdded(eq, active, sums, result)
    strength = strengthOf(eq, active, result.c, base)
  }
  const lnH = active.hydrogen >= 0 ? (result.x[active.hydrogen] as number) : lnHydrogen
  const solids = active.solids.map((k, at) => [eq.solids[k] ?? '', result.s[at] as number])
  const saturation = active.solids.map((k, at) => {
    let lnProduct = -(ideal.solidLnK[at] as number)
    for (let i = 0; i < ideal.n; i++) {
      lnProduct += (ideal.solidNu[at * ideal.n + i] as number) * (result.x[i] as number)
    }
    return [eq.solids[k] ?? '', lnProduct / Math.LN10]
  })
  return {
    outcome: result.converged && change <= 1e-9 ? 'converged' : 'max-iterations',
    pH: -lnH / Math.LN10,
    ionicStrength: strength,
    species: namedForms(eq, active, result.c),
    gammas: namedForms(eq, active, lnGamma.map(Math.exp)),
    solids: Object.fromEntries(solids),
    saturation: Object.fromEntries(saturation),
    base,
    gap: result.gap,
    iterations,
    warnings: warningsFor(model, strength, limit),
  }
}
