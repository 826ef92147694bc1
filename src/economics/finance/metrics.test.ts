import { describe, expect, test } from 'vitest'
import { breakEven, breakEvens, projectNpv, withOnePrice, withPricesTimes } from './break-even.ts'
import { cashFlow } from './cash-flow.ts'
import { cashFlowPeriods } from './discount.ts'
import type { CashFlowInputs } from './inputs.ts'
import { metrics, paybackOf } from './metrics.ts'
import { internalRate } from './rate-of-return.ts'

const flow = (...values: number[]) => Float64Array.from(values)

describe('the internal rate of return', () => {
  test('of one investment', () => {
    expect(internalRate(flow(-100, 60, 60), 1, 0.03)).toMatchObject({
      outcome: 'found',
      // The root of 100 x^2 - 60 x - 60 = 0, less one.
      rate: expect.closeTo((3 + Math.sqrt(69)) / 10 - 1, 12),
      real: expect.closeTo((3 + Math.sqrt(69)) / 10 / 1.03 - 1, 12),
    })
  })

  test('of quarters is that of a year', () => {
    const rate = internalRate(flow(-100, 0, 0, 0, 110), 4)
    expect(rate).toMatchObject({ outcome: 'found', rate: expect.closeTo(0.1, 12) })
  })

  test('is not one where there are two: Lorie and Savage, the oil pump of 1955', () => {
    const rates = internalRate(flow(-1600, 10_000, -10_000), 1)
    expect(rates).toEqual({
      outcome: 'several',
      rates: [expect.closeTo(0.25, 9), expect.closeTo(4, 9)],
    })
  })

  test('is one in spite of a cost at the end, where the sums change once', () => {
    // Clearing a site costs: there is a root far below zero too, which is no return.
    const rate = internalRate(flow(-100, 60, 60, 60, -20), 1)
    const worth = (v: number) => -100 + 60 * v + 60 * v ** 2 + 60 * v ** 3 - 20 * v ** 4
    if (rate.outcome !== 'found') throw new Error(rate.outcome)
    expect(rate.rate).toBeGreaterThan(0.2)
    expect(worth(1 / (1 + rate.rate))).toBeCloseTo(0, 9)
    expect(worth(1) * worth(5)).toBeLessThan(0)
  })

  test('is none where nothing is spent, earned or balanced', () => {
    expect(internalRate(flow(0, 5), 1)).toEqual({ outcome: 'none', why: 'never-invested' })
    expect(internalRate(flow(-3, 0), 1)).toEqual({ outcome: 'none', why: 'never-earned' })
    expect(internalRate(flow(1, -1, 1), 1)).toEqual({ outcome: 'none', why: 'no-rate-found' })
  })

  test('is found far from the usual', () => {
    for (const rate of [-0.9, -0.3, 0, 3, 40]) {
      const found = internalRate(flow(-100, 0, 100 * (1 + rate) ** 2), 1)
      expect(found).toMatchObject({ outcome: 'found', rate: expect.closeTo(rate, 9) })
    }
  })
})

describe('payback', () => {
  test('counts from the first spend and from operation, within the period', () => {
    expect(paybackOf(flow(-50, -50, 40, 80, 80), 1, 2)).toEqual({
      outcome: 'found',
      fromFirstSpend: 3.75,
      fromOperation: 1.75,
    })
    expect(paybackOf(flow(-50, -50, 40, 80, 80), 4, 2)).toMatchObject({ fromOperation: 1.75 / 4 })
  })
  test('has names for what does not happen', () => {
    expect(paybackOf(flow(-50, 20), 1, 1)).toEqual({ outcome: 'never' })
    expect(paybackOf(flow(0, 20), 1, 1)).toEqual({ outcome: 'nothing-spent' })
  })
})

