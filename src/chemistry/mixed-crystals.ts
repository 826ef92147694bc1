import { allowedSolids, allowedWithout, type AllowedSolids } from './allowed-solids.ts'
import type { CompiledEquilibria } from './compile-equilibria.ts'
import {
  equilibrate,
  type Equilibrium,
  type EquilibriumOptions,
  type EquilibriumState,
} from './equilibrium.ts'
import type { Refining } from './equilibrium-newton.ts'
import { oversaturation } from './equilibrium-set.ts'
import { traceBelow, type EquilibriumSystem } from './equilibrium-system.ts'
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
  /** What the fractions are solved of; `minor` ones are placed afterwards. */
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
    if (total > 0) (total >= Math.max(minor * sum, traceBelow) ? major : few).push(member)
  }
  if (major.length === 0) return undefined
  const crystal = {
    major,
    minor: few,
    totals: Float64Array.from(major, (m) => sums[m.cation] as number),
    fractions: new Float64Array(major.length),
    proportions: new Float64Array(major.length),
  }
  begin(crystal, fractions)
  return crystal
}

/** Fractions as an earlier equilibrium had them, else those of all cations together. */
function begin({ major, totals, fractions }: Crystal, earlier: Float64Array | undefined): void {
  let sum = 0
  for (let k = 0; k < totals.length; k++) sum += totals[k] as number
  for (let k = 0; k < totals.length; k++) {
    const before = earlier?.[(major[k] as Member).row] ?? Number.NaN
    fractions[k] = before > 0 ? before : (totals[k] as number) / sum
  }
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

/**
 * New fractions from the state in the system's work space, where solids are solved with the old
 * ones, which they take the place of; the largest change of ln of one of them.
 */
function refine(sys: EquilibriumSystem, crystal: Crystal): number {
  const { major, totals, fractions, proportions } = crystal
  const { s, solidLnK } = sys.work
  // Dissolved = c x: at a given oxalate (or pH) the proportion c does not depend on the fraction.
  for (let i = 0; i < major.length; i++) {
    const { row, sites } = major[i] as Member
    const k = sys.solids.indexOf(row)
    const total = totals[i] as number
    const rest = total - sites * (s[k] as number)
    const wanted = (fractions[i] as number) * Math.exp(oversaturation(sys, k) / sites)
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
    const by = Math.log(fraction / (fractions[i] as number))
    change = Math.max(change, Math.abs(by))
    fractions[i] = fraction
    const { row, sites } = major[i] as Member
    const k = sys.solids.indexOf(row)
    solidLnK[k] = (solidLnK[k] as number) + sites * by
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

/** The equilibria of one liquor that given fractions (and those after them) lead to. */
interface Solver {
  readonly crystals: readonly Crystal[]
  /** At the fractions as they are; with `refining` as they settle on the way. */
  readonly at: (start: EquilibriumState | undefined, refining?: Refining) => Equilibrium
}

/**
 * Fractions that settle together with the Newton steps of one solve, from a state near the answer;
 * and where there is none, or they do not, from the start: each after a solve of its own.
 */
function settle({ crystals, at }: Solver, start: EquilibriumState | undefined) {
  const refining: Refining = (sys) => {
    let change = 0
    for (const crystal of crystals) change = Math.max(change, refine(sys, crystal))
    return change < still ? 0 : change
  }
  if (start !== undefined) {
    const found = at(start, refining)
    if (found.converged) return { found, settled: true, iterations: found.iterations }
    for (const crystal of crystals) begin(crystal, undefined)
  }
  let found = at(undefined)
  let { iterations } = found
  for (let round = 1; found.converged && round <= rounds; round++) {
    if (refining(found.system) === 0) return { found, settled: true, iterations }
    found = at(found.state)
    iterations += found.iterations
  }
  return { found, settled: false, iterations }
}

/**
 * `equilibrate` with mixed crystals: among the allowed solids, those with a common `crystal` fall
 * together. Fractions follow from the proportion of dissolved to fraction, which hardly moves; not
 * converged where they do not settle.
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
  const at: Solver['at'] = (start, refining) => {
    for (const { major, fractions } of crystals) {
      for (let i = 0; i < major.length; i++) {
        const { row, sites } = major[i] as Member
        lnActivity[row] = sites * Math.log(fractions[i] as number)
      }
    }
    return equilibrate(eq, sums, solids, { ...options, lnActivity, start, refining })
  }
  const { found, settled, iterations } = settle({ crystals, at }, options.start)
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
