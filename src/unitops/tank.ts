import { emptyStream } from '../flowsheet/index.ts'
import { defineUnitOp } from '../flowsheet/unit-op.ts'
import { agitatedTank, timeHeld } from './parts/equipment.ts'
import { handledVolume } from './parts/volume.ts'

/** A buffer that holds a stream for a time; nothing happens to it in the steady state. */
export const tank = defineUnitOp({
  kind: 'tank',
  title: 'Tank',
  about: 'Buffer between sections. Nothing reacts in it; it sizes by its residence time.',
  group: 'general',
  symbol: 'tank',
  params: {
    residenceTime: {
      type: 'quantity',
      dimension: 'time',
      unit: 'h',
      default: 8 * 3600,
      min: 0,
      about: 'Volume over volume flow (assumption by default: one shift)',
    },
    material: {
      type: 'text',
      default: 'FRP or rubber-lined steel',
      about: 'Material of construction',
    },
    agitation: {
      type: 'quantity',
      dimension: 'power-density',
      unit: 'W/m3',
      default: 0,
      min: 0,
      about: 'Stirring power per volume of liquid; 0 for a storage tank',
    },
  },
  inlets: [{ name: 'in', phase: 'aqueous', about: 'Into the tank' }],
  outlets: [{ name: 'out', phase: 'aqueous', about: 'Out of the tank' }],
  steady({ inlets, params, properties }) {
    const out = inlets.in ?? emptyStream(properties.species)
    const hold = handledVolume(properties.species, out) * params.residenceTime
    return {
      ok: true,
      outlets: { out },
      heat: { watts: 0 },
      power: hold * params.agitation,
      figures: { 'held volume': { value: hold, unit: 'm3' } },
    }
  },
  equipment({ inlets, params, properties }) {
    const feed = inlets.in ?? emptyStream(properties.species)
    const flow = handledVolume(properties.species, feed)
    const sized = agitatedTank(flow, params.residenceTime, params.material, {
      wattsPerCubicMetre: params.agitation,
    })
    if (params.agitation > 0) return sized
    return [
      {
        type: 'storage tank',
        count: 1,
        size: { name: 'volume', value: (flow * params.residenceTime) / 0.8, unit: 'm3' },
        further: [timeHeld(params.residenceTime)],
        material: params.material,
        basis: 'volume flow x residence time / 0.8 fill (assumption)',
      },
    ]
  },
})
