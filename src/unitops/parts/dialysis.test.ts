import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chargeOf } from '../../flowsheet/index.ts'
import { magnetPlant, streamOf } from '../../../test/unitops/rig.ts'
import { dialyse, passed, transferUnitsFor } from './dialysis.ts'

test('transfer units and share are inverses, and the balanced limit is smooth', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.95, noNaN: true }),
      fc.double({ min: 0.2, max: 3, noNaN: true }),
      (part, ratio) => {
        const share = part * Math.min(1, 1 / ratio)
        expect(passed(transferUnitsFor(share, ratio), ratio)).toBeCloseTo(share, 9)
      },
    ),
  )
  expect(passed(1, 1)).toBe(0.5)
  expect(passed(1, 1 + 1e-7)).toBeCloseTo(0.5, 6)
  expect(transferUnitsFor(1, 1)).toBe(Number.POSITIVE_INFINITY)
})

test('both sides stay neutral whatever passes', () => {
  const table = magnetPlant.species
  const liquor = streamOf({
    'aqueous H2O': 50,
    'aqueous H+': 3,
    'aqueous Nd+3': 0.5,
    'aqueous Cl-': 4,
    'aqueous SO4-2': 0.25,
  })
  for (const units of [0.1, 1, 10, Number.POSITIVE_INFINITY]) {
    const feed = liquor.flow.slice()
    const acid = new Float64Array(feed.length)
    dialyse(table, feed, acid, units, 0.8, 0.083)
    expect(Math.abs(chargeOf(table, { ...liquor, flow: feed }))).toBeLessThan(1e-12)
    expect(Math.abs(chargeOf(table, { ...liquor, flow: acid }))).toBeLessThan(1e-12)
  }
})
