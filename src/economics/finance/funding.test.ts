import { describe, expect, test } from 'vitest'
import { completeConventions, conventionChoices, describeConventions } from './conventions.ts'
import { findFunding, fundingMap, fundingMix } from './funding.ts'
import type { FundingMix, FundingRequest } from './funding.ts'
import type { CashFlowInputs } from './inputs.ts'
import { cashFlowTroubles } from './troubles.ts'

const plant: CashFlowInputs = {
  basis: { currency: 'GBP', year: '2024' },
  step: 'year',
  firstYear: 2026,
  spend: [0.5, 0.5],
  life: 15,
  ramp: { by: 'year', shares: [0.75, 1] },
  capital: [{ name: 'plant', amount: 80e6, depreciation: { kind: 'first-year', share: 1 } }],
  sales: [{ product: 'oxides', ratePerYear: 400e3, market: 65, payable: 1 }],
  costs: [{ name: 'running', amount: 14e6, variable: false }],
  tax: { rate: 0.25, losses: { kind: 'carried', share: 0.5, free: 5e6 } },
  discountRate: 0.08,
}
const request: FundingRequest = {
  seek: 'least-grant',
  floors: { equityIrr: 0.13, dscr: 1.3 },
  grant: {
    name: 'grant',
    amount: 40e6,
    milestones: [
      { at: 0, share: 0.5 },
      { at: 1, share: 0.5 },
    ],
    treatment: 'reduces-base',
  },
  debt: {
    name: 'loan',
    size: { amount: 0 },
    rate: 0.07,
    term: 10,
    grace: 1,
    repayment: 'annuity',
    duringConstruction: 'capitalised',
  },
  mostDebt: 0.7,
}
const irr = ({ equityIrr }: FundingMix) =>
  equityIrr.outcome === 'found' ? equityIrr.rate : Number.NaN

describe('the least grant', () => {
  const found = findFunding(plant, request)
  const { mix } = found.outcome === 'found' ? found : { mix: undefined }
  if (mix === undefined) throw new Error('no mix')

  test('keeps both floors with a grant that is neither nothing nor all', () => {
    expect(mix.keepsFloors).toBe(true)
    expect(mix.grant).toBeGreaterThan(1e6)
    expect(mix.grant).toBeLessThan(39e6)
    expect(irr(mix)).toBeCloseTo(0.13, 4)
    expect(mix.dscr).toBeGreaterThanOrEqual(1.3)
    expect(mix.debt).toBeCloseTo(mix.debtShare * 80e6, 3)
  })

  test('is the least: 1 % less keeps the floors with no share of debt', () => {
    for (let share = 0; share <= 0.7; share += 0.01) {
      expect(fundingMix(plant, request, 0.99 * mix.grant, share).keepsFloors).toBe(false)
    }
  })

  test('is none where none is needed, and is named where none suffices', () => {
    const low = findFunding(plant, { ...request, floors: { equityIrr: 0.05, dscr: 1 } })
    expect(low).toMatchObject({ outcome: 'found', mix: { grant: 0 } })
    const high = findFunding(plant, { ...request, floors: { equityIrr: 9, dscr: 1.3 } })
    expect(high).toMatchObject({ outcome: 'not-possible', nearest: { grant: 40e6 } })
    const { grant: _, ...without } = request
    const bare = findFunding(plant, without)
    expect(bare).toMatchObject({ outcome: 'not-possible' })
  })
})

describe('the most debt', () => {
  const most = { ...request, seek: 'most-debt', floors: { equityIrr: 0.1, dscr: 2.5 } } as const

  test('stands at a floor: 1 % more does not keep it', () => {
    const found = findFunding(plant, most)
    if (found.outcome !== 'found') throw new Error(found.why)
    const { mix } = found
    expect(mix.keepsFloors).toBe(true)
    expect(mix.debtShare).toBeGreaterThan(0.05)
    expect(mix.debtShare).toBeLessThan(0.35)
    expect(mix.grant).toBe(40e6)
    expect(fundingMix(plant, most, 40e6, 1.01 * mix.debtShare).keepsFloors).toBe(false)
  })

  test('is all that may be borrowed where the floors are low', () => {
    const found = findFunding(plant, { ...most, floors: {} })
    expect(found).toMatchObject({ outcome: 'found', mix: { debtShare: 0.35 } })
  })

  test('is not possible where even no debt does not keep the return', () => {
    const found = findFunding(plant, { ...most, floors: { equityIrr: 9 } })
    expect(found.outcome).toBe('not-possible')
  })
})

