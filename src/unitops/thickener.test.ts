import { expect, test } from 'vitest'
import { massFlow, phaseMass } from '../flowsheet/index.ts'
import { magnetPlant, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { thickener } from './thickener.ts'

const table = magnetPlant.species
const slurry = streamOf({ 'aqueous H2O': 500, 'aqueous H+': 1, 'aqueous Cl-': 1, 'solid FeOOH': 2 })

test('the underflow has the solids fraction that is asked for', () => {
  for (const underflowSolids of [0.1, 0.4]) {
    const out = run(thickener, { in: slurry }, { underflowSolids })
    const thick = out.outlets.underflow ?? slurry
    expect(phaseMass(table, thick, 'solid') / massFlow(table, thick)).toBeCloseTo(
      underflowSolids,
      10,
    )
    expect(phaseMass(table, out.outlets.overflow ?? slurry, 'solid')).toBe(0)
  }
})

test('a feed that is thick already does not overflow, and says so', () => {
  const out = run(thickener, { in: slurry }, { underflowSolids: 0.011 })
  expect(out.warnings?.[0]?.code).toBe('feed-thicker-than-underflow')
})

test('area follows the flow', () => {
  const double = { ...slurry, flow: slurry.flow.map((n) => 2 * n) }
  expect(sizeOf(thickener, { in: double })).toBeCloseTo(2 * sizeOf(thickener, { in: slurry }), 10)
})