const plant: CashFlowInputs = {
  basis: { currency: 'USD', year: '2024' },
  step: 'year',
  firstYear: 2026,
  spend: [0.4, 0.6],
  life: 15,
  ramp: { by: 'year', shares: [0.5, 1] },
  capital: [{ name: 'plant', amount: 5000, depreciation: { kind: 'first-year', share: 1 } }],
  sales: [
    { product: 'Nd', ratePerYear: 30, market: 60, payable: 1, basket: 'NdPr' },
    { product: 'Pr', ratePerYear: 10, market: 70, payable: 1, basket: 'NdPr' },
    { product: 'Dy', ratePerYear: 2, market: 250, payable: 0.9, basket: 'heavy' },
    { product: 'iron', ratePerYear: 500, market: 0.1, payable: 1, output: false },
  ],
  costs: [
    { name: 'reagents', amount: 600, variable: true },
    { name: 'labour', amount: 500, variable: false },
  ],
  royalties: [{ name: 'licence', share: 0.02 }],
  workingCapital: { receivableDays: 45 },
  tax: { rate: 0.25, losses: { kind: 'carried', share: 0.5, free: 500 } },
  discountRate: 0.075,
}

describe('break-evens', () => {
  const found = breakEvens(plant)

  test('bring the net present value to zero', () => {
    if (found.basketFactor.outcome !== 'found') throw new Error('no factor')
    if (found.minimumSellingPrice.outcome !== 'found') throw new Error('no price')
    const worth = Math.abs(projectNpv(plant))
    expect(worth).toBeGreaterThan(100)
    const zero = 1e-9 * worth
    const at = withPricesTimes(plant, found.basketFactor.x)
    expect(Math.abs(projectNpv(at))).toBeLessThan(zero)
    const priced = withOnePrice(plant, found.minimumSellingPrice.x)
    expect(Math.abs(projectNpv(priced))).toBeLessThan(zero)
  })

  test('give the mean price of a basket', () => {
    const [didymium, heavy] = found.baskets
    if (didymium?.factor.outcome !== 'found') throw new Error('no factor')
    expect(didymium.basket).toBe('NdPr')
    expect(didymium.price).toBeCloseTo(didymium.factor.x * ((30 * 60 + 10 * 70) / 40), 9)
    const at = withPricesTimes(plant, didymium.factor.x, 'NdPr')
    expect(Math.abs(projectNpv(at))).toBeLessThan(1e-6)
    expect(heavy?.basket).toBe('heavy')
  })

  test('are dearer than the levelised cost, which pays no tax', () => {
    const { perKg } = metrics(cashFlow(plant)).levelised
    if (found.minimumSellingPrice.outcome !== 'found') throw new Error('no price')
    // Both without a share of the revenue: the licence follows the price.
    const free = { ...plant, royalties: [] }
    const price = breakEvens(free).minimumSellingPrice
    const cost = metrics(cashFlow(free)).levelised.perKg as number
    if (price.outcome !== 'found') throw new Error('no price')
    expect(price.x).toBeGreaterThan(cost)
    expect(perKg).toBeGreaterThan(cost)
    // Without tax and without days of credit they are one and the same.
    const untaxed = { ...free, tax: { ...plant.tax, rate: 0 }, workingCapital: {} }
    const same = breakEvens(untaxed).minimumSellingPrice
    const untaxedCost = metrics(cashFlow(untaxed)).levelised.perKg as number
    expect(same).toMatchObject({ outcome: 'found', x: expect.closeTo(untaxedCost, 9) })
  })

  test('say that a floor under everything leaves no price to find', () => {
    const tiers = [{ name: 'floor', rule: { kind: 'floor', floor: 200 } }] as const
    const sales = plant.sales.map((sale) => ({ ...sale, tiers }))
    expect(breakEvens({ ...plant, sales }).basketFactor.outcome).toBe('always-positive')
    expect(breakEvens({ ...plant, sales: [] }).basketFactor.outcome).toBe('always-negative')
  })

  test('of anything: the range, its ends and what cannot be asked are named', () => {
    expect(breakEven((x) => x * x - 2, 0, 2)).toMatchObject({
      outcome: 'found',
      x: expect.closeTo(Math.SQRT2, 12),
    })
    expect(breakEven((x) => x, 0, 2)).toMatchObject({ outcome: 'found', x: 0 })
    expect(breakEven((x) => x - 2, 0, 2)).toMatchObject({ outcome: 'found', x: 2 })
    expect(breakEven((x) => x + 1, 0, 2)).toEqual({
      outcome: 'always-positive',
      low: 0,
      high: 2,
      atLow: 1,
      atHigh: 3,
    })
    expect(breakEven(() => Number.NaN, 0, 2)).toMatchObject({ outcome: 'failed', x: 0 })
    const gap = (x: number) => (x > 0.4 && x < 0.6 ? Number.NaN : x - 0.5)
    expect(breakEven(gap, 0, 1)).toMatchObject({ outcome: 'failed' })
  })
})

