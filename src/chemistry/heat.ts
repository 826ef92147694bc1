import type { Species, SpeciesTable } from './species.ts'

/** W to be added (positive) or removed (negative), or unknown with the species that lack data. */
export type ReactionHeat =
  | { readonly watts: number; readonly without?: string }
  | { readonly unknown: string; readonly missing: readonly string[] }

/** Share of the mass that changes below which a species without data does not hide the rest. */
const trace = 0.01

/** Flows of a unit that differ by less than this part of the larger do not change. */
const unchanged = 1e-9

/**
 * Heat of the chemical change between inlets and outlets at 298.15 K: the sum of formation
 * enthalpies out minus in. Positive heat must be added, negative removed. A species that only
 * passes through is not asked for its enthalpy; if those that are made or used up and have none are
 * more than 1 % of the mass that changes, the answer is `unknown` and names them; if less, it is
 * the heat `without` them. Sensible heat is not in it: see `sensibleHeat`.
 */
export function heatOfReaction(
  table: SpeciesTable,
  inlets: readonly Float64Array[],
  outlets: readonly Float64Array[],
): ReactionHeat {
  let watts = 0
  const missing: string[] = []
  let [changed, dark] = [0, 0]
  const into = summed(inlets, table.species.length)
  const out = summed(outlets, table.species.length)
  for (let row = 0; row < into.length; row++) {
    const change = (out[row] as number) - (into[row] as number)
    const larger = Math.max(into[row] as number, out[row] as number)
    if (Math.abs(change) <= unchanged * larger) continue
    const species = table.species[row] as Species
    const mass = Math.abs(change) * species.molarMass
    changed += mass
    if (species.enthalpy === undefined) {
      dark += mass
      missing.push(`${species.id} (${species.phase})`)
    } else watts += change * species.enthalpy.value
  }
  if (missing.length === 0) return { watts }
  const names = missing.length > 4 ? `${missing.slice(0, 4).join(', ')} ...` : missing.join(', ')
  if (dark < trace * changed) return { watts, without: names }
  return { unknown: `no formation enthalpy of ${names}`, missing }
}

function summed(flows: readonly Float64Array[], length: number): Float64Array {
  const sum = new Float64Array(length)
  for (const flow of flows) {
    for (let row = 0; row < length; row++) sum[row] = (sum[row] as number) + (flow[row] as number)
  }
  return sum
}

/**
 * Heat to bring a flow from one temperature to another with the heat capacities near 298 K, W.
 * Species without a heat capacity are named in `missing`; they add nothing to `watts`.
 */
export function sensibleHeat(
  table: SpeciesTable,
  flow: Float64Array,
  from: number,
  to: number,
): { readonly watts: number; readonly missing: readonly string[] } {
  let capacity = 0
  const missing: string[] = []
  for (let row = 0; row < flow.length; row++) {
    const n = flow[row] as number
    if (n <= 0) continue
    const species = table.species[row] as Species
    if (species.heatCapacity === undefined) missing.push(`${species.id} (${species.phase})`)
    else capacity += n * species.heatCapacity.value
  }
  return { watts: capacity * (to - from), missing }
}