test('a first year without earnings allows a loan only to covenants that begin with repayment', () => {
  const slow = { ...plant, ramp: { by: 'year', shares: [0.4, 1] } } as const
  const floors = { dscr: 1.3 }
  const all = findFunding(slow, { ...request, seek: 'most-debt', floors })
  expect(all).toMatchObject({ outcome: 'found', mix: { debtShare: 0 } })
  const repaying = findFunding(slow, {
    ...request,
    seek: 'most-debt',
    floors: { ...floors, dscrIn: 'repayment-years' },
  })
  expect(repaying.outcome === 'found' && repaying.mix.debtShare).toBeGreaterThan(0.3)
})

test('a map of mixes has a row for each grant and a column for each share', () => {
  const map = fundingMap(plant, request, [0, 20e6], [0, 0.3, 0.6])
  expect(map.map(({ grant, debtShare }) => [grant, debtShare])).toEqual([
    [0, 0],
    [0, 0.3],
    [0, 0.6],
    [20e6, 0],
    [20e6, 0.3],
    [20e6, 0.6],
  ])
  // A grant raises the return, a loan takes part of the cover.
  expect(irr(map[3] as FundingMix)).toBeGreaterThan(irr(map[0] as FundingMix))
  expect(map[2]?.dscr).toBeLessThan(map[1]?.dscr as number)
  expect(map[0]?.dscr).toBeUndefined()
})

describe('conventions', () => {
  test('are all printed, each with what its choice means', () => {
    const printed = describeConventions(completeConventions())
    expect(printed.map(({ name }) => name)).toEqual(Object.keys(conventionChoices))
    for (const { name, choice, means } of printed) {
      expect(conventionChoices[name]).toContain(choice)
      expect(means.length).toBeGreaterThan(10)
    }
  })
})

describe('troubles', () => {
  const loan = { ...request.debt, size: { amount: 1e6 } }
  test.each<[string, Partial<CashFlowInputs>]>([
    ['adds up to 90 %', { spend: [0.5, 0.4] }],
    ['a life of 0 years', { life: 0 }],
    ['has no share', { ramp: { by: 'year', shares: [] } }],
    ['has a negative share', { ramp: { by: 'year', shares: [-0.1] } }],
    ['has no price', { sales: [{ product: 'a', ratePerYear: 1, market: [], payable: 1 }] }],
    ['which is not sold', { royalties: [{ name: 'r', share: 0.1, products: ['Tb'] }] }],
    ['runs for 20 years', { debt: [{ ...loan, term: 20 }] }],
    ['years of grace', { debt: [{ ...loan, grace: 10 }] }],
    ['is sized by its cover', { debt: [{ ...loan, size: { dscr: 1.3 } }] }],
    [
      'principal is not deducted',
      { debt: [{ ...loan, repayment: 'sculpted' }], conventions: { deductible: 'loan-payment' } },
    ],
    ['drawn in construction', { spend: [], capital: [], debt: [loan] }],
    ['milestones', { grants: [{ name: 'g', amount: 1, milestones: [], treatment: 'untaxed' }] }],
    [
      'replaced every 0 years',
      { replacements: [{ name: 'r', amount: 1, everyYears: 0, treatment: 'expense' }] },
    ],
    [
      'construction takes 2',
      {
        capital: [{ name: 'p', amount: 1, depreciation: { kind: 'none' }, spend: [1] }],
      },
    ],
  ])('say that something %s', (text, change) => {
    const found = cashFlowTroubles({ ...plant, ...change })
    expect(
      found.some((trouble) => trouble.includes(text)),
      found.join('; '),
    ).toBe(true)
    expect(cashFlowTroubles(plant)).toEqual([])
  })
})
