import { expect, test } from 'vitest'
import { molesOf, reagents, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { precipitator } from './precipitator.ts'

/** A leach liquor: 0.3 M rare earth, some iron, in about 1 L/s. */
const liquor = (more: Readonly<Record<string, number>> = {}) => {
  const ions: Record<string, number> = {
    'aqueous Nd+3': 0.25,
    'aqueous Dy+3': 0.05,
    'aqueous Fe+2': 0.05,
    'aqueous Fe+3': 0.05,
    'aqueous Al+3': 0.02,
    'aqueous Co+2': 0.01,
    'aqueous H+': 0.1,
    ...more,
  }
  const chloride =
    3 * (0.3 + (ions['aqueous Fe+3'] ?? 0) + 0.02) +
    2 * ((ions['aqueous Fe+2'] ?? 0) + 0.01) +
    (ions['aqueous H+'] ?? 0)
  return streamOf({ ...ions, 'aqueous Cl-': chloride, 'aqueous H2O': 55 })
}
const inlets = { in: liquor(), base: reagents.caustic, oxidant: reagents.peroxide }

test('iron and aluminium fall at pH 5, rare earths and cobalt stay', () => {
  const out = run(precipitator, inlets, { pH: 5 })
  expect(out.figures?.pH?.value).toBeCloseTo(5, 8)
  const solids = out.outlets.out
  expect(molesOf(solids, 'solid Fe(OH)3')).toBeGreaterThan(0.095)
  expect(molesOf(solids, 'solid Al(OH)3')).toBeGreaterThan(0.015)
  expect(molesOf(solids, 'aqueous Co+2')).toBe(0.01)
  const lost = out.figures?.['rare earth lost']?.value ?? 1
  expect(lost).toBeGreaterThan(0)
  expect(lost).toBeLessThan(0.005)
})

test('a higher pH loses more rare earth, dysprosium before neodymium', () => {
  const at = (pH: number) => {
    const { figures } = run(precipitator, inlets, { pH, form: 'crystalline' })
    return { nd: figures?.['Nd lost']?.value ?? 0, dy: figures?.['Dy lost']?.value ?? 0 }
  }
  const low = at(4.5)
  const high = at(6.6)
  expect(high.dy).toBeGreaterThan(0.3)
  expect(high.dy).toBeGreaterThan(high.nd)
  expect(low.nd).toBeLessThan(high.nd)
})

test('more oxidant and more time oxidise more ferrous iron; air does nothing in acid', () => {
  const share = (params: Readonly<Record<string, unknown>>, oxidant = reagents.peroxide) =>
    run(precipitator, { ...inlets, oxidant }, params).figures?.['ferrous iron oxidised']?.value ?? 0
  expect(share({ oxidantExcess: 0.5 })).toBeLessThan(0.51)
  expect(share({ oxidantExcess: 1.2 })).toBeGreaterThan(0.99)
  expect(share({ residenceTime: 6 })).toBeLessThan(share({ residenceTime: 3600 }))
  expect(share({}, reagents.air)).toBeLessThan(1e-3)
  expect(share({ pH: 7.5, oxidantExcess: 5 }, reagents.air)).toBeGreaterThan(0.9)
})

test('short of time the precipitation does not come to its end', () => {
  const iron = (residenceTime: number) =>
    molesOf(run(precipitator, inlets, { residenceTime }).outlets.out, 'solid Fe(OH)3')
  expect(iron(60)).toBeLessThan(0.8 * iron(3600))
})

test('more acid draws more base; ammonia and lime serve too; without base it is refused', () => {
  const draw = (in_: ReturnType<typeof liquor>, base = reagents.caustic) =>
    run(precipitator, { ...inlets, in: in_, base }).draws?.base ?? 0
  const more = draw(liquor({ 'aqueous H+': 0.5 })) - draw(liquor())
  // 0.4 mol of acid takes 0.4 mol of caustic.
  expect(more * molesOf(reagents.caustic, 'aqueous OH-')).toBeCloseTo(0.4, 3)
  expect(draw(liquor(), reagents.ammonia)).toBeGreaterThan(0)
  expect(draw(liquor(), reagents.lime)).toBeGreaterThan(0)
  expect(() => run(precipitator, { in: liquor() })).toThrow('infeasible at base')
})

test('a warm start gives the same answer', () => {
  const cold = run(precipitator, inlets)
  const warm = run(precipitator, inlets, {}, cold.memory)
  expect(warm.draws?.base).toBeCloseTo(cold.draws?.base ?? 0, 10)
})

test('tank volume follows the flow', () => {
  const twice = { ...inlets, in: { ...inlets.in, flow: inlets.in.flow.map((n) => 2 * n) } }
  expect(sizeOf(precipitator, twice)).toBeCloseTo(2 * sizeOf(precipitator, inlets), 6)
})
