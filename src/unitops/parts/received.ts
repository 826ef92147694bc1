import { elementFlow } from '../../flowsheet/index.ts'
import type { EquipmentItem, Properties, UnitResult } from '../../flowsheet/unit-op.ts'
import { oxideId } from './assay.ts'
import { massFlow } from './flows.ts'

type Solved = Extract<UnitResult, { ok: true }>
type Figures = NonNullable<Solved['figures']>

/** Rare earth oxide (as sold) that the rare earths of a flow would make, kg/s. */
function oxideEquivalent(properties: Properties, flow: Float64Array): number {
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

/** What a flow that enters the plant would make, were nothing lost: the report adds these up. */
export function oxideFigure(properties: Properties, flow: Float64Array): Figures {
  const value = oxideEquivalent(properties, flow)
  return { 'rare earth oxide at full recovery': { value, unit: 'kg/s' } }
}

/** Figures of solids that enter the plant: their mass and what they would make. */
export function receivedFigures(properties: Properties, flow: Float64Array): Figures {
  return {
    'as received': { value: massFlow(properties.species, flow), unit: 'kg/s' },
    ...oxideFigure(properties, flow),
  }
}

/** The bin in which so many days of what is received are kept. */
export function storageBin({ figures }: Solved, days: number, of: string): EquipmentItem {
  const mass = figures?.['as received']?.value ?? 0
  return {
    type: 'storage bin',
    count: 1,
    size: { name: 'mass', value: mass * days * 86_400, unit: 'kg' },
    material: 'carbon steel',
    basis: `${days} days of ${of} (assumption)`,
  }
}
