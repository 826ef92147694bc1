import { describe, expect, test } from 'vitest'
import { inputOf, magnetPlant, molesOf } from '../../test/unitops/rig.ts'
import { feed } from './feed.ts'

const table = magnetPlant.species
const assay = (values: Record<string, number>) =>
  Object.fromEntries(Object.entries(values).map(([k, v]) => [k, { value: v }]))
const hdd = assay({ Nd: 0.228, Pr: 0.033, Dy: 0.012, Fe: 0.626, Co: 0.015, B: 0.009, Ni: 0.006 })

function made(params: Record<string, unknown>) {
  const result = feed.steady(inputOf(feed, {}, { rate: 1, ...params }))
  if (!result.ok) throw new Error(`${result.at}: ${result.detail}`)
  return result
}
const mass = (flow: Float64Array) =>
  flow.reduce((m, n, i) => m + n * (table.molarMass[i] as number), 0)

describe('feed', () => {
  test('what the assay leaves open is unassigned, and nothing is renormalised', () => {
    const { outlets, figures } = made({ assay: hdd })
    expect(molesOf(outlets['out'], 'solid unassigned') * 1e-3).toBeCloseTo(0.071, 12)
    expect(molesOf(outlets['out'], 'solid Nd') * 0.144242).toBeCloseTo(0.228, 6)
    expect(mass(outlets['out']?.flow ?? new Float64Array())).toBeCloseTo(1, 12)
    // The source gives 31.96 kg of oxide per 100 kg of these magnets.
    expect(figures?.['rare earth oxide at full recovery']?.value).toBeCloseTo(0.3196, 4)
  })

  test('more than 100 % is refused, also by the oxygen of an oxide form', () => {
    const over = feed.steady(inputOf(feed, {}, { rate: 1, assay: assay({ Nd: 0.5, Fe: 0.6 }) }))
    expect(over).toMatchObject({ ok: false, at: 'assay' })
    const oxide = feed.steady(
      inputOf(feed, {}, { rate: 1, form: 'oxide', assay: assay({ Nd: 0.5, Fe: 0.4 }) }),
    )
    expect(oxide.ok).toBe(false)
  })

  test('oxygen of a metal assay binds to the rare earths first', () => {
    const { outlets } = made({ assay: assay({ Nd: 0.3, Fe: 0.65, O: 0.02 }) })
    const bound = molesOf(outlets['out'], 'solid Nd2O3') * 3 * 0.015999
    expect(bound).toBeCloseTo(0.02, 6)
    expect(molesOf(outlets['out'], 'solid FeO')).toBe(0)
  })

  test('oxides and species are read by their id', () => {
    const { outlets } = made({ assay: assay({ Nd2O3: 0.3, Fe2O3: 0.6, NdFeO3: 0.05 }) })
    expect(molesOf(outlets['out'], 'solid NdFeO3')).toBeGreaterThan(0)
    expect(molesOf(outlets['out'], 'solid unassigned') * 1e-3).toBeCloseTo(0.05, 12)
  })

  test('wet and dry basis differ by moisture, oil and adhesive', () => {
    const wet = made({ assay: hdd, moisture: 0.1, oil: 0.05, adhesive: 0.01, basis: 'wet' })
    const dry = made({ assay: hdd, moisture: 0.1, oil: 0.05, adhesive: 0.01, basis: 'dry' })
    expect(mass(wet.outlets['out']?.flow ?? new Float64Array())).toBeCloseTo(1, 12)
    const ratio = molesOf(dry.outlets['out'], 'solid Fe') / molesOf(wet.outlets['out'], 'solid Fe')
    expect(ratio).toBeCloseTo(1 / 0.84, 12)
  })

  test('a blend is the sum of its lots, and its fractions must add up', () => {
    const lot = { form: 'metal', oxidised: 0, moisture: 0, oil: 0, adhesive: 0, assay: hdd }
    const swarf = { ...lot, oxidised: 0.5, assay: assay({ Nd: 0.28, Fe: 0.6 }) }
    const blend = [
      { ...lot, name: 'hdd', fraction: 0.6 },
      { ...swarf, name: 'swarf', fraction: 0.4 },
    ]
    const { outlets } = made({ blend })
    expect(molesOf(outlets['out'], 'solid Pr') * 0.140908).toBeCloseTo(0.033 * 0.6, 6)
    expect(molesOf(outlets['out'], 'solid Nd2O3')).toBeGreaterThan(0)
    const short = blend.map((b) => ({ ...b, fraction: 0.3 }))
    expect(feed.steady(inputOf(feed, {}, { rate: 1, blend: short })).ok).toBe(false)
  })

  test('an unknown name is refused with the key', () => {
    const bad = feed.steady(inputOf(feed, {}, { rate: 1, assay: assay({ Unobtainium: 0.1 }) }))
    expect(bad).toMatchObject({ ok: false, at: 'assay.Unobtainium' })
  })
})
