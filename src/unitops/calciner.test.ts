import { expect, test } from 'vitest'
import { massFlow } from '../flowsheet/index.ts'
import { magnetPlant, molesOf, reagents, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { calciner } from './calciner.ts'

const table = magnetPlant.species
/** Oxide per oxalate decahydrate, wt%, from stoichiometry (process data, section 7). */
const yields = [
  ['Nd', 45.92],
  ['Pr', 46.9],
  ['Tb', 49.06],
  ['Dy', 48.49],
  ['Sm', 46.81],
  ['Gd', 47.78],
  ['Ho', 48.81],
  ['Y', 36.3],
] as const

test.each(yields)('%s oxalate decahydrate fires to its oxide of %s wt%%', (el, percent) => {
  const feed = streamOf({ [`solid ${el}2(C2O4)3·10H2O`]: 1 })
  const out = run(calciner, { in: feed, air: reagents.air }, { temperature: 1273.15, time: 7200 })
  const share = massFlow(table, out.outlets.out ?? feed) / massFlow(table, feed)
  expect(Math.abs(share * 100 - percent)).toBeLessThan(0.006)
})

test('the oxides are those of air', () => {
  const feed = streamOf({
    'solid Pr2(C2O4)3·10H2O': 3,
    'solid Tb2(CO3)3·8H2O': 2,
    'solid Ce(OH)3': 1,
    'solid FeC2O4·2H2O': 0.02,
    'solid NaNd(C2O4)2·H2O': 0.1,
    'solid NH4Nd(C2O4)2·H2O': 0.1,
  })
  const out = run(calciner, { in: feed, air: reagents.air }, { temperature: 1273.15, time: 7200 })
  expect(molesOf(out.outlets.out, 'solid Pr6O11')).toBeCloseTo(1, 6)
  expect(molesOf(out.outlets.out, 'solid Tb4O7')).toBeCloseTo(1, 6)
  expect(molesOf(out.outlets.out, 'solid CeO2')).toBeCloseTo(1, 9)
  expect(molesOf(out.outlets.out, 'solid Fe2O3')).toBeCloseTo(0.01, 9)
  expect(molesOf(out.outlets.out, 'solid Nd2O3')).toBeCloseTo(0.1, 9)
  expect(molesOf(out.outlets.out, 'solid Na2CO3')).toBeCloseTo(0.05, 9)
  expect(molesOf(out.outlets.offgas, 'gas NH3')).toBeCloseTo(0.1, 9)
})

test('cooler or shorter leaves oxycarbonate, and says so', () => {
  const feed = streamOf({ 'solid Nd2(C2O4)3·10H2O': 1 })
  const left = (temperature: number, hours: number) => {
    const out = run(calciner, { in: feed, air: reagents.air }, { temperature, time: hours * 3600 })
    return molesOf(out.outlets.out, 'solid Nd2(CO3)3')
  }
  expect(left(873.15, 1)).toBeGreaterThan(0.05)
  expect(left(873.15, 4)).toBeLessThan(left(873.15, 1))
  expect(left(963.15, 1)).toBeCloseTo(0.01 / 3, 4)
  expect(left(1073.15, 1)).toBeLessThan(1e-6)
  const cool = run(calciner, { in: feed, air: reagents.air }, { temperature: 873.15 })
  expect(cool.warnings?.[0]?.code).toBe('oxycarbonate-left')
})

test('salts of the moisture: ammonium chloride leaves, sodium chloride stays, metals become oxide', () => {
  const feed = streamOf({
    'solid Dy2(C2O4)3·10H2O': 1,
    'aqueous H2O': 5,
    'aqueous Na+': 0.02,
    'aqueous NH4+': 0.03,
    'aqueous H+': 0.05,
    'aqueous Dy+3': 0.01,
    'aqueous C2O4-2': 0.01,
    'aqueous Cl-': 0.11,
  })
  const out = run(calciner, { in: feed, air: reagents.air }, { temperature: 1273.15 })
  expect(molesOf(out.outlets.out, 'solid NaCl')).toBeCloseTo(0.02, 12)
  expect(molesOf(out.outlets.out, 'solid Dy2O3')).toBeCloseTo(1.005, 9)
  expect(molesOf(out.outlets.offgas, 'gas NH3')).toBeCloseTo(0.03, 12)
  expect(molesOf(out.outlets.offgas, 'gas HCl')).toBeCloseTo(0.09, 12)
  expect(out.warnings).toEqual([])
})

test('air follows the oxygen needed, and without it nothing can be fired', () => {
  const feed = streamOf({ 'solid Nd2(C2O4)3·10H2O': 1 })
  const once = run(calciner, { in: feed, air: reagents.air }, { airExcess: 1 })
  expect(molesOf(once.outlets.offgas, 'gas O2')).toBeLessThan(1e-9)
  const twice = run(calciner, { in: feed, air: reagents.air }, { airExcess: 2 })
  expect(twice.draws?.air).toBeCloseTo(2 * (once.draws?.air ?? 0), 10)
  expect(() => run(calciner, { in: feed })).toThrow('infeasible at air')
})

test('kiln volume follows the feed', () => {
  const feed = streamOf({ 'solid Nd2(C2O4)3·10H2O': 1 })
  const double = streamOf({ 'solid Nd2(C2O4)3·10H2O': 2 })
  const at = { air: reagents.air }
  expect(sizeOf(calciner, { in: double, ...at })).toBeCloseTo(
    2 * sizeOf(calciner, { in: feed, ...at }),
    10,
  )
})
