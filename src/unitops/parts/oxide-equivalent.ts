import { elementFlow } from '../../flowsheet/index.ts'
import type { Properties } from '../../flowsheet/unit-op.ts'
import { oxideId } from './assay.ts'

/** kg of rare earth oxide (as sold) that the rare earths of a flow would make, kg/s. */
export function oxideEquivalent(properties: Properties, flow: Float64Array): number {
  const table = properties.species
  const width = table.elements.length
  let mass = 0
  for (const symbol of properties.rareEarths) {
    const column = table.element(symbol)
    const row = table.find('solid', oxideId(symbol))
    if (row < 0) continue
    mass +=
      (elementFlow(table, flow, symbol) * (table.molarMass[row] as number)) /
      (table.composition[row * width + column] as number)
  }
  return mass
}
