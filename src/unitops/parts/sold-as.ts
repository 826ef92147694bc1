import type { Phase, SpeciesTable } from '../../chemistry/species.ts'

/** Reagents as they are sold, in the components that streams carry. */
const dissolved: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  HCl: { 'H+': 1, 'Cl-': 1 },
  HNO3: { 'H+': 1, 'NO3-': 1 },
  H2SO4: { 'H+': 2, 'SO4-2': 1 },
  H2C2O4: { 'H+': 2, 'C2O4-2': 1 },
  HF: { 'H+': 1, 'F-': 1 },
  NaOH: { 'Na+': 1, 'OH-': 1 },
  NH3: { NH3: 1 },
  Na2CO3: { 'Na+': 2, 'CO3-2': 1 },
  NaHCO3: { 'Na+': 1, 'HCO3-': 1 },
  NH4HCO3: { 'NH4+': 1, 'HCO3-': 1 },
  NaCl: { 'Na+': 1, 'Cl-': 1 },
  NH4Cl: { 'NH4+': 1, 'Cl-': 1 },
  Na2SO4: { 'Na+': 2, 'SO4-2': 1 },
  '(NH4)2SO4': { 'NH4+': 2, 'SO4-2': 1 },
  NaNO3: { 'Na+': 1, 'NO3-': 1 },
  NH4NO3: { 'NH4+': 1, 'NO3-': 1 },
  Na2C2O4: { 'Na+': 2, 'C2O4-2': 1 },
  CaCl2: { 'Ca+2': 1, 'Cl-': 2 },
  FeCl3: { 'Fe+3': 1, 'Cl-': 3 },
  FeCl2: { 'Fe+2': 1, 'Cl-': 2 },
  H2O2: { H2O2: 1 },
  H2O: { H2O: 1 },
  water: { H2O: 1 },
  'B(OH)3': { 'B(OH)3': 1 },
}

const anions: Readonly<Record<string, readonly [id: string, charge: number]>> = {
  Cl: ['Cl-', 1],
  NO3: ['NO3-', 1],
  SO4: ['SO4-2', 2],
}

const saltPattern = /^([A-Z][a-z]?)(\d*)(?:(Cl)(\d*)|(NO3|SO4)|\((NO3|SO4)\)(\d+))(?:·(\d*)H2O)?$/

/**
 * A metal chloride, nitrate or sulfate in ions: `NdCl3`, `Al2(SO4)3`, `NdCl3·6H2O`. The charge of
 * the metal follows from the formula; `undefined` where the table has no such ion.
 */
function salt(table: SpeciesTable, name: string): Readonly<Record<string, number>> | undefined {
  const match = saltPattern.exec(name)
  if (match === null) return undefined
  const [, metal = '', cations, chloride, chlorides, bare, bracketed, brackets, water] = match
  const [anion, charge] = anions[chloride ?? bare ?? bracketed ?? ''] ?? ['', 0]
  const metals = Number(cations || 1)
  const count = Number(chlorides || brackets || 1)
  const own = (count * charge) / metals
  const cation = own === 1 ? `${metal}+` : `${metal}+${own}`
  if (table.find('aqueous', cation) < 0) return undefined
  const crystal: Readonly<Record<string, number>> =
    water === undefined ? {} : { H2O: Number(water || 1) }
  return { [cation]: metals, [anion]: count, ...crystal }
}

/** Names of reagents that can be bought dissolved. */
export const soldDissolved = Object.keys(dissolved)

/** One mole of a reagent as rows of the table, with its molar mass in kg/mol. */
export interface Reagent {
  readonly parts: readonly (readonly [row: number, moles: number])[]
  readonly molarMass: number
}

function ionsOf(table: SpeciesTable, name: string): Readonly<Record<string, number>> | undefined {
  if (Object.hasOwn(dissolved, name)) return dissolved[name]
  return table.find('solid', name) < 0 ? salt(table, name) : undefined
}

/**
 * A reagent in the components of streams: `HCl` is H+ and Cl-. In a solution a name that is no
 * dissolved reagent may be a solid species (milk of lime: `Ca(OH)2`), else a salt of a metal
 * (`NdCl3`); in another phase it is a species of that phase. `undefined` when there is no such
 * thing.
 */
export function soldAs(table: SpeciesTable, phase: Phase, name: string): Reagent | undefined {
  const ions = phase === 'aqueous' ? ionsOf(table, name) : undefined
  const parts: [number, number][] = []
  if (ions !== undefined) {
    for (const [id, moles] of Object.entries(ions)) {
      const row = table.find('aqueous', id)
      if (row < 0) return undefined
      parts.push([row, moles])
    }
  } else {
    const places: readonly Phase[] = phase === 'aqueous' ? ['solid'] : [phase]
    for (const place of places) {
      const row = table.find(place, name)
      if (row >= 0) parts.push([row, 1])
    }
    if (parts.length === 0) return undefined
  }
  const molarMass = parts.reduce((mass, [row, n]) => mass + n * (table.molarMass[row] as number), 0)
  return { parts, molarMass }
}
