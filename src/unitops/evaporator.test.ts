import { expect, test } from 'vitest'
import { molesOf, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { evaporator } from './evaporator.ts'

const brine = streamOf({ 'aqueous H2O': 50, 'aqueous Na+': 2, 'aqueous Cl-': 2 })

test('the mother liquor is saturated: 36 g/100 g for NaCl at 25 degC', () => {
  const out = run(evaporator, { in: brine }, { evaporation: 0.9, temperature: 298.15 })
  const liquor = out.outlets['mother-liquor']
  const grams = (molesOf(liquor, 'aqueous Na+') * 58.44) / (molesOf(liquor, 'aqueous H2O') * 18.015)
  expect(grams * 100).toBeCloseTo(36, 3)
  expect(molesOf(out.outlets.condensate, 'aqueous H2O')).toBeCloseTo(45, 9)
})

test('more evaporation gives more crystals; below saturation there are none', () => {
  const salt = (evaporation: number) =>
    molesOf(run(evaporator, { in: brine }, { evaporation }).outlets.crystals, 'solid NaCl')
  expect(salt(0.1)).toBe(0)
  expect(salt(0.8)).toBeGreaterThan(0.5)
  expect(salt(0.95)).toBeGreaterThan(salt(0.8))
})

test('common ions: chloride and sodium of other salts bring salt down earlier', () => {
  const mixed = streamOf({
    'aqueous H2O': 50,
    'aqueous Na+': 2,
    'aqueous Cl-': 2.5,
    'aqueous NH4+': 1.5,
    'aqueous SO4-2': 0.5,
  })
  const out = run(evaporator, { in: mixed }, { evaporation: 0.8, temperature: 353.15 })
  const plain = run(evaporator, { in: brine }, { evaporation: 0.8, temperature: 353.15 })
  const left = (r: typeof out) => molesOf(r.outlets['mother-liquor'], 'aqueous Na+')
  expect(left(out)).toBeLessThan(left(plain))
})

test('surface follows the feed', () => {
  const twice = { ...brine, flow: brine.flow.map((n) => 2 * n) }
  expect(sizeOf(evaporator, { in: twice })).toBeCloseTo(2 * sizeOf(evaporator, { in: brine }), 8)
})
