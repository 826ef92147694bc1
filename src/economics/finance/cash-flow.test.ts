import { describe, expect, test } from 'vitest'
import { cashFlow } from './cash-flow.ts'
import type { CashFlowInputs } from './inputs.ts'

const plant: CashFlowInputs = {
  basis: { currency: 'USD', year: '2024' },
  step: 'year',
  firstYear: 2026,
  spend: [0.25, 0.75],
  life: 4,
  ramp: { by: 'year', shares: [0.5, 1] },
  capital: [
    { name: 'plant', amount: 800, depreciation: { kind: 'straight-line', years: 4 } },
    { name: 'land', amount: 200, depreciation: { kind: 'none' } },
  ],
  sales: [
    { product: 'Nd', ratePerYear: 10, market: [50, 50, 60, 70], payable: 1 },
    { product: 'Dy', ratePerYear: 1, market: 300, payable: 0.9, escalation: 0.1 },
  ],
  costs: [
    { name: 'acid', amount: 100, variable: true },
    { name: 'staff', amount: 50, variable: false },
  ],
  tax: { rate: 0.25, losses: { kind: 'carried', share: 1, free: 0 } },
  discountRate: 0.1,
}
const columns = (change: Partial<CashFlowInputs> = {}) => cashFlow({ ...plant, ...change }).columns
const row = (column: Float64Array) => Array.from(column, (x) => Number(x.toFixed(9)))

