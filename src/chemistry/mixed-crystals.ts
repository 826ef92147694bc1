import { allowedSolids, allowedWithout, type AllowedSolids } from './allowed-solids.ts'
import type { CompiledEquilibria } from './compile-equilibria.ts'
import { equilibrate, type Equilibrium, type EquilibriumOptions } from './equilibrium.ts'
import {
  named,
  optionsOf,
  totalsOf,
  type Speciation,
  type SpeciationOptions,
} from './speciation.ts'

/**
 * Solids of one structure fall as one mixed crystal: rare earth oxalates (and hydroxides, and
 * carbonates) take each other's place in the lattice. Ideal mixing on the cation sites: the
 * activity of a member is its site fraction to the power of its cations per formula. Without it a
 * trace of holmium would stay in solution below its own solubility and dysprosium oxalate would
 * purify itself, which it does not.
 */
interface Member {
  /** Row among the compiled solids, and that of its cation among the components. */
  readonly row: number
  readonly cation: number
  /** Cations per formula unit. */
  readonly sites: number
}

/** Share of a crystal's cations below which a member is placed after the others are solved. */
const minor = 1e-9
const rounds = 80
/** Change of ln fraction that counts as none. */
const still = 1e-12

const crystalline = new WeakMap<AllowedSolids, readonly (readonly Member[])[]>()

/** The mixed crystals that allowed solids can form, of at least two members. */
function crystalsAmong(
  eq: CompiledEquilibria,
  allowed: AllowedSolids,
): readonly (readonly Member[])[] {
  const known = crystalline.get(allowed)
  if (known !== undefined) return known
  const crystals = new Map<string, Member[]>()
  const n = eq.masters.length
  for (const row of allowed.rows) {
    const crystal = eq.equilibria.solids[row]?.crystal
    if (crystal === undefined) continue
    const cation = eq.masters.findIndex(
      (master, i) => i > 0 && master.endsWith('+3') && (eq.solidNu[row * n + i] as number) > 0,
    )
    const member = { row, cation, sites: eq.solidNu[row * n + cation] as number }
    const list = crystals.get(crystal)
    if (list === undefined) crystals.set(crystal, [member])
    else list.push(member)
  }
  const found = [...crystals.values()].filter((list) => list.length > 1)
  crystalline.set(allowed, found)
  return found
}

/** A crystal in one liquor: members by how much of their cations there is, and their fractions. */
interface Crystal {
  readonly major: readonly Member[]
  readonly minor: readonly Member[]
  /** mol/L of the cations of the major members. */
  readonly totals: Float64Array
  readonly fractions: Float64Array
  /** Dissolved over fraction, by major member. */
  readonly proportions: Float64Array
}

function crystalIn(
  members: readonly Member[],
  sums: Float64Array,
  fractions: Float64Array | undefined,
): Crystal | undefined {
  let sum = 0
  let count = 0
  for (let k = 0; k < members.length; k++) {
    const total = sums[(members[k] as Member).cation] as number
    if (!(total > 0)) continue
    sum += total
    count++
  }
  if (count < 2) return undefined
  const major: Member[] = []
  const few: Member[] = []
  for (let k = 0; k < members.length; k++) {
    const member = members[k] as Member
    const total = sums[member.cation] as number
    if (total > 0) (total >= minor * sum ? major : few).push(member)
  }
  const crystal = {
    major,
    minor: few,
    totals: new Float64Array(major.length),
    fractions: new Float64Array(major.length),
    proportions: new Float64Array(major.length),
  }
  for (let k = 0; k < major.length; k++) {
    const { row, cation } = major[k] as Member
    const total = sums[cation] as number
    const before = fractions?.[row] ?? Number.NaN
    crystal.totals[k] = total
    crystal.fractions[k] = before > 0 ? before : total / sum
  }
  return crystal
}

/** Site fraction at which a member would be in equilibrium with the liquor; 0 if it cannot say. */
function fractionInEquilibrium(
  { solidRows, solidLnK }: CompiledEquilibria,
  { state }: Equilibrium,
  { row, sites }: Member,
): number {
  const { start, column, value } = solidRows
  let ln = -(solidLnK[row] as number)
  for (let e = start[row] as number; e < (start[row + 1] as number); e++) {
    ln += (value[e] as number) * (state.x[column[e] as number] as number)
  }
  const fraction = Math.exp(ln / sites)
  return Number.isFinite(fraction) ? fraction : 0
}

/**
 * Cations in the crystal, mol/L, at which the fractions T / (N + c) add up to 1, for proportions c
 * of dissolved to fraction: the Rachford-Rice equation. Newton from 0, where the sum is largest;
 * the sum is convex, so no step goes too far. 0 where nothing falls.
 */
