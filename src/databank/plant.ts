import {
  atomicNumber,
  isRareEarth,
  rareEarthSymbols,
  speciesTable,
  type Composition,
  type Equilibria,
  type ExtractantSet,
  type Sourced,
  type Species,
  type SpeciesTable,
} from '../chemistry/index.ts'
import type { BankSpecies, Databank } from './load.ts'

/** Elements that every plant has: reagents, air, solvent and unassigned mass. */
export const baseElements: readonly string[] = 'H B C N O F Na S Cl Ar Ca P Ua'.split(' ')

export interface PlantContents {
  /** Symbols of the elements in the feeds and reagents; the base elements are always in. */
  readonly elements: readonly string[]
  /** Species ids of the extractants in use: `PC88A`. */
  readonly extractants: readonly string[]
}

const trivalent = new Set([...rareEarthSymbols, 'Al', 'Fe', 'Ga'])
const divalent = new Set(['Fe', 'Co', 'Ni', 'Cu', 'Zn', 'Mn', 'Ca', 'Mg'])

function plus(...parts: readonly (readonly [Composition, number])[]): Composition {
  const total: Record<string, number> = {}
  for (const [composition, times] of parts) {
    for (const [symbol, atoms] of Object.entries(composition)) {
      total[symbol] = (total[symbol] ?? 0) + atoms * times
    }
  }
  return total
}

/** Volume-preserving density of a loaded form: its molar volume is that of the acid it replaced. */
function boundDensity(acid: Species, count: number, molarMass: number): Pick<Species, 'density'> {
  if (acid.density === undefined) return {}
  return {
    density: {
      ...acid.density,
      value: (molarMass * acid.density.value) / (count * acid.molarMass),
      method: 'assumption',
      note: `the volume of ${count} ${acid.id}`,
    },
  }
}

interface Loaded {
  readonly id: string
  readonly name: string
  readonly composition: Composition
  readonly count: number
}

function acidicForms(acid: Species, present: ReadonlySet<string>): readonly Loaded[] {
  const anion = plus([acid.composition, 1], [{ H: 1 }, -1])
  const salt = (id: string, metal: Composition, count: number): Loaded => ({
    id,
    name: `${id.replace(/\(.*/, '')} salt of ${acid.id}`,
    composition: plus([metal, 1], [anion, count]),
    count,
  })
  const forms: Loaded[] = [
    salt(`Na(${acid.id})`, { Na: 1 }, 1),
    salt(`NH4(${acid.id})`, { N: 1, H: 4 }, 1),
  ]
  for (const symbol of present) {
    if (trivalent.has(symbol)) forms.push(salt(`${symbol}(${acid.id})3`, { [symbol]: 1 }, 3))
    if (divalent.has(symbol)) forms.push(salt(`${symbol}(${acid.id})2`, { [symbol]: 1 }, 2))
    if (symbol === 'Th') forms.push(salt(`Th(${acid.id})4`, { Th: 1 }, 4))
    if (symbol === 'U') forms.push(salt(`UO2(${acid.id})2`, { U: 1, O: 2 }, 2))
  }
  return forms
}

function solvates(neutral: Species, present: ReadonlySet<string>): readonly Loaded[] {
  const nitrate: Composition = { N: 1, O: 3 }
  const solvate = (
    cation: string,
    metal: Composition,
    nitrates: number,
    count: number,
  ): Loaded => ({
    id: `${cation}(NO3)${nitrates}(${neutral.id})${count}`,
    name: `${cation} nitrate solvate of ${neutral.id}`,
    composition: plus([metal, 1], [nitrate, nitrates], [neutral.composition, count]),
    count,
  })
  const forms: Loaded[] = []
  for (const symbol of present) {
    if (isRareEarth(symbol)) forms.push(solvate(symbol, { [symbol]: 1 }, 3, 3))
    if (symbol === 'Th') forms.push(solvate('Th', { Th: 1 }, 4, 2))
    if (symbol === 'U') forms.push(solvate('UO2', { U: 1, O: 2 }, 2, 2))
  }
  return forms
}

