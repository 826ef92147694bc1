import { aqueousVolume, settleInto } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import { amount, type Work } from './flows.ts'

/** mol/m3 of one dissolved component; 0 without liquor. */
export function concentration(
  table: SpeciesTable,
  flow: Work,
  id: string,
  temperature: number,
): number {
  const volume = aqueousVolume(table, flow, temperature)
  return volume > 0 ? amount(table, flow, 'aqueous', id) / volume : 0
}

/** Lets acids and bases that cannot stand beside each other react; changes `flow` in place. */
export function settle(table: SpeciesTable, flow: Work): void {
  settleInto(table, flow)
}
