import { emptyStream } from '../flowsheet/index.ts'
import { defineUnitOp } from '../flowsheet/unit-op.ts'
import { handledVolume } from './parts/volume.ts'

/** Moves a liquid or slurry against a pressure. */
export const pump = defineUnitOp({
  kind: 'pump',
  title: 'Pump',
  about:
    'Electricity = volume flow x pressure rise / efficiency. The small temperature rise is left out.',
  group: 'general',
  symbol: 'pump',
  params: {
    pressureRise: {
      type: 'quantity',
      dimension: 'pressure',
      unit: 'bar',
      default: 2e5,
      min: 0,
      about: 'Pressure added (assumption by default)',
    },
    efficiency: {
      type: 'number',
      default: 0.6,
      min: 0.01,
      max: 1,
      about: 'Of pump and motor together (assumption by default)',
    },
    material: { type: 'text', default: 'PVDF or PP lined', about: 'Wetted material' },
  },
  inlets: [{ name: 'in', phase: 'aqueous', about: 'Suction' }],
  outlets: [{ name: 'out', phase: 'aqueous', about: 'Discharge' }],
  steady({ inlets, params, properties }) {
    const out = inlets.in ?? emptyStream(properties.species)
    const flow = handledVolume(properties.species, out)
    return {
      ok: true,
      outlets: { out },
      heat: { watts: 0 },
      power: (flow * params.pressureRise) / params.efficiency,
      figures: { 'volume flow': { value: flow, unit: 'm3/s' } },
    }
  },
  equipment({ inlets, params, properties, result }) {
    const feed = inlets.in ?? emptyStream(properties.species)
    return [
      {
        type: 'centrifugal pump',
        count: 2,
        standby: 1,
        size: { name: 'flow', value: handledVolume(properties.species, feed), unit: 'm3/s' },
        power: result.power ?? 0,
        material: params.material,
        basis: 'volume flow; one running, one standby',
      },
    ]
  },
})
