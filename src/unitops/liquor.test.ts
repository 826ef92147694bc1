import { describe, expect, test } from 'vitest'
import { inputOf, magnetPlant, molesOf } from '../../test/unitops/rig.ts'
import { aqueousVolume, streamPH } from '../chemistry/index.ts'
import { liquor } from './liquor.ts'

const table = magnetPlant.species
const flow = 1e-3
/** mol/m3 of what is dissolved, in a liquor of these concentrations. */
function made(concentration: Readonly<Record<string, number>>) {
  const result = liquor.steady(inputOf(liquor, {}, { flow, concentration }))
  if (!result.ok) throw new Error(`${result.at}: ${result.detail}`)
  const { out } = result.outlets
  if (out === undefined) throw new Error('no outlet')
  const charge = table
    .inPhase('aqueous')
    .reduce((z, i) => z + (out.flow[i] as number) * (table.charge[i] as number), 0)
  expect(charge).toBeCloseTo(0, 12)
  const of = (id: string) => molesOf(out, `aqueous ${id}`) / flow
  return { out, of, figures: result.figures }
}

describe('liquor', () => {
  test('chlorides as sold become ions at the stated volume flow', () => {
    const { out, of, figures } = made({ NdCl3: 200, PrCl3: 50, HCl: 50, NaCl: 10 })
    expect(of('Nd+3')).toBeCloseTo(200, 9)
    expect(of('Pr+3')).toBeCloseTo(50, 9)
    expect(of('H+')).toBeCloseTo(50, 9)
    expect(of('Cl-')).toBeCloseTo(3 * 250 + 50 + 10, 9)
    expect(aqueousVolume(table, out.flow, 298.15)).toBeCloseTo(flow, 12)
    expect(figures?.['rare earth']?.value).toBeCloseTo(250, 9)
    const oxide = figures?.['rare earth oxide at full recovery']?.value
    expect(oxide).toBeCloseTo(flow * (0.2 * 336.482 * 0.5 + (0.05 / 6) * 1021.437), 6)
    expect(figures?.['pH']?.value).toBeCloseTo(
      streamPH(magnetPlant, out.flow, 298.15) ?? Number.NaN,
      9,
    )
  })

  test.each([
    ['FeCl2', { 'Fe+2': 1, 'Cl-': 2 }],
    ['FeCl3', { 'Fe+3': 1, 'Cl-': 3 }],
    ['AlCl3', { 'Al+3': 1, 'Cl-': 3 }],
    ['CoCl2', { 'Co+2': 1, 'Cl-': 2 }],
    ['DyCl3·6H2O', { 'Dy+3': 1, 'Cl-': 3 }],
    ['Nd2(SO4)3', { 'Nd+3': 2, 'SO4-2': 3 }],
    ['Nd(NO3)3', { 'Nd+3': 1, 'NO3-': 3 }],
    ['FeSO4', { 'Fe+2': 1, 'SO4-2': 1 }],
    ['Na2SO4', { 'Na+': 2, 'SO4-2': 1 }],
  ])('%s', (name, ions) => {
    const { of } = made({ [name]: 10, HCl: 1 })
    for (const [id, n] of Object.entries(ions)) {
      expect(of(id), id).toBeCloseTo(10 * n + (id === 'Cl-' ? 1 : 0), 9)
    }
  })

  test('acid and base meet before the volume is filled', () => {
    const { out, of } = made({ HCl: 500, NaOH: 200 })
    expect(of('H+')).toBeCloseTo(300, 9)
    expect(of('OH-')).toBe(0)
    expect(aqueousVolume(table, out.flow, 298.15)).toBeCloseTo(flow, 12)
  })

  test('nothing flows at a flow of zero', () => {
    const none = liquor.steady(inputOf(liquor, {}, { flow: 0, concentration: { HCl: 1 } }))
    if (!none.ok) throw new Error(none.detail)
    expect(none.outlets['out']?.flow.every((n) => n === 0)).toBe(true)
  })

  test.each(['NdCl4', 'XxCl3', 'HBr', 'Nd(Cl3', 'NdCl0', 'toString'])('%s is refused', (name) => {
    const bad = liquor.steady(inputOf(liquor, {}, { flow, concentration: { [name]: 10 } }))
    expect(bad).toMatchObject({ ok: false, at: `concentration.${name}` })
  })

  test('more than fits is refused', () => {
    const bad = liquor.steady(inputOf(liquor, {}, { flow, concentration: { NaCl: 90_000 } }))
    expect(bad).toMatchObject({ ok: false, at: 'concentration' })
  })
})
