import { expect, test } from 'vitest'
import { doseError, isotherms } from '../../tools/oxalate-fit.ts'
import { bank, properties } from '../databank/index.ts'
import { oxalateElements, precipitateOxalates } from './index.ts'

const plant = properties(bank, { elements: ['Nd', 'Pr', 'Dy', 'Ca'], extractants: [] })
const nd = bank.solids.find((s) => s.id === 'Nd2(C2O4)3·10H2O')

test('the constant of Nd reproduces the doses and recoveries with the rms it states', () => {
  const value = nd?.logK.value ?? 0
  expect(nd?.logK.method).toBe('fitted')
  expect(doseError(value)).toBeLessThan(0.0115)
  expect(doseError(value)).toBeGreaterThan(0.0105)
  expect(doseError(value + 0.5)).toBeGreaterThan(doseError(value))
  expect(doseError(value - 0.5)).toBeGreaterThan(doseError(value))
})

test('elements are ordered by their isotherms', () => {
  const value = (m: string) =>
    bank.solids.find((s) => s.id === `${m}2(C2O4)3·10H2O`)?.logK.value ?? 0
  const doseAtHalf = (m: string) => {
    const [e = 1, n = 1] = isotherms[m] ?? []
    return e / Math.log(2) ** (1 / n)
  }
  const byDose = Object.keys(isotherms).sort((a, b) => doseAtHalf(a) - doseAtHalf(b))
  const byConstant = Object.keys(isotherms).sort((a, b) => value(a) - value(b))
  expect(byConstant).toEqual(byDose)
})

const liquor = (dose: number, extraAcid: number) => ({
  'Nd+3': 0.1,
  'Cl-': 0.3 + extraAcid,
  'H+': extraAcid + 0.3 * dose,
  'C2O4-2': 0.15 * dose,
})

test('more oxalic acid takes more, more acid takes less, and atoms are conserved', () => {
  const left = (dose: number, acid: number) =>
    precipitateOxalates(plant.equilibria, liquor(dose, acid)).left.Nd ?? Number.NaN
  expect(left(1.2, 0.1)).toBeLessThan(left(1, 0.1))
  expect(left(1.2, 1)).toBeGreaterThan(left(1.2, 0.1))
  const out = precipitateOxalates(plant.equilibria, liquor(1.2, 0.1))
  const solid = out.solids['Nd2(C2O4)3·10H2O'] ?? 0
  expect(2 * solid + (out.left.Nd ?? 0)).toBeCloseTo(0.1, 12)
  expect(3 * solid + out.oxalateLeft).toBeCloseTo(0.18, 12)
  expect(out.precipitated.Nd).toBeGreaterThan(0.9)
})

test('a held pH moves the recovery', () => {
  const at = (pH: number) =>
    precipitateOxalates(plant.equilibria, liquor(1.2, 0.1), pH).precipitated.Nd ?? 0
  expect(at(1.5)).toBeGreaterThan(at(0.3))
})

test('every rare earth has a labelled constant', () => {
  expect(oxalateElements(plant.equilibria)).toEqual(['Pr', 'Nd', 'Dy'])
  for (const solid of bank.solids.filter((s) => s.id.includes('2(C2O4)3'))) {
    expect(['fitted', 'interpolated', 'assumption']).toContain(solid.logK.method)
    expect(solid.logK.note).toContain('conditional')
  }
})
