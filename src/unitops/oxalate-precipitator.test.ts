import { expect, test } from 'vitest'
import { molesOf, reagentOf, reagents, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { oxalatePrecipitator } from './oxalate-precipitator.ts'

/** 0.2 M rare earth chloride with impurities, about 1 L/s. */
const liquor = (acid: number, sodium = 0.2) =>
  streamOf({
    'aqueous H2O': 55,
    'aqueous Nd+3': 0.15,
    'aqueous Dy+3': 0.05,
    'aqueous Fe+2': 0.01,
    'aqueous Co+2': 0.01,
    'aqueous Ca+2': 0.002,
    'aqueous Na+': sodium,
    'aqueous H+': acid,
    'aqueous Cl-': 0.6 + 0.044 + sodium + acid,
  })
const inlets = { in: liquor(0.05), oxalic: reagents.oxalic }
const recovery = (in_: ReturnType<typeof liquor>, params: Readonly<Record<string, unknown>> = {}) =>
  run(oxalatePrecipitator, { in: in_, oxalic: reagents.oxalic, base: reagents.ammonia }, params)
    .figures?.['rare earth precipitated']?.value ?? 0

test('more oxalic acid precipitates more, more acid less', () => {
  expect(recovery(liquor(0.05), { excess: 0.8 })).toBeLessThan(0.82)
  expect(recovery(liquor(0.05), { excess: 1.4 })).toBeGreaterThan(0.95)
  expect(recovery(liquor(3))).toBeLessThan(recovery(liquor(0.05)))
  expect(recovery(liquor(0.05), { residenceTime: 60 })).toBeLessThan(0.8)
})

test('the acid is set free, and base set to a pH helps', () => {
  const out = run(oxalatePrecipitator, inlets)
  // 3 H+ per rare earth, and two with each mole of oxalic acid left over.
  expect(molesOf(out.outlets.out, 'aqueous H+')).toBeGreaterThan(0.6)
  const base = { ...inlets, in: liquor(1), base: reagents.ammonia }
  const adjusted = run(oxalatePrecipitator, base, { pH: 1.5 })
  expect(adjusted.draws?.base).toBeGreaterThan(0)
  expect(adjusted.figures?.['pH before oxalic acid']?.value).toBeCloseTo(1.5, 8)
  const held = run(oxalatePrecipitator, base, { pH: 1.5, hold: true })
  expect(held.draws?.base).toBeGreaterThan(adjusted.draws?.base ?? 0)
  // Double oxalates and iron fall after the tank is in balance and move its pH a little.
  expect(held.figures?.pH?.value).toBeCloseTo(1.5, 1)
  expect(() => run(oxalatePrecipitator, inlets, { pH: 4 })).toThrow('infeasible at base')
})

test('impurities: iron in part, cobalt not unless stated, sodium by its concentration', () => {
  const out = run(oxalatePrecipitator, inlets, { excess: 1.4 })
  const iron = molesOf(out.outlets.out, 'solid FeC2O4·2H2O') / 0.01
  expect(iron).toBeGreaterThan(0.03)
  expect(iron).toBeLessThan(0.12)
  expect(molesOf(out.outlets.out, 'solid CoC2O4·2H2O')).toBe(0)
  const stated = run(oxalatePrecipitator, inlets, { coprecipitation: { Co: 0.01 } })
  expect(molesOf(stated.outlets.out, 'solid CoC2O4·2H2O')).toBeGreaterThan(0)
  const salty = run(oxalatePrecipitator, { ...inlets, in: liquor(0.05, 1) })
  const double = (r: typeof out) => molesOf(r.outlets.out, 'solid NaNd(C2O4)2·H2O')
  expect(double(salty)).toBeGreaterThan(3 * double(out))
})

test('solid oxalic acid serves too; the draw is stoichiometric', () => {
  const solid = reagentOf({ 'solid H2C2O4·2H2O': 1 })
  const out = run(oxalatePrecipitator, { in: liquor(0.05), oxalic: solid }, { excess: 1.3 })
  const drawn = (out.draws?.oxalic ?? 0) * molesOf(solid, 'solid H2C2O4·2H2O')
  expect(drawn).toBeCloseTo(1.3 * 1.5 * 0.2, 10)
})

test('tank volume follows the flow', () => {
  const twice = { ...inlets, in: { ...inlets.in, flow: inlets.in.flow.map((n) => 2 * n) } }
  const single = sizeOf(oxalatePrecipitator, inlets)
  expect(sizeOf(oxalatePrecipitator, twice)).toBeCloseTo(2 * single, 6)
})