function cationsFallen({ totals, proportions }: Crystal): number {
  let cations = 0
  for (let step = 0; step < 200; step++) {
    let sum = -1
    let slope = 0
    for (let i = 0; i < totals.length; i++) {
      const held = cations + (proportions[i] as number)
      const part = (totals[i] as number) / held
      sum += part
      slope += part / held
    }
    if (!(sum > 1e-15)) break
    cations += sum / slope
  }
  return cations
}

/** New fractions from an equilibrium with the old ones; the largest change of ln of one of them. */
function refine(eq: CompiledEquilibria, found: Equilibrium, crystal: Crystal): number {
  const { major, totals, fractions, proportions } = crystal
  // Dissolved = c x: at a given oxalate (or pH) the proportion c does not depend on the fraction.
  for (let i = 0; i < major.length; i++) {
    const member = major[i] as Member
    const total = totals[i] as number
    const rest = total - member.sites * (found.solids[member.row] as number)
    const wanted = fractionInEquilibrium(eq, found, member)
    proportions[i] = wanted > 0 ? Math.max(rest, 1e-16 * total) / wanted : Number.POSITIVE_INFINITY
  }
  const cations = cationsFallen(crystal)
  let sum = 0
  for (let i = 0; i < major.length; i++) {
    sum += (totals[i] as number) / (cations + (proportions[i] as number))
  }
  let change = 0
  for (let i = 0; i < major.length; i++) {
    const next = (totals[i] as number) / (cations + (proportions[i] as number))
    // A member that cannot fall at all keeps a fraction that changes nothing.
    const fraction = Math.max(next / sum, 1e-30)
    change = Math.max(change, Math.abs(Math.log(fraction / (fractions[i] as number))))
    fractions[i] = fraction
  }
  return Number.isFinite(change) ? change : 1
}

/** Minor members by the proportion in which they divide between liquor and crystal. */
function placeMinor(
  eq: CompiledEquilibria,
  found: Equilibrium,
  crystal: Crystal,
  sums: Float64Array,
): void {
  let cations = 0
  for (const m of crystal.major) cations += m.sites * (found.solids[m.row] as number)
  for (const m of crystal.minor) {
    const total = sums[m.cation] as number
    const wanted = fractionInEquilibrium(eq, found, m)
    const falls = cations > 0 && wanted > 0
    found.solids[m.row] = falls ? total / (1 + total / (wanted * cations)) / m.sites : 0
  }
}

/**
 * `equilibrate` with mixed crystals: among the allowed solids, those with a common `crystal` fall
 * together. Successive fractions from the proportion of dissolved to fraction, which hardly moves;
 * not converged where they do not settle.
 */
export function equilibrateMixed(
  eq: CompiledEquilibria,
  sums: Float64Array,
  allowed: AllowedSolids,
  options: EquilibriumOptions,
): Equilibrium {
  const crystals: Crystal[] = []
  for (const members of crystalsAmong(eq, allowed)) {
    const crystal = crystalIn(members, sums, options.start?.fractions)
    if (crystal !== undefined) crystals.push(crystal)
  }
  if (crystals.length === 0) return equilibrate(eq, sums, allowed, options)
  const left = crystals.flatMap((crystal) => crystal.minor.map((m) => m.row))
  const solids = left.length === 0 ? allowed : allowedWithout(eq, allowed, left)
  const lnActivity = new Float64Array(eq.solids.length)
  const at = (start: EquilibriumOptions['start']) => {
    for (const { major, fractions } of crystals) {
      for (let i = 0; i < major.length; i++) {
        const { row, sites } = major[i] as Member
        lnActivity[row] = sites * Math.log(fractions[i] as number)
      }
    }
    return equilibrate(eq, sums, solids, { ...options, lnActivity, start })
  }
  let found = at(options.start)
  let { iterations } = found
  let settled = false
  for (let round = 1; found.converged; round++) {
    let change = 0
    for (const crystal of crystals) change = Math.max(change, refine(eq, found, crystal))
    settled = change < still
    if (settled || round >= rounds) break
    found = at(found.state)
    iterations += found.iterations
  }
  const fractions = new Float64Array(eq.solids.length).fill(Number.NaN)
  for (const crystal of crystals) {
    placeMinor(eq, found, crystal, sums)
    for (let i = 0; i < crystal.major.length; i++) {
      fractions[(crystal.major[i] as Member).row] = crystal.fractions[i] as number
    }
  }
  return { ...found, converged: settled, iterations, state: { ...found.state, fractions } }
}

/** `speciate` with mixed crystals: same units, results and errors. */
export function speciateMixed(
  eq: CompiledEquilibria,
  totals: Readonly<Record<string, number>>,
  options: SpeciationOptions = {},
): Speciation {
  const allowed = allowedSolids(eq, options.solids ?? [])
  const found = equilibrateMixed(eq, totalsOf(eq, totals), allowed, optionsOf(options))
  return named(eq, allowed, found)
}