describe('a cash flow', () => {
  test('spends as the schedule says, sells by the ramp at the price of the year', () => {
    const { capital, revenue, variableCosts, fixedCosts } = columns()
    expect(row(capital)).toEqual([-250, -750, 0, 0, 0, 0])
    const heavy = [0, 0, 0.5, 1, 1, 1].map((share, k) => 270 * share * 1.1 ** k)
    const light = [0, 0, 300, 700, 700, 700]
    row(revenue).forEach((x, k) => expect(x).toBeCloseTo((light[k] ?? 0) + (heavy[k] ?? 0), 6))
    expect(row(variableCosts)).toEqual([0, 0, -50, -100, -100, -100])
    expect(row(fixedCosts)).toEqual([0, 0, -50, -50, -50, -50])
  })

  test('deducts what may be deducted, from operation or from the spending', () => {
    expect(row(columns().depreciation)).toEqual([0, 0, 200, 200, 200, 200])
    const spend = columns({ conventions: { depreciationFrom: 'spend' } }).depreciation
    expect(row(spend)).toEqual([50, 200, 200, 200, 150, 0])
  })

  test('lets a product or a cost have a ramp and a path of its own', () => {
    const ramp = { by: 'quarter', shares: [0, 0, 1] } as const
    const { revenue } = columns({
      sales: [{ product: 'Nd', ratePerYear: 10, market: 50, payable: 1, ramp }],
    })
    expect(row(revenue)).toEqual([0, 0, 250, 500, 500, 500])
    const factors = [1, 1, 2, 3]
    const { fixedCosts } = columns({
      costs: [{ name: 'power', amount: 10, variable: false, factors, ramp }],
    })
    expect(row(fixedCosts)).toEqual([0, 0, -10, -30, -30, -30])
  })

  test('takes royalties from the products that they name', () => {
    const royalties = [
      { name: 'licence', share: 0.065, products: ['Nd'] },
      { name: 'state', share: 0.01 },
    ]
    const found = columns({ royalties, sales: plant.sales.slice(0, 1) })
    expect(found.royalties[3]).toBeCloseTo(-0.075 * 700, 9)
    const both = columns({ royalties })
    const heavy = (both.revenue[3] as number) - 700
    expect(both.royalties[3]).toBeCloseTo(-0.075 * 700 - 0.01 * heavy, 9)
  })

  test('ties up days of sales and costs, and gives them back', () => {
    const days = { receivableDays: 73, inventoryDays: 36.5, payableDays: 18.25, amount: 20 }
    const { workingCapital } = columns({
      workingCapital: days,
      sales: plant.sales.slice(0, 1),
    })
    // A fifth of the sales and a twentieth of the costs beside the 20 of the beginning.
    const held = [0, 20, 20 + 60 + 5, 20 + 140 + 7.5, 20 + 140 + 7.5, 0]
    const flow = held.map((x, k) => (held[k - 1] ?? 0) - x)
    row(workingCapital).forEach((x, k) => expect(x).toBeCloseTo(flow[k] as number, 9))
    const lost = columns({ workingCapital: { amount: 20, returned: 0.4 } }).workingCapital
    expect(row(lost)).toEqual([0, -20, 0, 0, 0, 8])
  })

  test('keeps a grant out of the base, taxes it or leaves it alone', () => {
    const grants = (treatment: 'reduces-base' | 'income' | 'untaxed') => [
      {
        name: 'grant',
        amount: 100,
        treatment,
        milestones: [
          { at: 1, share: 0.3 },
          { at: 2, share: 0.7 },
        ],
      },
    ]
    const of = (treatment: 'reduces-base' | 'income' | 'untaxed') =>
      cashFlow({
        ...plant,
        grants: grants(treatment),
        tax: { rate: 0.25, losses: { kind: 'refunded' } },
      })
    expect(row(of('untaxed').columns.grants)).toEqual([0, 30, 70, 0, 0, 0])
    expect(of('untaxed').depreciation.base).toBeCloseTo(800, 9)
    expect(of('reduces-base').depreciation.base).toBeCloseTo(700, 9)
    const tax = (treatment: 'reduces-base' | 'income' | 'untaxed') =>
      row(of(treatment).columns.tax).reduce((sum, x) => sum + x, 0)
    expect(tax('reduces-base')).toBeCloseTo(tax('untaxed') - 25, 6)
    expect(tax('income')).toBeCloseTo(tax('untaxed') - 25, 6)
  })

  test('pays once: at a date or at the end, as an expense, an asset or neither', () => {
    const found = columns({
      oneOffs: [
        { name: 'start-up', amount: 30, at: 2, treatment: 'expense' },
        { name: 'bond', amount: 10, at: 0.5, treatment: 'none' },
        { name: 'clearing', amount: 40, at: 'end', treatment: 'expense' },
        { name: 'salvage', amount: -25, at: 'end', treatment: 'expense' },
      ],
    })
    expect(row(found.oneOffs)).toEqual([-10, 0, -30, 0, 0, -15])
  })

  test('renews what wears out, as an expense or as an asset', () => {
    const replacement = { name: 'organic', amount: 40, everyYears: 2 }
    const expense = cashFlow({
      ...plant,
      replacements: [{ ...replacement, treatment: 'expense' }],
    })
    expect(row(expense.columns.replacements)).toEqual([0, 0, 0, 0, -40, 0])
    expect(expense.depreciation.base).toBeCloseTo(800, 9)
    const treatment = { kind: 'straight-line', years: 2 } as const
    const asset = cashFlow({ ...plant, replacements: [{ ...replacement, treatment }] })
    expect(row(asset.columns.depreciation)).toEqual([0, 0, 200, 200, 220, 220])
  })

  test('raises prices and costs from the price level that they are in', () => {
    const inflation = { general: 0.02, capital: 0.03, revenue: 0.01, yearsBefore: 2 }
    const found = columns({ inflation, sales: plant.sales.slice(0, 1) })
    expect(found.capital[1]).toBeCloseTo(-750 * 1.03 ** 3, 9)
    expect(found.revenue[3]).toBeCloseTo(700 * 1.01 ** 5, 9)
    expect(found.fixedCosts[5]).toBeCloseTo(-50 * 1.02 ** 7, 9)
  })

  test('sells by quarter into tiers what it sells by year', () => {
    const sales = [
      {
        product: 'Nd',
        ratePerYear: 10,
        market: 50,
        payable: 1,
        tiers: [
          { name: 'offtake', volume: 6, years: 2, rule: { kind: 'fixed', price: 110 } },
          { name: 'spot', volume: 3, rule: { kind: 'market' } },
        ],
      },
    ] as const
    const yearly = cashFlow({ ...plant, sales })
    expect(row(yearly.columns.revenue)).toEqual([0, 0, 550, 810, 450, 450])
    // 0, 1, 1 and 1 kg have no buyer.
    expect(yearly.unsold).toEqual([{ product: 'Nd', kg: expect.closeTo(3, 9) }])
    expect(yearly.warnings).toEqual([expect.stringContaining('no buyer')])
    expect(yearly.output[3]).toBeCloseTo(9, 9)
    const quarterly = cashFlow({ ...plant, sales, step: 'quarter' })
    const sum = (column: Float64Array) => column.reduce((all, x) => all + x, 0)
    expect(sum(quarterly.columns.revenue)).toBeCloseTo(sum(yearly.columns.revenue), 6)
    expect(quarterly.columns.revenue[12]).toBeCloseTo(810 / 4, 9)
  })
})
