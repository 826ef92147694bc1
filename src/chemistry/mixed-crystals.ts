import type { CompiledEquilibria } from './compile-equilibria.ts'
import { revised, type Speciation, type SpeciationOptions, speciate } from './speciation.ts'

/**
 * Solids of one structure fall as one mixed crystal: rare earth oxalates (and hydroxides, and
 * carbonates) take each other's place in the lattice. Ideal mixing on the cation sites: the
 * activity of a member is its site fraction to the power of its cations per formula. Without it a
 * trace of holmium would stay in solution below its own solubility and dysprosium oxalate would
 * purify itself, which it does not.
 */
interface Candidate {
  readonly id: string
  readonly crystal: string
  /** Row among the compiled solids, and its cation. */
  readonly row: number
  readonly cation: string
  /** Cations per formula unit. */
  readonly sites: number
}
interface Member extends Candidate {
  /** Total of the cation, mol/L. */
  readonly total: number
}

/** Share of a crystal's cations below which a member is placed after the others are solved. */
const minor = 1e-9
const rounds = 80
/** Change of ln fraction that counts as none. */
const still = 1e-12

const crystalline = new WeakMap<CompiledEquilibria, readonly Candidate[]>()

/** Every solid on record that is part of a mixed crystal. */
function candidates(eq: CompiledEquilibria): readonly Candidate[] {
  const known = crystalline.get(eq)
  if (known !== undefined) return known
  const n = eq.masters.length
  const all = eq.equilibria.solids.flatMap(({ id, crystal }, row): Candidate[] => {
    if (crystal === undefined) return []
    const at = eq.masters.findIndex(
      (master, i) => i > 0 && master.endsWith('+3') && (eq.solidNu[row * n + i] as number) > 0,
    )
    const sites = eq.solidNu[row * n + at] as number
    return [{ id, crystal, row, cation: eq.masters[at] ?? '', sites }]
  })
  crystalline.set(eq, all)
  return all
}

const permitted = new WeakMap<
  readonly string[],
  WeakMap<CompiledEquilibria, readonly Candidate[]>
>()

/** The candidates among the allowed solids, looked up once for the same list. */
function candidatesAmong(
  eq: CompiledEquilibria,
  allowed: readonly string[] | 'all',
): readonly Candidate[] {
  if (allowed === 'all') return candidates(eq)
  let known = permitted.get(allowed)
  if (known === undefined) permitted.set(allowed, (known = new WeakMap()))
  let found = known.get(eq)
  if (found === undefined) {
    found = candidates(eq).filter(({ id }) => allowed.includes(id))
    known.set(eq, found)
  }
  return found
}

function members(
  eq: CompiledEquilibria,
  totals: Readonly<Record<string, number>>,
  allowed: readonly string[] | 'all',
): readonly (readonly Member[])[] {
  const crystals = new Map<string, Member[]>()
  for (const candidate of candidatesAmong(eq, allowed)) {
    const total = totals[candidate.cation] ?? 0
    if (!(total > 0)) continue
    const list = crystals.get(candidate.crystal) ?? []
    list.push({ ...candidate, total })
    crystals.set(candidate.crystal, list)
  }
  return [...crystals.values()].filter((list) => list.length > 1)
}

/** Site fraction at which a member would be in equilibrium with the liquor; 0 if it cannot say. */
function fractionInEquilibrium(eq: CompiledEquilibria, found: Speciation, member: Member): number {
  const n = eq.masters.length
  let ln = -(eq.solidLnK[member.row] as number)
  for (let i = 0; i < n; i++) {
    const count = eq.solidNu[member.row * n + i] as number
    if (count === 0) continue
    const id = eq.masters[i] as string
    const known = found.state.x[i] as number
    const x = Number.isFinite(known)
      ? known
      : Math.log((found.species[id] ?? 0) * (found.gammas[id] ?? 1))
    ln += count * x
  }
  const fraction = Math.exp(ln / member.sites)
  return Number.isFinite(fraction) ? fraction : 0
}

interface Crystal {
  readonly all: readonly Member[]
  readonly major: readonly Member[]
  readonly fractions: Map<string, number>
}

/**
 * Cations in the crystal, mol/L, at which the fractions T / (N + c) add up to 1, for proportions c
 * of dissolved to fraction: the Rachford-Rice equation. Newton from 0, where the sum is largest;
 * the sum is convex, so no step goes too far. 0 where nothing falls.
 */
