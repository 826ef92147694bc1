import { compileEquilibria, type CompiledEquilibria } from './compile-equilibria.ts'
import { isRareEarth } from './elements.ts'
import type { Equilibria } from './equilibria.ts'
import { speciateMixed } from './mixed-crystals.ts'
import type { Speciation } from './speciation.ts'

/**
 * Rare earth oxalate precipitation. The solubility constants are *conditional* and *fitted*: no
 * database that was read has one (`data/equilibria/oxalate-solubility.json` says to what they were
 * fitted and with what rms). They belong to ideal activities and to the complexes on record, so
 * they are used with nothing else.
 */
export interface OxalateResult {
  /** Anything but `converged` means that the numbers are none to be used. */
  readonly outcome: Speciation['outcome']
  /** mol/L left in solution by rare earth element (all dissolved forms). */
  readonly left: Readonly<Record<string, number>>
  /** Fraction precipitated by rare earth element. */
  readonly precipitated: Readonly<Record<string, number>>
  /** mol/L of each oxalate solid, Ca included where it forms. */
  readonly solids: Readonly<Record<string, number>>
  /** mol/L of oxalate left in solution, all forms. */
  readonly oxalateLeft: number
  readonly speciation: Speciation
}

const oxalate = 'C2O4-2'

interface OxalateSystem {
  readonly compiled: CompiledEquilibria
  readonly solids: readonly string[]
  readonly elements: readonly string[]
}
const systems = new WeakMap<Equilibria, OxalateSystem>()

function systemFor(equilibria: Equilibria): OxalateSystem {
  const ready = systems.get(equilibria)
  if (ready !== undefined) return ready
  const solids = equilibria.solids
    .filter((solid) => oxalate in solid.components)
    .map((solid) => solid.id)
  const elements = solids.map((id) => id.replace(/2\(C2O4\)3.*$/, '')).filter(isRareEarth)
  const made = { compiled: compileEquilibria(equilibria), solids, elements }
  systems.set(equilibria, made)
  return made
}

/** Rare earths that have an oxalate constant in these equilibria. */
export function oxalateElements(equilibria: Equilibria): readonly string[] {
  return systemFor(equilibria).elements
}

/**
 * Equilibrium of a liquor with oxalic acid: what of each rare earth precipitates as decahydrate and
 * what stays. Totals in mol/L by component (`H+` with the protons of the oxalic acid, `C2O4-2`
 * total); `pH` holds it by base or acid. Rare earths without a constant stay in solution.
 */
export function precipitateOxalates(
  equilibria: Equilibria,
  totals: Readonly<Record<string, number>>,
  pH?: number,
): OxalateResult {
  const { compiled, solids } = systemFor(equilibria)
  const speciation = speciateMixed(compiled, totals, {
    solids,
    activity: 'ideal',
    ...(pH === undefined ? {} : { pH }),
  })
  const taken = new Map<string, number>()
  for (const solid of equilibria.solids) {
    const amount = speciation.solids[solid.id] ?? 0
    for (const [id, n] of Object.entries(solid.components)) {
      taken.set(id, (taken.get(id) ?? 0) + n * amount)
    }
  }
  const left: Record<string, number> = {}
  const precipitated: Record<string, number> = {}
  for (const [id, total] of Object.entries(totals)) {
    const element = id.replace('+3', '')
    if (!isRareEarth(element) || !(total > 0)) continue
    const fallen = Math.min(total, taken.get(id) ?? 0)
    left[element] = total - fallen
    precipitated[element] = fallen / total
  }
  return {
    outcome: speciation.outcome,
    left,
    precipitated,
    solids: speciation.solids,
    oxalateLeft: Math.max(0, (totals[oxalate] ?? 0) - (taken.get(oxalate) ?? 0)),
    speciation,
  }
}
