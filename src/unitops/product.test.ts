import { expect, test } from 'vitest'
import { magnetPlant, run, streamOf } from '../../test/unitops/rig.ts'
import { product } from './product.ts'

const table = magnetPlant.species
const kilograms = (amounts: Readonly<Record<string, number>>) =>
  streamOf(
    Object.fromEntries(
      Object.entries(amounts).map(([id, kg]) => [
        `solid ${id}`,
        kg / (table.molarMass[table.index('solid', id)] as number),
      ]),
    ),
  )

test('three purities, each by its own definition', () => {
  const oxide = kilograms({ Nd2O3: 98, Pr6O11: 1, Dy2O3: 0.5, Fe2O3: 0.3, NaCl: 0.2 })
  const report = run(product, { in: oxide }, { elements: ['Nd'] }).product
  expect(report?.purity.reoOfTreo).toBeCloseTo(98 / 99.5, 12)
  expect(report?.purity.treoInProduct).toBeCloseTo(0.995, 12)
  expect(report?.purity.oxideInProduct).toBeCloseTo(0.98, 12)
  expect(report?.impurities.Pr6O11).toBeCloseTo(0.01, 12)
  expect(report?.impurities.Fe2O3).toBeCloseTo(0.003, 12)
  expect(report?.impurities.Cl).toBeCloseTo((0.002 * 35.45) / 58.44, 6)
  expect(report?.specification).toBe('none')
})

test('sesquioxide is counted as the oxide of the trade', () => {
  const asIs = run(product, { in: kilograms({ Tb4O7: 1 }) }, { elements: ['Tb'] }).product
  expect(asIs?.purity.oxideInProduct).toBeCloseTo(1, 12)
  const lower = run(product, { in: kilograms({ Tb2O3: 1 }) }, { elements: ['Tb'] }).product
  expect(lower?.purity.oxideInProduct).toBeCloseTo(747.697 / 731.698, 4)
})

test('didymium: purity, share and impurities against the specification', () => {
  const oxide = kilograms({ Nd2O3: 76, Pr6O11: 23.9, La2O3: 0.1 })
  const specification = {
    reoOfTreo: 0.998,
    share: { Nd: 0.75 },
    impurities: { La2O3: 0.002, Fe: 0.001 },
    lossOnIgnition: 0.01,
  }
  const good = run(product, { in: oxide }, { elements: ['Nd', 'Pr'], specification }).product
  expect(good?.specification).toBe('met')
  const poor = run(
    product,
    { in: kilograms({ Nd2O3: 70, Pr6O11: 29, La2O3: 0.5, Fe2O3: 0.5 }) },
    { elements: ['Nd', 'Pr'], specification },
  )
  expect(poor.product?.specification).toBe('not met')
  expect(poor.product?.shortfalls).toHaveLength(4)
  expect(poor.warnings?.[0]?.code).toBe('off-specification')
})

test('undecomposed carbonate is loss on ignition', () => {
  const oxide = kilograms({ Nd2O3: 99, 'Nd2(CO3)3': 1 })
  const out = run(
    product,
    { in: oxide },
    { elements: ['Nd'], specification: { lossOnIgnition: 0.001 } },
  )
  expect(out.figures?.['loss on ignition']?.value).toBeCloseTo((0.01 * 132.03) / 468.51, 4)
  expect(out.product?.specification).toBe('not met')
})

test('an element that the plant does not have is refused', () => {
  expect(() => run(product, { in: kilograms({ Nd2O3: 1 }) }, { elements: ['Fe'] })).toThrow('Fe')
})
