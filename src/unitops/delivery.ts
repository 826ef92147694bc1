import type { Phase } from '../chemistry/species.ts'
import { defineUnitOp, type UnitFault } from '../flowsheet/unit-op.ts'
import { commonFields } from './parts/fields.ts'
import { receivedFigures, storageBin } from './parts/received.ts'

/**
 * What another plant makes, brought in as it leaves there. The scenario solves that plant and hands
 * its stream in as `contents`: this unit neither reads files nor solves anything.
 */
export const delivery = defineUnitOp({
  kind: 'delivery',
  title: 'Delivery from another plant',
  about:
    'A stream of another plant file, which is solved with this one: all that it carries in a year ' +
    'there arrives here in a year of this plant, radionuclides and recycled share with it.',
  group: 'boundary',
  symbol: 'feed',
  params: {
    plant: { type: 'text', about: 'Plant file beside or below this one: makuutu.yaml' },
    stream: { type: 'text', about: 'Stream of that plant' },
    share: { type: 'number', default: 1, min: 0, max: 1, about: 'Share of the stream delivered' },
    temperature: commonFields.delivered,
    contents: {
      type: 'map',
      optional: true,
      of: { type: 'number', min: 0, about: 'mol/s' },
      about: 'What arrives by phase and species: found by solving the other plant, never written',
    },
  },
  inlets: [],
  outlets: [{ name: 'out', phase: 'solid', about: 'The stream as delivered' }],
  check({ contents }): readonly UnitFault[] {
    if (contents === undefined) return []
    const message = 'what is delivered is found by solving the other plant'
    return [{ path: ['contents'], message, expected: 'plant and stream alone' }]
  },
  steady({ params, properties }) {
    const table = properties.species
    const { plant, stream, contents, share, temperature } = params
    if (contents === undefined) {
      return {
        ok: false,
        outcome: 'infeasible',
        at: 'plant',
        detail: `${plant} is not solved, so nothing is known of its stream ${stream}`,
        advice: `simulate ${plant} by itself and put right what it says`,
      }
    }
    const flow = new Float64Array(table.species.length)
    for (const [key, moles] of Object.entries(contents)) {
      const space = key.indexOf(' ')
      const [phase, id] = [key.slice(0, space) as Phase, key.slice(space + 1)]
      const row = table.find(phase, id)
      if (row < 0) {
        return {
          ok: false,
          outcome: 'out-of-domain',
          at: 'stream',
          detail: `${stream} carries ${id} (${phase}), which this plant does not know`,
          advice: 'deliver a stream before it meets an extractant, or name the extractant here too',
        }
      }
      flow[row] = share * moles
    }
    return {
      ok: true,
      outlets: { out: { flow, temperature } },
      heat: { watts: 0 },
      figures: receivedFigures(properties, flow),
    }
  },
  equipment({ result }) {
    return [storageBin(result, 30, 'deliveries')]
  },
})
