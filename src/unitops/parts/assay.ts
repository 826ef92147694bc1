import type { SpeciesTable } from '../../chemistry/species.ts'
import { isRareEarth, oxideOf } from '../../chemistry/index.ts'
import type { AssayValue } from '../../flowsheet/fields.ts'
import { perTable } from './reaction.ts'

/** How elements of an assay sit in the solids. */
export type AssayForm = 'metal' | 'oxide' | 'hydroxide' | 'carbonate'

export interface AssayReading {
  /** mol per kg of dry solids, by row of the table. */
  readonly perKilogram: ReadonlyMap<number, number>
  /** Mass fraction that the assay leaves open. */
  readonly unassigned: number
  readonly notes: readonly string[]
}

/** What is wrong with an assay, with the share that is too much or the name that is unknown. */
export interface AssayFault {
  readonly at: string
  readonly detail: string
  readonly advice: string
}

/** Species id of the oxide that an element ends as in air. */
export function oxideId(symbol: string): string {
  return oxideOf(symbol)?.id ?? `${symbol}2O3`
}

/** kg/mol of an element, from any species that consists of it alone; 0 when there is none. */
export function atomicMass(table: SpeciesTable, symbol: string): number {
  const known = atomicMasses(table)
  let mass = known.get(symbol)
  if (mass === undefined) known.set(symbol, (mass = findAtomicMass(table, symbol)))
  return mass
}

const atomicMasses = perTable(() => new Map<string, number>())

function findAtomicMass(table: SpeciesTable, symbol: string): number {
  const column = table.element(symbol)
  if (column < 0) return 0
  const width = table.elements.length
  for (const [row, species] of table.species.entries()) {
    const keys = Object.keys(species.composition)
    if (keys.length === 1 && keys[0] === symbol && species.charge === 0) {
      const atoms = table.composition[row * width + column] as number
      return (table.molarMass[row] as number) / atoms
    }
  }
  return 0
}

/** The solid that an element of an assay is taken to be, with its atoms per formula unit. */
function carrier(table: SpeciesTable, symbol: string, form: AssayForm): number {
  const rare = isRareEarth(symbol)
  const candidates: Record<AssayForm, string> = {
    metal: symbol,
    oxide: oxideId(symbol),
    hydroxide: rare ? `${symbol}(OH)3` : oxideId(symbol),
    carbonate: rare ? `${symbol}2(CO3)3·8H2O` : oxideId(symbol),
  }
  const found = table.find('solid', candidates[form])
  // Carbon, sulfur and bound halogens are themselves in every form.
  return found >= 0 && !['C', 'S', 'Cl', 'F'].includes(symbol) ? found : table.find('solid', symbol)
}

function atomsOf(table: SpeciesTable, row: number, symbol: string): number {
  return table.composition[row * table.elements.length + table.element(symbol)] as number
}

interface Building {
  readonly table: SpeciesTable
  readonly flow: Map<number, number>
  readonly notes: string[]
}

function add(building: Building, row: number, moles: number): void {
  building.flow.set(row, (building.flow.get(row) ?? 0) + moles)
}

/** Turns metal into oxide as far as `oxygen` (mol of O) reaches; answers the oxygen left over. */
function oxidise(building: Building, symbol: string, oxide: string, oxygen: number): number {
  const { table, flow } = building
  const metal = table.find('solid', symbol)
  const row = table.find('solid', oxide)
  const held = flow.get(metal) ?? 0
  if (row < 0 || !(held > 0) || !(oxygen > 0)) return oxygen
  const perMetal = atomsOf(table, row, 'O') / atomsOf(table, row, symbol)
  const moles = Math.min(held, oxygen / perMetal)
  flow.set(metal, held - moles)
  add(building, row, moles / atomsOf(table, row, symbol))
  return Math.max(0, oxygen - moles * perMetal)
}

/** Shares oxygen over the rare earths, each in proportion to what it can take, then iron to FeO. */
function bindOxygen(building: Building, oxygen: number): number {
  const { table, flow } = building
  const rare = table.elements.filter((e) => isRareEarth(e) && table.find('solid', e) >= 0)
  const room = rare.reduce((sum, e) => sum + 1.5 * (flow.get(table.find('solid', e)) ?? 0), 0)
  const share = room > 0 ? Math.min(1, oxygen / room) : 0
  let left = oxygen
  for (const symbol of rare) {
    const held = flow.get(table.find('solid', symbol)) ?? 0
    const oxide = sesquioxide(table, symbol)
    const given = 1.5 * held * share
    left -= given - oxidise(building, symbol, oxide, given)
  }
  return oxidise(building, 'Fe', 'FeO', Math.max(0, left))
}