function organicSpecies(
  bank: Databank,
  acid: BankSpecies,
  present: ReadonlySet<string>,
): readonly Species[] {
  const loaded =
    acid.extractant === 'solvating' ? solvates(acid, present) : acidicForms(acid, present)
  const mass = (composition: Composition) =>
    Object.entries(composition).reduce(
      (sum, [symbol, atoms]) =>
        sum + (atoms * (bank.elements.get(symbol)?.atomicWeight.value ?? 0)) / 1000,
      0,
    )
  const { extractant: _, note: __, ...free } = acid
  return [
    free,
    ...loaded.map(({ id, name, composition, count }): Species => {
      const molar = mass(composition)
      return {
        id,
        name,
        phase: 'organic',
        composition,
        charge: 0,
        molarMass: molar,
        ...boundDensity(acid, count, molar),
      }
    }),
    { ...free, phase: 'aqueous', name: `${acid.name}, dissolved in the aqueous` },
    { ...free, phase: 'solid', id: `adsorbed ${acid.id}`, name: `${acid.name}, adsorbed` },
  ]
}

/**
 * The species of one plant: every species of the bank whose elements are all present, and for each
 * extractant its free, loaded (MA3, MA2), saponified (NaA, NH4A), dissolved and adsorbed forms.
 * Asserts that elements and extractants are in the bank.
 */
export function plantSpecies(bank: Databank, contents: PlantContents): SpeciesTable {
  const known = (symbol: string) => {
    if (!bank.elements.has(symbol)) throw new Error(`element ${symbol} is not in the databank`)
    return symbol
  }
  const present: ReadonlySet<string> = new Set(
    [...baseElements, ...contents.elements.map(known)].sort(
      (a, b) => (atomicNumber(a) ?? 0) - (atomicNumber(b) ?? 0),
    ),
  )
  const within = (s: Species) => Object.keys(s.composition).every((symbol) => present.has(symbol))
  const plain = bank.species.filter((s) => s.extractant === undefined && within(s))
  const used = [...new Set(contents.extractants)].map((id) => {
    const acid = bank.species.find((s) => s.extractant !== undefined && s.id === id)
    if (acid === undefined) throw new Error(`extractant ${id} is not in the databank`)
    return acid
  })
  return speciesTable([
    ...plain.map(({ note: _, ...species }) => species),
    ...used.flatMap((acid) => organicSpecies(bank, acid, present)),
  ])
}

/** The aqueous equilibria among components that the plant has. */
export function plantEquilibria(bank: Databank, table: SpeciesTable): Equilibria {
  const has = (components: Readonly<Record<string, number>>) =>
    Object.keys(components).every((id) => table.find('aqueous', id) >= 0)
  return {
    components: table.inPhase('aqueous').map((row) => table.species[row]?.id ?? ''),
    forms: bank.forms.filter((form) => has(form.components)),
    solids: bank.solids.filter(
      (solid) => has(solid.components) && table.find('solid', solid.species ?? solid.id) >= 0,
    ),
    sit: bank.sit,
  }
}

/** What unit operations are handed; the record that `flowsheet` calls `Properties`. */
export interface PlantProperties {
  readonly species: SpeciesTable
  readonly rareEarths: readonly string[]
  readonly equilibria: Equilibria
  readonly extractants: ReadonlyMap<string, ExtractantSet>
  constant(id: string): Sourced<number>
}

/**
 * The chemistry of one plant. `sets` are extractant sets of the user's own; they go before built-in
 * sets of the same id. `contents.extractants` are species ids; those of the user's sets are added.
 */
export function properties(
  bank: Databank,
  contents: PlantContents,
  sets: readonly ExtractantSet[] = [],
): PlantProperties {
  const extractants = new Map([...bank.extractants, ...sets.map((set) => [set.id, set] as const)])
  const table = plantSpecies(bank, {
    elements: contents.elements,
    extractants: [...contents.extractants, ...sets.map((set) => set.extractant)],
  })
  return {
    species: table,
    rareEarths: rareEarthSymbols.filter((symbol) => table.element(symbol) >= 0),
    equilibria: plantEquilibria(bank, table),
    extractants,
    constant: (id) => {
      const found = bank.constants.get(id)
      if (found === undefined) throw new Error(`no constant ${id} in data/process`)
      return found
    },
  }
}
