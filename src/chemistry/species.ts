import type { Method, Sourced } from './sourced.ts'

/** The four phases a species can be in. A stream holds flows of all four at once. */
export const phases = ['solid', 'aqueous', 'organic', 'gas'] as const
export type Phase = (typeof phases)[number]

/** Numbers of atoms by element symbol, in the order written. */
export type Composition = Readonly<Record<string, number>>

/** Pitzer volume parameters of two ions, 25 degC: kg/(mol MPa), cPhi kg2/(mol2 MPa). */
export interface VolumePair {
  readonly beta0: number
  readonly beta1: number
  readonly cPhi: number
  /** Largest molality of the salt that was fitted, mol/kg. */
  readonly max: number
  readonly source: string
  readonly locator?: string
  readonly method: Method
  readonly note?: string
}

/** What a dissolved species adds to the volume of water, 25 degC, V(H+) = 0 by convention. */
export interface PartialVolume {
  /** At infinite dilution, cm3/mol. */
  readonly v0: Sourced<number>
  /** With the anions that it was measured with. */
  readonly pairs?: Readonly<Record<string, VolumePair>>
  /** Its once-protonated form, where that is part of the component: bisulfate in sulfate. */
  readonly protonated?: {
    /** log10 of its formation constant. */
    readonly logK: Sourced<number>
    /** cm3/mol at infinite dilution, and in the pure acid. */
    readonly v0: Sourced<number>
    readonly pure: Sourced<number>
  }
}

/**
 * A chemical substance in one phase. Aqueous solutes are *components*: `H+` is the total acidity
 * (protons on HSO4-, oxalic acid and the like included), `Nd+3` all dissolved Nd(III) whatever its
 * complexes; speciation is computed from them when asked (`speciation.ts`).
 */
export interface Species {
  readonly id: string
  readonly phase: Phase
  readonly name: string
  readonly composition: Composition
  readonly charge: number
  /** kg/mol, computed from the element table, never stated. */
  readonly molarMass: number
  /** Standard enthalpy of formation at 298.15 K, J/mol; absent = unknown. */
  readonly enthalpy?: Sourced<number>
  /** Heat capacity at constant pressure near 298 K, J/(mol K); absent = unknown. */
  readonly heatCapacity?: Sourced<number>
  /** Pure density, kg/m3 (solids and organics); absent = unknown. */
  readonly density?: Sourced<number>
  /** Aqueous solutes; absent = unknown. */
  readonly partialVolume?: PartialVolume
}

/**
 * The species of one plant, with flat arrays beside the list: every stream is a vector over it.
 * `composition` is row-major, species by elements, in atoms; `molarMass` in kg/mol.
 */
export interface SpeciesTable {
  readonly species: readonly Species[]
  readonly elements: readonly string[]
  readonly composition: Float64Array
  readonly charge: Float64Array
  readonly molarMass: Float64Array
  /** Index of a species that must exist; asserts. */
  index(phase: Phase, id: string): number
  /** Index of a species, or -1. */
  find(phase: Phase, id: string): number
  /** Column of an element in `composition`, or -1. */
  element(symbol: string): number
  /** Indices of all species of a phase. */
  inPhase(phase: Phase): readonly number[]
}

/** Builds the flat table from species records; ids must be unique within a phase (asserted). */
export function speciesTable(species: readonly Species[]): SpeciesTable {
  const elements = [...new Set(species.flatMap((s) => Object.keys(s.composition)))]
  const columns = new Map(elements.map((symbol, column) => [symbol, column]))
  const composition = new Float64Array(species.length * elements.length)
  const indices = new Map<Phase, Map<string, number>>(phases.map((phase) => [phase, new Map()]))
  const members = new Map<Phase, number[]>(phases.map((phase) => [phase, []]))
  for (const [row, s] of species.entries()) {
    const own = indices.get(s.phase)
    if (own?.has(s.id)) throw new Error(`species ${s.id} (${s.phase}) is defined twice`)
    own?.set(s.id, row)
    members.get(s.phase)?.push(row)
    for (const [symbol, atoms] of Object.entries(s.composition)) {
      composition[row * elements.length + (columns.get(symbol) ?? 0)] = atoms
    }
  }
  const find = (phase: Phase, id: string) => indices.get(phase)?.get(id) ?? -1
  return {
    species,
    elements,
    composition,
    charge: Float64Array.from(species, (s) => s.charge),
    molarMass: Float64Array.from(species, (s) => s.molarMass),
    find,
    index: (phase, id) => {
      const found = find(phase, id)
      if (found < 0) throw new Error(`no ${phase} species ${id} in the table`)
      return found
    },
    element: (symbol) => columns.get(symbol) ?? -1,
    inPhase: (phase) => members.get(phase) ?? [],
  }
}
