import { aqueousVolume } from '../chemistry/index.ts'
import { emptyStream, withFlow } from '../flowsheet/index.ts'
import { defineUnitOp } from '../flowsheet/unit-op.ts'
import { materials } from './parts/equipment.ts'
import { massFlow, moveFraction, workOn } from './parts/flows.ts'

/** Settling to a stated solids fraction in the underflow; the rest of the liquor overflows. */
export const thickener = defineUnitOp({
  kind: 'thickener',
  title: 'Thickener',
  about: 'Settles solids to a stated fraction in the underflow; clear liquor overflows.',
  group: 'solid-liquid',
  symbol: 'thickener',
  params: {
    underflowSolids: {
      type: 'number',
      default: 0.3,
      min: 0.01,
      max: 0.9,
      about: 'Solids in the underflow, mass fraction (assumption by default)',
    },
    solidsToOverflow: {
      type: 'number',
      default: 0,
      min: 0,
      max: 0.5,
      about: 'Fraction of the solids carried over with the overflow',
    },
    riseRate: {
      type: 'quantity',
      dimension: 'velocity',
      unit: 'm/h',
      default: 0.5 / 3600,
      min: 1e-7,
      about:
        'Upward velocity of the overflow for sizing, below the settling velocity (assumption by default)',
    },
  },
  inlets: [{ name: 'in', phase: 'aqueous', about: 'Slurry' }],
  outlets: [
    { name: 'overflow', phase: 'aqueous', about: 'Clear liquor' },
    { name: 'underflow', phase: 'aqueous', about: 'Thick slurry' },
  ],
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const overflow = workOn(feed)
    const underflow = new Float64Array(overflow.length)
    moveFraction(overflow, underflow, table.inPhase('solid'), 1 - params.solidsToOverflow)
    const solids = massFlow(table, underflow, 'solid')
    const liquor = massFlow(table, overflow, 'aqueous')
    const wanted = solids * (1 / params.underflowSolids - 1)
    const kept = liquor > 0 ? Math.min(1, wanted / liquor) : 0
    moveFraction(overflow, underflow, table.inPhase('aqueous'), kept)
    return {
      ok: true,
      outlets: {
        overflow: withFlow(feed, overflow),
        underflow: withFlow(feed, underflow),
      },
      heat: { watts: 0 },
      warnings:
        kept >= 1 && solids > 0
          ? [
              {
                rank: 2,
                code: 'feed-thicker-than-underflow',
                text: 'the feed is thicker than the underflow is set to be: nothing overflows',
              },
            ]
          : [],
      figures: {
        'underflow solids': {
          value: solids > 0 ? solids / massFlow(table, underflow) : 0,
          unit: '',
        },
      },
    }
  },
  equipment({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const area = aqueousVolume(table, feed.flow, feed.temperature) / params.riseRate
    return [
      {
        type: 'thickener',
        count: 1,
        size: { name: 'area', value: area, unit: 'm2' },
        material: materials.chloride,
        basis: 'liquor fed over the rise rate',
      },
    ]
  },
})