describe('conventions', () => {
  const npv = (conventions: CashFlowInputs['conventions'], change = {}) =>
    projectNpv({ ...plant, ...change, ...(conventions === undefined ? {} : { conventions }) })

  test('time zero moves a value by whole years of discount', () => {
    expect(npv({ timeZero: 'operation' })).toBeCloseTo(1.075 ** 2 * npv({}), 6)
    expect(npv({ timeZero: 'last-construction-year' })).toBeCloseTo(1.075 * npv({}), 6)
    expect(npv({ discountAt: 'start' })).toBeCloseTo(1.075 ** 0.5 * npv({}), 6)
    expect(npv({ discountAt: 'end' })).toBeCloseTo(1.075 ** -0.5 * npv({}), 6)
  })

  test('constant prices at a real rate are inflated ones at the rate with inflation', () => {
    // But for allowances and days of credit, which inflation wears away.
    const plain = { tax: { rate: 0, losses: plant.tax.losses }, workingCapital: {} }
    const inflated = { ...plain, inflation: { general: 0.03 } }
    const start = { discountAt: 'start' } as const
    const real = npv({ ...start, discountRate: 'real' }, inflated)
    expect(real).toBeCloseTo(npv(start, plain), 6)
    expect(npv({ ...start, discountRate: 'nominal' }, inflated)).toBeGreaterThan(real)
    // Prices step once a year: at mid-year a value is in money of half a year before the prices.
    const mid = { discountRate: 'real' } as const
    expect(npv(mid, inflated)).toBeCloseTo(npv({}, plain) * 1.03 ** -0.5, 6)
  })

  test('tax that is paid a year later is worth more', () => {
    expect(npv({ taxPaid: 'next-year' })).toBeGreaterThan(npv({}))
  })
})

test('a late start loses the discount and pays the people meanwhile', () => {
  const late = (delay: number) => projectNpv({ ...plant, delay })
  expect(late(0.5)).toBeLessThan(late(0))
  expect(late(1)).toBeLessThan(late(0.5))
  // Continuous, so that a drawn delay moves the value by little.
  expect(Math.abs(late(1.001) - late(0.999))).toBeLessThan(0.01 * Math.abs(late(0) - late(1)) * 5)
  const { output } = cashFlow({ ...plant, delay: 1 })
  expect(output[2]).toBe(0)
  expect(output.at(-1)).toBeCloseTo(42, 9)
})

test('credits are phased out by calendar year', () => {
  const phaseOut = [
    { year: 2031, share: 0.75 },
    { year: 2032, share: 0.5 },
    { year: 2033, share: 0.25 },
  ]
  const credits = [{ name: 'credit', shareOfCost: 0.1, treatment: 'paid' as const, phaseOut }]
  const { columns } = cashFlow({ ...plant, credits })
  const shares = [2030, 2031, 2032, 2033, 2034].map((year) => {
    const i = year - plant.firstYear
    const cost = (columns.variableCosts[i] as number) + (columns.fixedCosts[i] as number)
    return Number(((columns.credits[i] as number) / -cost).toFixed(9))
  })
  expect(shares).toEqual([0.1, 0.075, 0.05, 0.025, 0])
})

test('periods print with their labels', () => {
  const periods = cashFlowPeriods(cashFlow({ ...plant, step: 'quarter' }))
  expect(periods.slice(0, 5).map(({ label }) => label)).toEqual([
    '2026 Q1',
    '2026 Q2',
    '2026 Q3',
    '2026 Q4',
    '2027 Q1',
  ])
  expect(cashFlowPeriods(cashFlow(plant))[1]?.label).toBe('2027')
})
