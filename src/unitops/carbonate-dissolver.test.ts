import { expect, test } from 'vitest'
import {
  figure,
  molesOf,
  reagentOf,
  reagents,
  run,
  sizeOf,
  streamOf,
} from '../../test/unitops/rig.ts'
import { carbonateDissolver } from './carbonate-dissolver.ts'

const acid = reagentOf({ 'aqueous H+': 0.18, 'aqueous Cl-': 0.18, 'aqueous H2O': 0.82 })
const { water, peroxide } = reagents

const carbonate = streamOf({
  'solid La2(CO3)3·8H2O': 0.2,
  'solid Ce2(CO3)3·8H2O': 0.05,
  'solid Nd2(CO3)3·8H2O': 0.2,
  'solid Dy2(CO3)3·8H2O': 0.05,
  'solid CeO2': 0.02,
  'solid Al(OH)3': 0.05,
  'solid SiO2': 0.01,
  'solid CaSO4·2H2O': 0.001,
  'aqueous H2O': 5,
})

const at = (params: Readonly<Record<string, unknown>>, feed = carbonate) =>
  run(carbonateDissolver, { in: feed, acid, water, oxidant: peroxide }, params)

test('acid takes the carbonate apart by its stoichiometry, all its CO2 leaves but what dissolves', () => {
  const done = at({ pH: 2, rareEarth: 1000, residenceTime: 1e6 })
  expect(figure(done, 'pH')).toBeCloseTo(2, 3)
  expect(molesOf(done.outlets.out, 'aqueous Nd+3')).toBeCloseTo(0.4, 4)
  // 3 H+ per rare earth and per aluminium, and the free acid of about one litre at pH 2.
  const drawn = figure(done, 'acid drawn') * molesOf(acid, 'aqueous H+')
  expect(drawn).toBeGreaterThan(3 * 1.05)
  expect(drawn).toBeLessThan(3 * 1.05 + 0.04)
  expect(figure(done, 'CO2 evolved')).toBeGreaterThan(1.45)
  expect(figure(done, 'CO2 evolved')).toBeLessThan(1.5)
  expect(figure(done, 'rare earth in the liquor')).toBeCloseTo(1000, -1.5)
  expect(molesOf(done.outlets.out, 'solid SiO2')).toBeCloseTo(0.01, 12)
})

test('a higher pH leaves aluminium and rare earth in the residue and takes less acid', () => {
  const [low, high, higher] = [2, 4.6, 5].map((pH) => at({ pH, rareEarth: 1000 }))
  if (low === undefined || high === undefined || higher === undefined) throw new Error('no runs')
  expect(molesOf(low.outlets.out, 'solid Al(OH)3')).toBeLessThan(1e-3)
  expect(molesOf(high.outlets.out, 'solid Al(OH)3')).toBeGreaterThan(0.01)
  expect(figure(high, 'acid drawn')).toBeLessThan(figure(low, 'acid drawn'))
  expect(figure(higher, 'rare earth dissolved')).toBeLessThan(figure(high, 'rare earth dissolved'))
  // With carbonate left the liquor gives off CO2 until its own pH, and a person is told.
  expect(at({ pH: 3.5, rareEarth: 1000 }).warnings?.map((w) => w.code)).toContain('pH-not-held')
})

test('Ce(IV) stays without peroxide; time and acid decide what dissolves', () => {
  expect(figure(at({}), 'Ce(IV) left')).toBeCloseTo(0.02, 12)
  expect(figure(at({ reductantRatio: 1 }), 'Ce(IV) left')).toBeLessThan(1e-3)
  const short = at({ residenceTime: 600 })
  expect(figure(short, 'rare earth dissolved')).toBeLessThan(0.6)
  expect(short.warnings?.map((w) => w.code)).toContain('rare-earth-undissolved')
  const none = streamOf({ 'aqueous H2O': 1 })
  const dry = { in: carbonate, acid: none, water, oxidant: peroxide }
  expect(() => run(carbonateDissolver, dry)).toThrow('acid-short')
})

test('tank volume follows the feed', () => {
  const twice = { ...carbonate, flow: carbonate.flow.map((n) => 2 * n) }
  const single = sizeOf(carbonateDissolver, { in: carbonate, acid, water })
  expect(sizeOf(carbonateDissolver, { in: twice, acid, water })).toBeCloseTo(2 * single, 6)
})
