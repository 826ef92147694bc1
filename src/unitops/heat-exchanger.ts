import { emptyStream } from '../flowsheet/index.ts'
import { heatCapacityFlow } from '../flowsheet/index.ts'
import { defineUnitOp } from '../flowsheet/unit-op.ts'
import { heatDuty } from './parts/equipment.ts'
import { handledVolume } from './parts/volume.ts'

/** Brings a stream to a temperature; a phase change is not in it (see evaporator and dryer). */
export const heatExchanger = defineUnitOp({
  kind: 'heat-exchanger',
  title: 'Heater or cooler',
  about:
    'Duty from the heat capacities of the species (near 298 K). Where less than half of the mass ' +
    'has a heat capacity the duty is unknown. Area by the duty over coefficient and mean ' +
    'temperature difference to the utility.',
  group: 'general',
  symbol: 'heat-exchanger',
  params: {
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      min: 250,
      max: 1500,
      about: 'Outlet temperature',
    },
    utility: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      optional: true,
      min: 250,
      max: 1800,
      about: 'Temperature of the heating or cooling medium (20 K beyond the outlet by default)',
    },
    coefficient: {
      type: 'quantity',
      dimension: 'heat-transfer',
      unit: 'W/m2/K',
      default: 500,
      min: 1,
      about: 'Overall heat transfer coefficient (assumption by default)',
    },
  },
  inlets: [{ name: 'in', phase: 'aqueous', about: 'Before' }],
  outlets: [{ name: 'out', phase: 'aqueous', about: 'After' }],
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const out = { ...feed, temperature: params.temperature }
    let covered = 0
    let mass = 0
    for (let i = 0; i < feed.flow.length; i++) {
      const m = (feed.flow[i] as number) * (table.molarMass[i] as number)
      mass += m
      if (table.species[i]?.heatCapacity !== undefined) covered += m
    }
    const capacity = heatCapacityFlow(table, feed).watts
    return {
      ok: true,
      outlets: { out },
      heat:
        mass === 0 || covered >= 0.5 * mass
          ? { watts: capacity * (params.temperature - feed.temperature) }
          : { unknown: 'heat capacities of more than half of the mass' },
      figures: { 'heat capacity flow': { value: capacity, unit: 'W/K' } },
    }
  },
  equipment({ inlets, params, properties, result }) {
    const feed = inlets.in ?? emptyStream(properties.species)
    const heat = result.heat
    if (heat === undefined || 'unknown' in heat) {
      return [
        {
          type: params.temperature >= feed.temperature ? 'heater' : 'cooler',
          count: 1,
          size: { name: 'flow', value: handledVolume(properties.species, feed), unit: 'm3/s' },
          material: 'graphite or lined steel',
          basis: 'volume flow: the duty is unknown, and with it the area',
        },
      ]
    }
    const watts = Math.abs(heat.watts)
    const sign = params.temperature >= feed.temperature ? 1 : -1
    const utility = params.utility ?? params.temperature + 20 * sign
    const near = Math.max(1, Math.abs(utility - params.temperature))
    const far = Math.max(1, Math.abs(utility - feed.temperature))
    const mean = Math.abs(far - near) < 1e-6 ? near : (far - near) / Math.log(far / near)
    return [
      {
        type: sign > 0 ? 'heater' : 'cooler',
        count: 1,
        size: { name: 'area', value: watts / (params.coefficient * mean), unit: 'm2' },
        further: heatDuty(heat),
        material: 'graphite or lined steel',
        basis: 'duty / (coefficient x logarithmic mean temperature difference)',
      },
    ]
  },
})
