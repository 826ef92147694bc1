import type { SpeciesTable } from '../../chemistry/species.ts'
import { atomicMass } from './assay.ts'

/** Aqueous carbon that is not organic. */
const inorganicCarbon = new Set(['CO2', 'HCO3-', 'CO3-2'])

/** kg/s of organic carbon in the liquid phases. */
export function organicCarbon(table: SpeciesTable, flow: Float64Array): number {
  const column = table.element('C')
  if (column < 0) return 0
  const width = table.elements.length
  let moles = 0
  for (const row of [...table.inPhase('aqueous'), ...table.inPhase('organic')]) {
    if (inorganicCarbon.has(table.species[row]?.id ?? '')) continue
    moles += (flow[row] as number) * (table.composition[row * width + column] as number)
  }
  return moles * atomicMass(table, 'C')
}
