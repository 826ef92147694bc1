import { emptyStream } from '../flowsheet/index.ts'
import { defineUnitOp, type Warning } from '../flowsheet/unit-op.ts'
import { massFlow } from './parts/flows.ts'

/**
 * Bond's law in SI: J/kg to grind from one 80 % passing size to another, m. The work index is the
 * energy from infinite size to 100 um: F. C. Bond, British Chemical Engineering 6 (1961) 378.
 */
export function bondEnergy(workIndex: number, from: number, to: number): number {
  return workIndex * Math.sqrt(100e-6) * (1 / Math.sqrt(to) - 1 / Math.sqrt(from))
}

/** Size reduction: a shredder for whole magnets and drives, a mill for powder. */
export const mill = defineUnitOp({
  kind: 'mill',
  title: 'Shredder or mill',
  about:
    'Brings the solids to a target 80 % passing size. Electricity by the law of Bond where a work ' +
    'index is given; without one it is unknown, not zero. Finer solids roast and leach faster.',
  group: 'front end',
  symbol: 'mill',
  params: {
    machine: {
      type: 'choice',
      options: ['shredder', 'mill'],
      default: 'mill',
      about: 'Kind of machine',
    },
    size: {
      type: 'quantity',
      dimension: 'length',
      unit: 'um',
      min: 1e-8,
      max: 1,
      about: '80 % passing size of the product',
    },
    workIndex: {
      type: 'quantity',
      dimension: 'specific-energy',
      unit: 'kWh/t',
      optional: true,
      min: 0,
      about:
        'Bond work index of the material, per metric tonne; no sourced value for magnets is known',
    },
    feedSize: {
      type: 'quantity',
      dimension: 'length',
      unit: 'mm',
      optional: true,
      min: 1e-8,
      about: '80 % passing size of the feed where the stream does not know it',
    },
  },
  inlets: [{ name: 'in', phase: 'solid', about: 'Coarse solids' }],
  outlets: [{ name: 'out', phase: 'solid', about: 'Fine solids' }],
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const solids = massFlow(table, feed.flow, 'solid')
    const from = feed.particleSize ?? params.feedSize
    const warnings: Warning[] = []
    const grinds = from === undefined || from > params.size
    if (!grinds) {
      warnings.push({
        rank: 2,
        code: 'already-finer',
        text: `the solids arrive at ${(from * 1e6).toPrecision(3)} um, finer than the target`,
      })
    }
    const known = params.workIndex !== undefined && from !== undefined
    const power = !grinds
      ? 0
      : known
        ? solids * bondEnergy(params.workIndex ?? 0, from, params.size)
        : undefined
    if (power === undefined) {
      const missing = params.workIndex === undefined ? 'a Bond work index' : 'the size of the feed'
      warnings.push({
        rank: 3,
        code: 'power-unknown',
        text: `electricity is unknown without ${missing}`,
      })
    }
    return {
      ok: true,
      outlets: { out: { ...feed, particleSize: grinds ? params.size : from } },
      heat: { watts: 0 },
      ...(power === undefined ? {} : { power }),
      warnings,
      figures: {
        solids: { value: solids, unit: 'kg/s' },
        'product size': { value: grinds ? params.size : from, unit: 'm' },
      },
    }
  },
  equipment({ params, result }) {
    return [
      {
        type: params.machine === 'shredder' ? 'shredder' : 'ball mill',
        count: 1,
        size: { name: 'mass flow', value: result.figures?.['solids']?.value ?? 0, unit: 'kg/s' },
        ...(result.power === undefined ? {} : { power: result.power }),
        material: 'hardened steel, inert atmosphere',
        basis: 'solids flow',
      },
    ]
  },
})
