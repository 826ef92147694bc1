import type { SpeciesTable } from '../../chemistry/species.ts'
import { amount, type Work } from './flows.ts'

/** What boiling down a hydrochloric liquor gives off, mol/s. */
export interface Boiled {
  readonly water: number
  readonly acid: number
}

/** mol HCl per mol water in the azeotrope of this mass fraction. */
export function azeotropeRatio(table: SpeciesTable, massFraction: number): number {
  const water = table.molarMass[table.index('gas', 'H2O')] as number
  const acid = table.molarMass[table.index('gas', 'HCl')] as number
  return massFraction / acid / ((1 - massFraction) / water)
}

/** Water that salts hold back, mol/s: so many molecules per charge of metal. */
export function boundWater(table: SpeciesTable, flow: Work, perCharge: number): number {
  let charge = 0
  for (const i of table.inPhase('aqueous')) {
    const z = table.charge[i] as number
    if (z > 1) charge += z * (flow[i] as number)
  }
  return charge * perCharge
}

/**
 * Boils a liquor down until only `acidLeft` mol/s of hydrochloric acid stays: water alone until the
 * free liquid has the azeotrope's composition, then the azeotrope; acid above the azeotrope leaves
 * first. Sharp cuts: the best that boiling can do. Water bound to salts takes no part.
 */
export function boilToAcid(
  table: SpeciesTable,
  flow: Work,
  acidLeft: number,
  ratio: number,
  bound: number,
): Boiled {
  const acid = Math.min(amount(table, flow, 'aqueous', 'H+'), amount(table, flow, 'aqueous', 'Cl-'))
  const free = Math.max(0, amount(table, flow, 'aqueous', 'H2O') - bound)
  if (acid <= acidLeft) return { water: 0, acid: 0 }
  const above = Math.max(0, acid - ratio * free)
  if (acid - above <= acidLeft) return { water: 0, acid: acid - acidLeft }
  return { water: free - acidLeft / ratio, acid: acid - acidLeft }
}

/** Boils off this much water; acid goes with it as soon as the azeotrope is reached. */
export function boilWater(
  table: SpeciesTable,
  flow: Work,
  water: number,
  ratio: number,
  bound: number,
): Boiled {
  const acid = Math.min(amount(table, flow, 'aqueous', 'H+'), amount(table, flow, 'aqueous', 'Cl-'))
  const free = Math.max(0, amount(table, flow, 'aqueous', 'H2O') - bound)
  const gone = Math.min(water, free)
  return { water: gone, acid: Math.max(0, acid - ratio * (free - gone)) }
}

/** Moves what boiled off from the liquor to the vapour side; `phase` is how it is counted there. */
export function vaporise(
  table: SpeciesTable,
  flow: Work,
  to: Work,
  boiled: Boiled,
  phase: 'aqueous' | 'gas',
): void {
  const take = (id: string, n: number) => {
    const i = table.index('aqueous', id)
    flow[i] = Math.max(0, (flow[i] as number) - n)
  }
  const put = (where: 'aqueous' | 'gas', id: string, n: number) => {
    const i = table.index(where, id)
    to[i] = (to[i] as number) + n
  }
  take('H2O', boiled.water)
  take('H+', boiled.acid)
  take('Cl-', boiled.acid)
  put(phase, 'H2O', boiled.water)
  if (phase === 'gas') put('gas', 'HCl', boiled.acid)
  else {
    put('aqueous', 'H+', boiled.acid)
    put('aqueous', 'Cl-', boiled.acid)
  }
}
