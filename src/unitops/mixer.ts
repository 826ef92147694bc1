import { emptyStream } from '../flowsheet/index.ts'
import { defineUnitOp } from '../flowsheet/unit-op.ts'
import { handledVolume } from './parts/volume.ts'

/** Several streams into one. */
export const mixer = defineUnitOp({
  kind: 'mixer',
  title: 'Mixer',
  about: 'Joins streams adiabatically. Streams that may react belong in a unit that says how.',
  group: 'general',
  symbol: 'mixer',
  params: {},
  inlets: [{ name: 'in', phase: 'aqueous', about: 'Streams to join' }],
  outlets: [{ name: 'out', phase: 'aqueous', about: 'The mixture' }],
  steady({ inlets, properties }) {
    return {
      ok: true,
      outlets: { out: inlets.in ?? emptyStream(properties.species) },
      heat: { watts: 0 },
    }
  },
  equipment({ result, properties }) {
    const out = result.outlets.out ?? emptyStream(properties.species)
    return [
      {
        type: 'static mixer',
        count: 1,
        size: { name: 'flow', value: handledVolume(properties.species, out), unit: 'm3/s' },
        material: 'polypropylene',
        basis: 'volume flow of the mixture',
      },
    ]
  },
})
