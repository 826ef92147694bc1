import type {
  EnergyUse,
  FootprintData,
  FootprintInputs,
  FootprintPlant,
} from './footprint-types.ts'

/** Kinds of units at the edge of the plant, where nothing is heated. */
const edges = new Set(['feed', 'reagent', 'delivery', 'product', 'discharge', 'liquor'])

type Unit = FootprintPlant['units'][string]

/**
 * Electricity of a unit, W: as the user gives it, else what its equipment draws, else what the
 * unit states; and the types of equipment that should draw something and state nothing.
 */
function powerOf(
  name: string,
  unit: Unit,
  inputs: FootprintInputs,
  data: FootprintData,
): { readonly power: number | undefined; readonly gaps: readonly string[] } {
  const given = inputs.power[name]
  if (given !== undefined) return { power: given.watts, gaps: [] }
  const silent = new Set<string>()
  let drawn: number | undefined
  for (const { type, power, count } of unit.equipment) {
    if (power !== undefined) drawn = (drawn ?? 0) + power
    else if (count > 0 && !data.unpowered.has(type)) silent.add(type)
  }
  if (drawn === undefined && unit.power !== undefined) return { power: unit.power, gaps: [] }
  return { power: drawn, gaps: Array.from(silent, (type) => `no electricity stated for ${type}`) }
}

function heatOf(
  name: string,
  { kind, heat }: Unit,
  inputs: FootprintInputs,
): { readonly heat?: number; readonly gaps: readonly string[] } {
  const given = inputs.heatDuty[name]
  if (given !== undefined) return { heat: given.watts, gaps: [] }
  if ('watts' in heat) return { heat: heat.watts, gaps: [] }
  return { gaps: edges.has(kind) ? [] : [`heat unknown: ${heat.unknown}`] }
}

/** Electricity and heat of each unit that has any or states none, W while operating. */
export function energyUse(
  plant: FootprintPlant,
  inputs: FootprintInputs,
  data: FootprintData,
): readonly EnergyUse[] {
  return Object.entries(plant.units).flatMap(([name, unit]) => {
    const electric = powerOf(name, unit, inputs, data)
    const thermal = heatOf(name, unit, inputs)
    const gaps = [...electric.gaps, ...thermal.gaps]
    const isIdle = (electric.power ?? 0) === 0 && (thermal.heat ?? 0) === 0
    if (isIdle && gaps.length === 0) return []
    return [
      {
        unit: name,
        ...(electric.power === undefined ? {} : { power: electric.power }),
        ...(thermal.heat === undefined ? {} : { heat: thermal.heat }),
        gaps,
      },
    ]
  })
}
