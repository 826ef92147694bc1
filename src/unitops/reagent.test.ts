import { describe, expect, test } from 'vitest'
import { inputOf, magnetPlant, molesOf } from '../../test/unitops/rig.ts'
import { aqueousVolume } from '../chemistry/index.ts'
import { reagent } from './reagent.ts'

const table = magnetPlant.species
function made(params: Record<string, unknown>) {
  const result = reagent.steady(inputOf(reagent, {}, params))
  if (!result.ok) throw new Error(`${result.at}: ${result.detail}`)
  const out = result.outlets['out']
  const mass = out?.flow.reduce((m, n, i) => m + n * (table.molarMass[i] as number), 0)
  expect(mass).toBeCloseTo(1, 12)
  const charge = table
    .inPhase('aqueous')
    .reduce((z, i) => z + (out?.flow[i] ?? 0) * (table.charge[i] as number), 0)
  expect(charge).toBeCloseTo(0, 12)
  return out
}

describe('reagent', () => {
  test('32 % HCl is H+, Cl- and water', () => {
    const out = made({ species: { HCl: 0.32 } })
    expect(molesOf(out, 'aqueous Cl-') * 0.03646).toBeCloseTo(0.32, 4)
    expect(molesOf(out, 'aqueous H+')).toBe(molesOf(out, 'aqueous Cl-'))
    expect(molesOf(out, 'aqueous H2O') * 0.018015).toBeCloseTo(0.68, 4)
  })

  test('molecular reagents become components', () => {
    const acid = made({ species: { H2C2O4: 0.08 } })
    expect(molesOf(acid, 'aqueous H+')).toBeCloseTo(2 * molesOf(acid, 'aqueous C2O4-2'), 12)
    const soda = made({ species: { Na2CO3: 0.1 } })
    expect(molesOf(soda, 'aqueous Na+')).toBeCloseTo(2 * molesOf(soda, 'aqueous CO3-2'), 12)
    expect(molesOf(made({ species: { 'Ca(OH)2': 0.1 } }), 'solid Ca(OH)2')).toBeGreaterThan(1)
    expect(molesOf(made({ species: {} }), 'aqueous H2O')).toBeCloseTo(55.51, 2)
  })

  test('a concentration is met at the density of the liquor', () => {
    const out = made({ concentration: { HCl: 6000 } })
    const volume = aqueousVolume(table, out?.flow ?? new Float64Array(), 298.15)
    expect(molesOf(out, 'aqueous Cl-') / volume).toBeCloseTo(6000, 6)
  })

  test('air is dry air with its argon', () => {
    const out = made({ state: 'gas', species: { air: 1 } })
    const moles = ['N2', 'O2', 'Ar'].map((id) => molesOf(out, `gas ${id}`))
    const sum = moles.reduce((a, b) => a + b, 0)
    expect((moles[1] ?? 0) / sum).toBeCloseTo(0.2095, 3)
    expect((moles[2] ?? 0) / sum).toBeCloseTo(0.0093, 3)
  })

  test('an organic is made up to its molarity', () => {
    const out = made({ state: 'organic', extractant: 'PC88A', molarity: 1000 })
    expect(molesOf(out, 'organic PC88A')).toBeGreaterThan(0.9)
    expect(molesOf(out, 'organic diluent')).toBeGreaterThan(1)
  })

  test('what cannot be made is refused', () => {
    const bad = (params: Record<string, unknown>) => reagent.steady(inputOf(reagent, {}, params))
    expect(bad({ species: { HCl: 0.7, NaOH: 0.5 } })).toMatchObject({ ok: false, at: 'species' })
    expect(bad({ species: { HBr: 0.1 } })).toMatchObject({ ok: false, at: 'species.HBr' })
    expect(bad({ state: 'gas', species: { O2: 0.5 } }).ok).toBe(false)
    expect(bad({ state: 'organic', extractant: 'PC88A', molarity: 9000 }).ok).toBe(false)
  })
})
