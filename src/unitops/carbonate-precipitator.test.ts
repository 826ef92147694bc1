import { expect, test } from 'vitest'
import { molesOf, reagentOf, reagents, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { carbonatePrecipitator } from './carbonate-precipitator.ts'

const liquor = (acid: number) =>
  streamOf({
    'aqueous H2O': 55,
    'aqueous Nd+3': 0.1,
    'aqueous H+': acid,
    'aqueous Cl-': 0.3 + acid,
  })
const bicarbonate = reagentOf({ 'aqueous NH4+': 1, 'aqueous HCO3-': 1, 'aqueous H2O': 40 })

test('the dose moves what falls; free acid eats carbonate and gives CO2', () => {
  const at = (dose: number, acid = 0.01, carbonate = reagents.soda) =>
    run(carbonatePrecipitator, { in: liquor(acid), carbonate }, { dose })
  const recovered = (dose: number, acid = 0.01) =>
    at(dose, acid).figures?.['rare earth precipitated']?.value ?? 0
  expect(recovered(0.5)).toBeGreaterThan(0.4)
  expect(recovered(0.5)).toBeLessThan(0.55)
  expect(recovered(1.3)).toBeGreaterThan(0.95)
  expect(recovered(1, 0.15)).toBeLessThan(recovered(1, 0.01))
  expect(molesOf(at(1.3, 0.3).outlets.offgas, 'gas CO2')).toBeGreaterThan(0.05)
  const bi = at(2.5, 0.01, bicarbonate)
  expect(molesOf(bi.outlets.out, 'solid Nd2(CO3)3·8H2O')).toBeGreaterThan(0.045)
  expect(molesOf(bi.outlets.offgas, 'gas CO2')).toBeGreaterThan(0.08)
})

test('cobalt falls as its carbonate where the dose counts it', () => {
  const cobalt = streamOf({
    'aqueous H2O': 55,
    'aqueous Co+2': 0.5,
    'aqueous Na+': 1,
    'aqueous H+': 0.001,
    'aqueous Cl-': 2.001,
  })
  const at = (dose: number, dosedOn: 'rare-earth' | 'all-metals') =>
    run(carbonatePrecipitator, { in: cobalt, carbonate: reagents.soda }, { dose, dosedOn })
  expect(at(1.1, 'rare-earth').draws?.['carbonate']).toBe(0)
  expect(molesOf(at(0.5, 'all-metals').outlets.out, 'solid CoCO3')).toBeCloseTo(0.25, 2)
  const most = at(1.1, 'all-metals')
  expect(molesOf(most.outlets.out, 'solid CoCO3')).toBeGreaterThan(0.48)
  expect(most.figures?.['metal precipitated']?.value).toBeGreaterThan(0.97)
})

test('tank volume follows the flow', () => {
  const inlets = { in: liquor(0.01), carbonate: reagents.soda }
  const twice = { ...inlets, in: { ...inlets.in, flow: inlets.in.flow.map((n) => 2 * n) } }
  const single = sizeOf(carbonatePrecipitator, inlets)
  expect(sizeOf(carbonatePrecipitator, twice)).toBeCloseTo(2 * single, 8)
})
