import type { SpeciesTable } from '../../chemistry/species.ts'
import { amount, runTo, type Work } from './flows.ts'
import { change } from './reaction.ts'

/** Volume of the aqueous phase, m3/s. */
export function aqueousVolume(
  table: SpeciesTable,
  flow: Float64Array,
  _temperature: number,
): number {
  let mass = 0
  for (const i of table.inPhase('aqueous')) {
    mass += (flow[i] as number) * (table.molarMass[i] as number)
  }
  return mass / 1000
}

/** mol/m3 of one dissolved component. */
export function concentration(
  table: SpeciesTable,
  flow: Work,
  id: string,
  temperature: number,
): number {
  const volume = aqueousVolume(table, flow, temperature)
  return volume > 0 ? amount(table, flow, 'aqueous', id) / volume : 0
}

const acidBase = [
  'a:H+ + a:OH- = a:H2O',
  'a:H+ + a:CO3-2 = a:HCO3-',
  'a:H+ + a:NH3 = a:NH4+',
  'a:H+ + a:HCO3- = a:CO2 + a:H2O',
  'a:OH- + a:CO2 = a:HCO3-',
  'a:OH- + a:HCO3- = a:CO3-2 + a:H2O',
  'a:OH- + a:NH4+ = a:NH3 + a:H2O',
  'a:CO3-2 + a:CO2 + a:H2O = 2 a:HCO3-',
  'a:NH3 + a:CO2 + a:H2O = a:NH4+ + a:HCO3-',
] as const

/** Lets acids and bases that cannot stand beside each other react; changes `flow` in place. */
export function settle(table: SpeciesTable, flow: Work): void {
  for (const text of acidBase) runTo(flow, change(table, text))
}
