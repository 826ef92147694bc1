import { expect, test } from 'vitest'
import { molesOf, reagents, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { conditioner } from './conditioner.ts'

/** A strip liquor: 0.5 M rare earth in 4 M acid, about 1 L/s. */
const strip = streamOf({
  'aqueous H2O': 48,
  'aqueous Nd+3': 0.3,
  'aqueous Dy+3': 0.2,
  'aqueous H+': 4,
  'aqueous Cl-': 5.5,
})
const inlets = { in: strip, base: reagents.caustic, water: reagents.water }

test('base brings the acid down and makes salt', () => {
  const out = run(conditioner, inlets, { rareEarth: 150 })
  expect(out.figures?.acidity?.value).toBeCloseTo(0.05, 8)
  expect(out.figures?.['rare earth']?.value).toBeCloseTo(0.15, 8)
  expect(molesOf(out.outlets.out, 'aqueous Na+')).toBeCloseTo(4 - 0.05 * (0.5 / 0.15), 6)
  const weaker = run(conditioner, inlets, { rareEarth: 150, acidity: 500 })
  expect(weaker.draws?.base).toBeLessThan(out.draws?.base ?? 0)
  expect(() => run(conditioner, { in: strip })).toThrow('infeasible at base')
})

test('boiling recovers azeotropic acid, no salt is made, and heat is spent', () => {
  const params = { method: 'evaporation', rareEarth: 150 }
  const out = run(conditioner, inlets, params)
  expect(out.figures?.acidity?.value).toBeCloseTo(0.05, 6)
  expect(molesOf(out.outlets.out, 'aqueous Na+')).toBe(0)
  expect(molesOf(out.outlets.distillate, 'aqueous H+')).toBeCloseTo(4 - 0.05 * (0.5 / 0.15), 6)
  // The distillate cannot be stronger than the azeotrope, about 6.1 mol/L.
  expect(out.figures?.['recovered acid']?.value).toBeLessThan(6.2)
  const harder = run(conditioner, inlets, { ...params, acidity: 10 })
  const watts = (r: typeof out) => (r.heat !== undefined && 'watts' in r.heat ? r.heat.watts : 0)
  expect(harder.figures?.['water evaporated']?.value).toBeGreaterThan(
    out.figures?.['water evaporated']?.value ?? 0,
  )
  if (watts(out) > 0) expect(watts(harder)).toBeGreaterThan(watts(out))
})

test('dialysis: more membrane takes more acid, and leaks more rare earth', () => {
  const at = (membraneArea: number) =>
    run(conditioner, inlets, { method: 'dialysis', membraneArea, waterRatio: 1 })
  expect(at(1000).figures?.acidity?.value).toBeLessThan(at(200).figures?.acidity?.value ?? 0)
  const leak = at(1000).figures?.['rare earth with the acid']?.value ?? 0
  expect(leak).toBeGreaterThan(at(200).figures?.['rare earth with the acid']?.value ?? 1)
  expect(leak).toBeLessThan(0.2)
  // 500 m2 at 2e-6 m/s over about 1e-3 m3/s is one transfer unit: half of the acid passes.
  const one = at(500)
  const acid = molesOf(one.outlets.distillate, 'aqueous H+') / 4
  expect(Math.abs(acid - 0.5)).toBeLessThan(0.03)
  expect(at(200).warnings?.[0]?.code).toBe('acidity-not-reached')
  const trimmed = run(conditioner, inlets, { method: 'dialysis', membraneArea: 500, trim: true })
  expect(trimmed.figures?.acidity?.value).toBeCloseTo(0.05, 6)
})

test('without a membrane area the target sizes it', () => {
  const out = run(conditioner, inlets, { method: 'dialysis', acidity: 1000, waterRatio: 1 })
  expect(out.figures?.['membrane area']?.value).toBeGreaterThan(500)
})

test('sizes follow the flow', () => {
  const twice = { ...inlets, in: { ...strip, flow: strip.flow.map((n) => 2 * n) } }
  for (const method of ['base', 'evaporation', 'dialysis']) {
    const params = { method }
    expect(sizeOf(conditioner, twice, params)).toBeCloseTo(
      2 * sizeOf(conditioner, inlets, params),
      8,
    )
  }
})
