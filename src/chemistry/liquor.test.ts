import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bank, properties } from '../databank/index.ts'
import {
  aqueousDensity,
  aqueousVolume,
  molarities,
  organicVolume,
  settleAcidBase,
  solidVolume,
  streamPH,
  waterDensity,
} from './index.ts'

const plant = properties(bank, { elements: ['Nd', 'La', 'Dy', 'Fe'], extractants: ['PC88A'] })
const table = plant.species
const water = 1 / 0.018015

function liquor(moles: Readonly<Record<string, number>>): Float64Array {
  const flow = new Float64Array(table.species.length)
  flow[table.index('aqueous', 'H2O')] = water
  for (const [id, n] of Object.entries(moles)) flow[table.index('aqueous', id)] = n
  return flow
}
const density = (moles: Readonly<Record<string, number>>, celsius: number) =>
  aqueousDensity(table, liquor(moles), 273.15 + celsius) ?? 0

test('water', () => {
  expect(waterDensity(298.15)).toBeCloseTo(997.045, 2)
  expect(waterDensity(277.13)).toBeCloseTo(999.972, 2)
})

test('hydrochloric acid at 25 degC (advancedthermo.com)', () => {
  const table25 = { 0.5: 1005.83, 1: 1014.2, 2: 1030.08, 4: 1059.05, 6: 1084.85 }
  for (const [m, rho] of Object.entries(table25)) {
    expect(Math.abs(density({ 'H+': Number(m), 'Cl-': Number(m) }, 25) - rho)).toBeLessThan(0.6)
  }
})

test('sodium chloride at 20 degC (Poradnik fizykochemiczny)', () => {
  const percent = { 2: 1012.2, 6: 1041.3, 10: 1070.7, 20: 1147.8, 26: 1197.2 }
  for (const [w, rho] of Object.entries(percent)) {
    const m = (Number(w) / (100 - Number(w))) * (1000 / 58.44)
    expect(Math.abs(density({ 'Na+': m, 'Cl-': m }, 20) / rho - 1)).toBeLessThan(0.002)
  }
})

test('sulfuric acid at 20 degC (engineeringtoolbox.com), to which bisulfate was fitted', () => {
  const percent = { 10: 1066.1, 20: 1139.8, 30: 1219.1, 40: 1302.8, 50: 1395.2, 70: 1610.5 }
  for (const [w, rho] of Object.entries(percent)) {
    const m = (Number(w) / (100 - Number(w))) * (1000 / 98.08)
    expect(Math.abs(density({ 'H+': 2 * m, 'SO4-2': m }, 20) / rho - 1)).toBeLessThan(0.007)
  }
})

test('rare earth brines are not additive: apparent volumes grow with concentration', () => {
  // Pitzer volume fits, worked by hand: V0 + 4*3*1.875/2.4 ln(1 + 1.2 sqrt I) + 6 RT (...).
  const apparent = (id: string, m: number) =>
    (aqueousVolume(table, liquor({ [id]: m, 'Cl-': 3 * m }), 298.15) - 1 / waterDensity(298.15)) *
    (1e6 / m)
  expect(apparent('La+3', 0.5)).toBeCloseTo(24.32, 1)
  expect(apparent('La+3', 2)).toBeCloseTo(32.66, 1)
  expect(apparent('Nd+3', 1)).toBeCloseTo(22.95, 1)
  expect(apparent('Nd+3', 1)).toBeGreaterThan(apparent('Nd+3', 0.1) + 3)
  expect(density({ 'Nd+3': 1, 'Cl-': 3 }, 25)).toBeGreaterThan(1200)
})

test('volume grows with every solute that has one and stays finite at any strength', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 600, noNaN: true }), { minLength: 5, maxLength: 5 }),
      ([h = 0, cl = 0, nd = 0, na = 0, so4 = 0]) => {
        const flow = liquor({ 'H+': h, 'Cl-': cl, 'Nd+3': nd, 'Na+': na, 'SO4-2': so4 })
        const volume = aqueousVolume(table, flow, 298.15)
        expect(Number.isFinite(volume)).toBe(true)
        const double = flow.map((n) => 2 * n)
        expect(aqueousVolume(table, double, 298.15)).toBeCloseTo(2 * volume, 9)
      },
    ),
  )
})

test('organic volumes are additive and loading changes them not', () => {
  const free = new Float64Array(table.species.length)
  const loaded = new Float64Array(table.species.length)
  free[table.index('organic', 'diluent')] = 10
  free[table.index('organic', 'PC88A')] = 3
  loaded.set(free)
  loaded[table.index('organic', 'PC88A')] = 0
  loaded[table.index('organic', 'Nd(PC88A)3')] = 1
  expect(organicVolume(table, free)).toBeCloseTo((10 * 0.170335) / 750 + (3 * 0.306424) / 955, 6)
  expect(organicVolume(table, loaded)).toBeCloseTo(organicVolume(table, free), 12)
})

test('solids without a density are named', () => {
  const flow = new Float64Array(table.species.length)
  flow[table.index('solid', 'unassigned')] = 1000
  expect(solidVolume(table, flow)).toMatchObject({ missing: ['unassigned'], unknownMass: 1 })
})

test('settling leaves no pair that would react and conserves atoms and charge', () => {
  const ids = ['H+', 'OH-', 'NH3', 'NH4+', 'CO2', 'HCO3-', 'CO3-2']
  const amount = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 10, noNaN: true }))
  fc.assert(
    fc.property(fc.tuple(...ids.map(() => amount)), (amounts) => {
      const flow = liquor(Object.fromEntries(ids.map((id, i) => [id, amounts[i] ?? 0])))
      const out = settleAcidBase(table, flow)
      const n = (id: string) => out[table.index('aqueous', id)] ?? Number.NaN
      const together = (one: string, others: readonly string[]) =>
        others.some((other) => n(one) > 0 && n(other) > 0)
      expect(together('H+', ['OH-', 'NH3', 'CO3-2', 'HCO3-'])).toBe(false)
      expect(together('OH-', ['NH4+', 'CO2', 'HCO3-'])).toBe(false)
      expect(Math.min(...out)).toBeGreaterThanOrEqual(0)
      const columns = table.elements.length
      const sum = (v: Float64Array, weight: (row: number) => number) =>
        v.reduce((total, x, row) => total + x * weight(row), 0)
      for (let e = 0; e < columns; e++) {
        const weight = (row: number) => table.composition[row * columns + e] ?? 0
        expect(Math.abs(sum(out, weight) - sum(flow, weight))).toBeLessThan(1e-11)
      }
      const charge = (row: number) => table.charge[row] ?? 0
      expect(Math.abs(sum(out, charge) - sum(flow, charge))).toBeLessThan(1e-12 * 40)
    }),
  )
})

test('pH of streams', () => {
  expect(streamPH(plant, liquor({ 'H+': 0.1, 'Cl-': 0.1 }), 298.15)).toBeCloseTo(1.1, 1)
  expect(streamPH(plant, liquor({ 'OH-': 1e-3, 'Na+': 1e-3 }), 298.15)).toBeCloseTo(11, 1)
  expect(streamPH(plant, new Float64Array(table.species.length), 298.15)).toBeUndefined()
  expect(molarities(table, liquor({ 'Na+': 1, 'Cl-': 1 }), 298.15)['Na+']).toBeCloseTo(0.979, 3)
})
