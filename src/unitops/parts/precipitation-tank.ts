import { streamPH } from '../../chemistry/index.ts'
import { emptyStream, withFlow } from '../../flowsheet/index.ts'
import type { Stream } from '../../flowsheet/stream.ts'
import type { EquipmentItem, Properties } from '../../flowsheet/unit-op.ts'
import { agitatedTank, materials } from './equipment.ts'
import { moveFraction, type Work } from './flows.ts'
import { degas, type PrecipitationMemory } from './precipitation.ts'
import { handledVolume } from './volume.ts'

/** Parameters that every stirred precipitation tank has. */
export const tankFields = {
  residenceTime: {
    type: 'quantity',
    dimension: 'time',
    unit: 'min',
    default: 3600,
    min: 1,
    about: 'Mean time in the tank (assumption by default)',
  },
  settlingTime: {
    type: 'quantity',
    dimension: 'time',
    unit: 'min',
    default: 60,
    min: 0,
    about: 'Time constant of the approach to equilibrium (assumption by default)',
  },
  tanks: {
    type: 'integer',
    default: 3,
    min: 1,
    max: 20,
    about: 'Stirred tanks in series that share the time (assumption by default)',
  },
  activity: {
    type: 'choice',
    options: ['ideal', 'davies', 'sit'],
    default: 'davies',
    about: 'Activity model; beyond its validity it is held at its limit',
  },
} as const

/** Share of the way to equilibrium that stirred tanks in series go: first order, times in s. */
export function approach(residenceTime: number, settlingTime: number, tanks: number): number {
  return 1 - (1 + residenceTime / (tanks * settlingTime)) ** -tanks
}

/** The slurry that leaves a tank, and the CO2 that its liquor cannot hold under 1 atm. */
export function ventCarbonDioxide(
  properties: Properties,
  feed: Stream,
  flow: Work,
): { readonly out: Stream; readonly offgas: Stream } {
  const { species: table } = properties
  const gas = new Float64Array(flow.length)
  degas(table, flow, feed.temperature, properties.constant('carbon-dioxide.henry').value)
  moveFraction(flow, gas, table.inPhase('gas'), 1)
  return { out: withFlow(feed, flow), offgas: { flow: gas, temperature: feed.temperature } }
}

/**
 * The pH of a liquor as every report prints it; no figure where there is no water. `memory` of what
 * was precipitated from it, if anything was.
 */
export function figureOfPH(
  properties: Properties,
  { flow, temperature }: Stream,
  memory?: PrecipitationMemory,
) {
  const pH = streamPH(properties, flow, temperature, memory?.left)
  return pH === undefined ? {} : { pH: { value: pH, unit: '' } }
}

/** The tank for the slurry that leaves, by residence time. */
export function tankFor(
  properties: Properties,
  out: Stream | undefined,
  residenceTime: number,
): readonly EquipmentItem[] {
  const volume = handledVolume(properties.species, out ?? emptyStream(properties.species))
  return agitatedTank(volume, residenceTime, materials.chloride)
}
