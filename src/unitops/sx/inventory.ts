import type { ExtractantSet } from '../../chemistry/distribution/model.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'

/** An aqueous ion that changes phase, with the organic species that it becomes. */
export interface Exchanged {
  readonly element: string
  readonly aqueous: number
  readonly organic: number
  readonly charge: number
  /** Distribution ratio where it is an assumption; absent = from the set or the exchange. */
  readonly D?: number
}

/** What is in the liquors of a circuit, sorted by what it can do. */
export interface Inventory {
  /** Elements of the set, then those with an assumed D, then sodium and ammonium. */
  readonly exchanged: readonly Exchanged[]
  readonly fromSet: readonly string[]
  readonly assumed: number
  readonly cations: number
  /** Aqueous species that only ride on the water (H+ and OH- are apart). */
  readonly inert: readonly number[]
  readonly water: number
  readonly hydrogen: number
  readonly hydroxide: number
  readonly ammonia: number
  /** The extractant dissolved in the aqueous. */
  readonly extractant: number
}

/** What has no distribution ratio, or no organic form to go into. */
export interface Unknown {
  readonly element: string
  readonly species: string
  readonly why: 'no-distribution' | 'no-organic-form'
}

/** Species that are no metal and never need a distribution ratio stated. */
const riding = new Set(['H', 'C', 'N', 'O', 'F', 'S', 'Cl', 'P', 'Ar'])

function metalOf(table: SpeciesTable, index: number): string | undefined {
  const composition = table.species[index]?.composition ?? {}
  return Object.keys(composition).find((symbol) => !riding.has(symbol) && symbol !== 'Ua')
}

/**
 * Sorts the aqueous species that any inlet carries. `cations` (`Na+`, `NH4+`) exchange with the
 * extractant by the constant of the circuit; every other metal needs the set or `assumedD`, by
 * element or by species id.
 */
export function takeInventory(
  table: SpeciesTable,
  set: ExtractantSet,
  assumedD: Readonly<Record<string, number>>,
  present: readonly number[],
  base: 'Na' | 'NH4' | undefined,
): Inventory | readonly Unknown[] {
  const unknown: Unknown[] = []
  const known: Exchanged[] = []
  const assumed: Exchanged[] = []
  const cations: Exchanged[] = []
  const inert: number[] = []
  const [water, hydrogen, hydroxide] = ['H2O', 'H+', 'OH-'].map((id) =>
    table.index('aqueous', id),
  ) as [number, number, number]
  const ex = set.extractant
  const cationIds = new Map([
    ['Na+', `Na(${ex})`],
    ['NH4+', `NH4(${ex})`],
  ])
  const needed = new Set(present)
  if (base !== undefined) needed.add(table.index('aqueous', `${base}+`))
  const ammonia = table.find('aqueous', 'NH3')
  if (needed.delete(ammonia)) needed.add(table.index('aqueous', 'NH4+'))
  for (const index of [...needed].sort((a, b) => a - b)) {
    const id = table.species[index]?.id ?? ''
    if (index === hydrogen || index === hydroxide) continue
    const charge = table.charge[index] as number
    const cation = cationIds.get(id)
    if (cation !== undefined && table.find('organic', cation) >= 0) {
      cations.push({
        element: id.slice(0, -1),
        aqueous: index,
        organic: table.index('organic', cation),
        charge: 1,
      })
      continue
    }
    const element = metalOf(table, index)
    if (element === undefined || element === 'Na') {
      inert.push(index)
      continue
    }
    const organic = table.find('organic', `${element}(${ex})${charge}`)
    const D = assumedD[id] ?? assumedD[element]
    const inSet = set.parameters[element] !== undefined && charge === expectedCharge(set, element)
    if (D === undefined && inSet) {
      if (organic < 0) unknown.push({ element, species: id, why: 'no-organic-form' })
      else known.push({ element, aqueous: index, organic, charge })
    } else if (D === undefined) unknown.push({ element, species: id, why: 'no-distribution' })
    else if (D === 0) inert.push(index)
    else if (organic < 0) unknown.push({ element, species: id, why: 'no-organic-form' })
    else assumed.push({ element, aqueous: index, organic, charge, D })
  }
  if (unknown.length > 0) return unknown
  return {
    exchanged: [...known, ...assumed, ...cations],
    fromSet: known.map((e) => e.element),
    assumed: assumed.length,
    cations: cations.length,
    inert,
    water,
    hydrogen,
    hydroxide,
    ammonia,
    extractant: table.find('aqueous', ex),
  }
}

/** Charge of the ion that a set means: rare earths are trivalent, others by their protons. */
function expectedCharge(set: ExtractantSet, element: string): number {
  const protons = set.protons[element] ?? 3
  return protons === 2 && !['Ca', 'Mg', 'Fe', 'Co', 'Ni', 'Cu', 'Zn', 'Mn'].includes(element)
    ? 3
    : protons
}