/** The M2O3 of a rare earth where the table has it (CeO2 for cerium), else its oxide in air. */
export function sesquioxide(table: SpeciesTable, symbol: string): string {
  const plain = `${symbol}2O3`
  return symbol !== 'Ce' && table.find('solid', plain) >= 0 ? plain : oxideId(symbol)
}

function place(building: Building, key: string, fraction: number, form: AssayForm): boolean {
  const { table, notes } = building
  if (key === 'H2O') {
    const water = table.index('aqueous', 'H2O')
    add(building, water, fraction / (table.molarMass[water] as number))
    return true
  }
  const mass = atomicMass(table, key)
  const row = mass > 0 ? carrier(table, key, form) : table.find('solid', key)
  if (row >= 0) {
    const moles =
      mass > 0
        ? fraction / mass / atomsOf(table, row, key)
        : fraction / (table.molarMass[row] as number)
    add(building, row, moles)
    return true
  }
  if (mass > 0) notes.push(`${key} has no solid form here and is kept as unassigned mass`)
  return mass > 0
}

/**
 * Reads an assay (mass fractions by element, oxide or other species id) as solids. Oxygen in a
 * metal assay goes to the rare earths first, then to iron; `oxidised` turns that fraction of the
 * rare earth metal into oxide, with oxygen that the assay did not count. What is left open becomes
 * `unassigned`; nothing is renormalised. More than 100 % is a fault.
 */
export function readAssay(
  table: SpeciesTable,
  assay: Readonly<Record<string, AssayValue>>,
  form: AssayForm,
  oxidised = 0,
): AssayReading | AssayFault {
  const building: Building = { table, flow: new Map(), notes: [] }
  let oxygen = 0
  for (const [key, { value }] of Object.entries(assay)) {
    if (key === 'O') {
      if (form === 'metal') oxygen = value / atomicMass(table, 'O')
      else building.notes.push(`O is implied by the ${form} form; the ${value} given is not added`)
      continue
    }
    if (!place(building, key, value, form)) {
      return {
        at: `assay.${key}`,
        detail: `${key} is neither an element nor a solid species of this plant`,
        advice: 'write the symbol of an element, an oxide such as Nd2O3, or the id of a species',
      }
    }
  }
  let implied = 0
  if (form === 'metal') {
    const left = bindOxygen(building, oxygen)
    if (left * atomicMass(table, 'O') > 1e-9) {
      building.notes.push(
        'more oxygen than the rare earths and iron can hold: the rest is unassigned',
      )
    }
    implied = oxidised
  }
  if (implied > 0) oxidiseRareEarths(building, implied)
  let total = 0
  for (const [row, moles] of building.flow) total += moles * (table.molarMass[row] as number)
  if (total > 1 + 1e-6) {
    return {
      at: 'assay',
      detail: `the assay accounts for ${(100 * total).toFixed(2)} % of the dry mass`,
      advice: 'a composition cannot exceed 100 %; oxide forms add the mass of their oxygen',
    }
  }
  const unassigned = Math.max(0, 1 - total)
  const open = table.index('solid', 'unassigned')
  add(building, open, unassigned / (table.molarMass[open] as number))
  return { perKilogram: building.flow, unassigned, notes: building.notes }
}

function oxidiseRareEarths(building: Building, fraction: number): void {
  const { table, flow } = building
  for (const symbol of table.elements) {
    if (!isRareEarth(symbol)) continue
    const metal = table.find('solid', symbol)
    const held = metal < 0 ? 0 : (flow.get(metal) ?? 0)
    const oxide = sesquioxide(table, symbol)
    const row = table.find('solid', oxide)
    if (!(held > 0) || row < 0) continue
    const perMetal = atomsOf(table, row, 'O') / atomsOf(table, row, symbol)
    oxidise(building, symbol, oxide, held * fraction * perMetal)
  }
}