function cationsFallen(totals: readonly number[], proportions: readonly number[]): number {
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

/** New fractions from a speciation with the old ones; the largest change of ln of one of them. */
function refine(eq: CompiledEquilibria, found: Speciation, crystal: Crystal): number {
  const { major, fractions } = crystal
  const totals = major.map((m) => m.total)
  // Dissolved = c x: at a given oxalate (or pH) the proportion c does not depend on the fraction.
  const proportions = major.map((m) => {
    const rest = m.total - m.sites * (found.solids[m.id] ?? 0)
    const wanted = fractionInEquilibrium(eq, found, m)
    return wanted > 0 ? Math.max(rest, 1e-16 * m.total) / wanted : Number.POSITIVE_INFINITY
  })
  const cations = cationsFallen(totals, proportions)
  const next = major.map((m, i) => m.total / (cations + (proportions[i] as number)))
  const sum = next.reduce((a, b) => a + b, 0)
  let change = 0
  for (let i = 0; i < major.length; i++) {
    const m = major[i] as Member
    // A member that cannot fall at all keeps a fraction that changes nothing.
    const fraction = Math.max((next[i] as number) / sum, 1e-30)
    change = Math.max(change, Math.abs(Math.log(fraction / (fractions.get(m.id) ?? 1))))
    fractions.set(m.id, fraction)
  }
  return Number.isFinite(change) ? change : 1
}

/** Minor members by the proportion in which they divide between liquor and crystal. */
function placeMinor(eq: CompiledEquilibria, found: Speciation, crystal: Crystal) {
  const solids: Record<string, number> = {}
  let cations = 0
  for (const m of crystal.major) cations += m.sites * (found.solids[m.id] ?? 0)
  for (const m of crystal.all) {
    if (crystal.major.includes(m)) continue
    const wanted = fractionInEquilibrium(eq, found, m)
    const falls = cations > 0 && wanted > 0
    solids[m.id] = falls ? m.total / (1 + m.total / (wanted * cations)) / m.sites : 0
  }
  return solids
}

/**
 * `speciate` with mixed crystals: among the allowed solids, those with a common `crystal` fall
 * together. Successive fractions from the proportion of dissolved to fraction, which hardly moves;
 * `max-iterations` where they do not settle. Same units, results and errors as `speciate`.
 */
export function speciateMixed(
  eq: CompiledEquilibria,
  totals: Readonly<Record<string, number>>,
  options: SpeciationOptions = {},
): Speciation {
  const allowed = options.solids ?? []
  const groups = members(eq, totals, allowed)
  if (groups.length === 0) return speciate(eq, totals, options)
  const crystals = groups.map((all): Crystal => {
    const sum = all.reduce((a, m) => a + m.total, 0)
    const major = all.filter((m) => m.total >= minor * sum)
    const share = (m: Member) => options.start?.fractions?.[m.id] ?? m.total / sum
    return { all, major, fractions: new Map(major.map((m) => [m.id, share(m)])) }
  })
  const left = new Set(
    crystals.flatMap((c) => c.all.filter((m) => !c.major.includes(m)).map((m) => m.id)),
  )
  const named = allowed === 'all' ? eq.solids : allowed
  const solids = left.size === 0 ? named : named.filter((id) => !left.has(id))
  let found: Speciation | undefined
  let settled = false
  let iterations = 0
  for (let round = 0; round < rounds && !settled; round++) {
    const lnActivity: Record<string, number> = {}
    for (const { major, fractions } of crystals) {
      for (const m of major) lnActivity[m.id] = m.sites * Math.log(fractions.get(m.id) ?? 1)
    }
    const start = found?.state ?? options.start
    found = speciate(eq, totals, { ...options, solids, lnActivity, start })
    iterations += found.iterations
    if (found.outcome !== 'converged') break
    let change = 0
    for (const crystal of crystals) change = Math.max(change, refine(eq, found, crystal))
    settled = change < still
  }
  if (found === undefined) return speciate(eq, totals, options)
  const last = found
  const placed = Object.assign({}, ...crystals.map((c) => placeMinor(eq, last, c)))
  const fractions = Object.fromEntries(crystals.flatMap((c) => [...c.fractions]))
  return revised(found, {
    outcome: settled ? 'converged' : 'max-iterations',
    iterations,
    solids: { ...found.solids, ...placed },
    state: { ...found.state, fractions },
  })
}
