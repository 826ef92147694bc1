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
 * unit states. The types of equipment that should draw something and state nothing are gaps.
 */
function powerOf(
  name: string,
  unit: Unit,
  inputs: FootprintInputs,
  data: FootprintData,
  gaps: string[],
): number | undefined {
  const given = inputs.power[name]
  if (given !== undefined) return given.watts
  let silent: Set<string> | undefined
  let drawn: number | undefined
  for (const { type, power, count } of unit.equipment) {
    if (power !== undefined) drawn = (drawn ?? 0) + power
    else if (count > 0 && !data.unpowered.has(type)) {
      silent ??= new Set()
      silent.add(type)
    }
  }
  if (drawn === undefined && unit.power !== undefined) return unit.power
  for (const type of silent ?? []) gaps.push(`no electricity stated for ${type}`)
  return drawn
}

function heatOf(
  name: string,
  { kind, heat }: Unit,
  inputs: FootprintInputs,
  gaps: string[],
): number | undefined {
  const given = inputs.heatDuty[name]
  if (given !== undefined) return given.watts
  if ('watts' in heat) return heat.watts
  if (!edges.has(kind)) gaps.push(`heat unknown: ${heat.unknown}`)
  return undefined
}

/** Electricity and heat of each unit that has any or states none, W while operating. */
export function energyUse(
  plant: FootprintPlant,
  inputs: FootprintInputs,
  data: FootprintData,
): readonly EnergyUse[] {
  const found: EnergyUse[] = []
  for (const [name, unit] of Object.entries(plant.units)) {
    const gaps: string[] = []
    const power = powerOf(name, unit, inputs, data, gaps)
    const heat = heatOf(name, unit, inputs, gaps)
    const isIdle = (power ?? 0) === 0 && (heat ?? 0) === 0
    if (isIdle && gaps.length === 0) continue
    found.push({
      unit: name,
      ...(power === undefined ? {} : { power }),
      ...(heat === undefined ? {} : { heat }),
      gaps,
    })
  }
  return found
}
