import { expect, test } from 'vitest'
import { molesOf, reagents, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { acidRecovery } from './acid-recovery.ts'

/** Mother liquor of oxalate precipitation: 1.65 M HCl, 0.19 M oxalic acid, about 1 L/s. */
const spent = streamOf({
  'aqueous H2O': 53,
  'aqueous H+': 1.65 + 0.38,
  'aqueous Cl-': 1.65,
  'aqueous C2O4-2': 0.19,
  'aqueous B(OH)3': 0.01,
})

test('distillation: the acid cut is near azeotropic, the water before it leaves apart', () => {
  const out = run(acidRecovery, { in: spent }, { cuts: 'separate', evaporation: 0.97 })
  const strength = out.figures?.['recovered acid']?.value ?? 0
  expect(strength).toBeGreaterThan(5.5)
  expect(strength).toBeLessThan(6.3)
  // Published: 330 mL of 5 mol/L from a litre, which is the whole 1.65 mol.
  expect(molesOf(out.outlets.acid, 'aqueous H+')).toBeGreaterThan(1.2)
  expect(molesOf(out.outlets.condensate, 'aqueous H+')).toBe(0)
  expect(molesOf(out.outlets.residue, 'solid H2C2O4·2H2O')).toBeGreaterThan(0.1)
})

test('more boiling recovers more acid; dialysis more with more membrane', () => {
  const boiled = (evaporation: number) =>
    run(acidRecovery, { in: spent }, { evaporation }).figures?.['share of acid recovered']?.value ??
    0
  expect(boiled(0.5)).toBeLessThan(boiled(0.9))
  const passed = (membraneArea: number) =>
    run(acidRecovery, { in: spent, water: reagents.water }, { method: 'dialysis', membraneArea })
      .figures?.['share of acid recovered']?.value ?? 0
  expect(passed(100)).toBeLessThan(passed(800))
})

test('size follows the flow', () => {
  const twice = { ...spent, flow: spent.flow.map((n) => 2 * n) }
  expect(sizeOf(acidRecovery, { in: twice })).toBeCloseTo(
    2 * sizeOf(acidRecovery, { in: spent }),
    8,
  )
})
