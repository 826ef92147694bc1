import { describe, expect, test } from 'vitest'
import { inputOf, molesOf, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { discharge } from './discharge.ts'
import { heatExchanger } from './heat-exchanger.ts'
import { bondEnergy, mill } from './mill.ts'
import { mixer } from './mixer.ts'
import { pump } from './pump.ts'
import { splitter } from './splitter.ts'
import { tank } from './tank.ts'

const brine = { 'aqueous H2O': 55, 'aqueous Na+': 1, 'aqueous Cl-': 1 }
const twice = Object.fromEntries(Object.entries(brine).map(([k, n]) => [k, 2 * n]))
const one = { in: streamOf(brine) }
const two = { in: streamOf(twice) }

test('a mixer passes what arrives mixed', () => {
  expect(molesOf(run(mixer, one).outlets['out'], 'aqueous Na+')).toBe(1)
  expect(sizeOf(mixer, two)).toBeCloseTo(2 * sizeOf(mixer, one), 9)
})

describe('splitter', () => {
  test('divides by its fractions, the rest to the remainder', () => {
    const { outlets } = run(splitter, one, { outlets: { bleed: 0.1, recycle: 0.6 } })
    expect(molesOf(outlets['bleed'], 'aqueous Na+')).toBeCloseTo(0.1, 12)
    expect(molesOf(outlets['remainder'], 'aqueous Na+')).toBeCloseTo(0.3, 12)
  })
  test('fractions that add up to one leave exactly nothing', () => {
    const { outlets } = run(splitter, one, { outlets: { a: 0.7, b: 0.2, c: 0.1 } })
    expect(molesOf(outlets['remainder'], 'aqueous Na+')).toBe(0)
  })
  test('more than one is refused', () => {
    expect(splitter.steady(inputOf(splitter, one, { outlets: { a: 0.7, b: 0.5 } })).ok).toBe(false)
  })
})

test('a tank doubles with its flow and with its residence time', () => {
  expect(sizeOf(tank, two)).toBeCloseTo(2 * sizeOf(tank, one), 9)
  expect(sizeOf(tank, one, { residenceTime: 57_600 })).toBeCloseTo(2 * sizeOf(tank, one), 9)
})

test('pump power is flow x pressure / efficiency', () => {
  const result = run(pump, one, { pressureRise: 3e5, efficiency: 0.5 })
  const flow = result.figures?.['volume flow']?.value ?? 0
  expect(result.power).toBeCloseTo((flow * 3e5) / 0.5, 9)
  expect(flow).toBeGreaterThan(9e-4)
})

test('heating asks for heat, cooling gives it, and area follows the duty', () => {
  const hot = run(heatExchanger, one, { temperature: 353.15 })
  const cold = run(heatExchanger, one, { temperature: 283.15 })
  const check = (r: typeof hot, low: number, high: number) => {
    if (r.heat === undefined || 'unknown' in r.heat) throw new Error(r.heat?.unknown)
    expect(r.heat.watts).toBeGreaterThan(low)
    expect(r.heat.watts).toBeLessThan(high)
  }
  // About 1 kg/s of water through 55 K.
  check(hot, 2.0e5, 2.6e5)
  check(cold, -1e5, 0)
  expect(sizeOf(heatExchanger, two, { temperature: 353.15 })).toBeCloseTo(
    2 * sizeOf(heatExchanger, one, { temperature: 353.15 }),
    6,
  )
})

describe('mill', () => {
  const magnets = { in: { ...streamOf({ 'solid Fe': 10, 'solid Nd': 2 }), particleSize: 5e-3 } }
  test('Bond: from infinite size to 100 um takes the work index', () => {
    expect(bondEnergy(36_000, Infinity, 100e-6)).toBeCloseTo(36_000, 6)
  })
  test('finer takes more energy; without a work index power is unknown', () => {
    const power = (size: number) => run(mill, magnets, { size, workIndex: 36_000 }).power ?? 0
    expect(power(20e-6)).toBeGreaterThan(power(74e-6))
    expect(run(mill, magnets, { size: 74e-6 }).power).toBeUndefined()
    expect(run(mill, magnets, { size: 74e-6 }).outlets['out']?.particleSize).toBe(74e-6)
  })
})

describe('discharge', () => {
  const effluent = {
    in: streamOf({ 'aqueous H2O': 55.5, 'aqueous Co+2': 1e-3, 'aqueous Cl-': 2e-3 }),
  }
  test('a limit that is passed is a warning of the first rank', () => {
    const dirty = run(discharge, effluent, { limits: { Co: 1e-3, Nd: 1e-3 } })
    expect(dirty.warnings).toMatchObject([{ rank: 1, code: 'limit-passed' }])
    expect(dirty.figures?.['Co']?.value).toBeCloseTo(0.0589, 3)
    expect(run(discharge, effluent, { limits: { Co: 0.1 } }).warnings).toEqual([])
  })
  test('pH and organic carbon are figures', () => {
    const acid = {
      in: streamOf({
        'aqueous H2O': 55.5,
        'aqueous H+': 0.02,
        'aqueous Cl-': 0.018,
        'aqueous C2O4-2': 0.001,
      }),
    }
    const result = run(discharge, acid, { pHMin: 6, pHMax: 9, limits: { TOC: 1e-3 } })
    expect(result.figures?.['pH']?.value).toBeCloseTo(1.75, 0)
    expect(result.figures?.['TOC']?.value).toBeCloseTo(0.024, 3)
    expect(result.warnings?.map((w) => w.code)).toEqual(['limit-passed', 'pH-outside-limits'])
  })
})
