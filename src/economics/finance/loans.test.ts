import { describe, expect, test } from 'vitest'
import { cashFlow } from './cash-flow.ts'
import type { CashFlow } from './cash-flow-types.ts'
import type { Debt } from './debt.ts'
import type { CashFlowInputs } from './inputs.ts'
import { metrics } from './metrics.ts'

const plain: Debt = {
  name: 'loan',
  size: { amount: 1000 },
  rate: 0.08,
  term: 5,
  repayment: 'annuity',
  duringConstruction: 'paid',
}

const plant = (debt: Partial<Debt>, change: Partial<CashFlowInputs> = {}): CashFlowInputs => ({
  basis: { currency: 'GBP', year: '2024' },
  step: 'year',
  firstYear: 2026,
  spend: [0.5, 0.5],
  life: 10,
  ramp: { by: 'year', shares: [0.4, 0.8, 1] },
  capital: [{ name: 'plant', amount: 2000, depreciation: { kind: 'straight-line', years: 10 } }],
  sales: [{ product: 'oxide', ratePerYear: 10, market: 100, payable: 1 }],
  costs: [{ name: 'reagents', amount: 300, variable: true }],
  tax: { rate: 0.25, losses: { kind: 'carried', share: 1, free: 0 } },
  debt: [{ ...plain, ...debt }],
  discountRate: 0.08,
  conventions: { loanDrawn: 'end' },
  ...change,
})

const loan = (flow: CashFlow) => {
  const [first] = flow.loans
  if (first === undefined) throw new Error('no loan')
  return first
}
const row = (column: Float64Array) => Array.from(column)

describe('a loan', () => {
  test('in equal payments', () => {
    const { service, balance } = loan(cashFlow(plant({})))
    // 1000 * 0.08 / (1 - 1.08^-5)
    for (let i = 2; i < 7; i++) expect(service[i]).toBeCloseTo(250.4564546, 6)
    expect(balance[2]).toBeCloseTo(1000 * 1.08 - 250.4564546, 6)
    expect(service[7]).toBe(0)
  })

  test('of equal principal, after a grace', () => {
    const flow = cashFlow(plant({ repayment: 'level-principal', grace: 1 }))
    expect(row(flow.columns.principal)).toEqual([0, 0, 0, -250, -250, -250, -250, 0, 0, 0, 0, 0])
    const interest = row(flow.columns.interest).map((x) => Number(x.toFixed(9)))
    expect(interest.slice(1, 8)).toEqual([-40, -80, -80, -60, -40, -20, 0])
  })

  test('without interest is paid back in equal parts', () => {
    const flow = cashFlow(plant({ rate: 0 }))
    expect(flow.columns.principal[4]).toBeCloseTo(-200, 12)
    expect(metrics(flow).cover?.llcr).toBeGreaterThan(0)
  })

  test('is charged from the start, the middle or the end of the period in which it is drawn', () => {
    const paid = (loanDrawn: 'start' | 'mid' | 'end') =>
      row(cashFlow(plant({}, { conventions: { loanDrawn } })).columns.interest).slice(0, 2)
    expect(paid('end')).toEqual([0, -40])
    expect(paid('mid')).toEqual([-20, -60])
    expect(paid('start')).toEqual([-40, -80])
  })

  test('may add interest and fees before operation to what is owed', () => {
    const fees = { arrangementFee: 0.02, commitmentFee: 0.01 }
    const paid = cashFlow(plant(fees))
    expect(row(paid.columns.fees).slice(0, 3)).toEqual([-25, 0, 0])
    const added = cashFlow(plant({ ...fees, duringConstruction: 'capitalised' }))
    expect(row(added.columns.fees).every((x) => x === 0)).toBe(true)
    expect(loan(added).balance[1]).toBeCloseTo(525 * 1.08 + 500, 9)
    expect(loan(added).balance[11]).toBe(0)
  })

  test.each(['paid', 'capitalised'] as const)(
    'lowers the tax by the rate on its interest and fees, %s',
    (duringConstruction) => {
      const { columns } = cashFlow(plant({ arrangementFee: 0.03, duringConstruction }))
      const sum = (column: Float64Array) => column.reduce((all, x) => all + x, 0)
      // Whatever way they are paid: what goes to the lender beyond what came from him.
      const cost = sum(columns.interest) + sum(columns.fees)
      const added = sum(columns.draws) + sum(columns.principal)
      expect(sum(columns.taxShield)).toBeCloseTo(-0.25 * (cost + added), 9)
    },
  )

  test('is charged by quarter as it compounds, or a quarter of the rate', () => {
    const interest = (quarterlyRate: 'effective' | 'nominal') =>
      cashFlow(plant({}, { step: 'quarter', conventions: { quarterlyRate, loanDrawn: 'end' } }))
        .columns.interest[8]
    expect(interest('nominal')).toBeCloseTo(-20, 9)
    expect(interest('effective')).toBeCloseTo(-1000 * (1.08 ** 0.25 - 1), 9)
  })
})

describe('a sculpted loan', () => {
  test('has one cover in every year, which is that over its life', () => {
    const flow = cashFlow(plant({ repayment: 'sculpted', term: 8 }))
    const { cover } = metrics(flow)
    const target = loan(flow).sculptedTo as number
    expect(target).toBeGreaterThan(1)
    expect(cover?.byYear).toHaveLength(8)
    for (const { dscr } of cover?.byYear ?? []) expect(dscr).toBeCloseTo(target, 9)
    expect(cover?.llcr).toBeCloseTo(target, 9)
    expect(loan(flow).balance[9]).toBe(0)
  })

  test('counts the credits that are set against its tax', () => {
    const credits = [{ name: 'credit', perKg: 3, treatment: 'against-tax' as const }]
    const flow = cashFlow(plant({ repayment: 'sculpted', term: 8 }, { credits }))
    const { byYear } = metrics(flow).cover ?? { byYear: [] }
    for (const { dscr } of byYear) expect(dscr).toBeCloseTo(loan(flow).sculptedTo as number, 9)
  })

  test('by quarter too, but for the quarters in which the tax is due', () => {
    const flow = cashFlow(plant({ repayment: 'sculpted', term: 8 }, { step: 'quarter' }))
    const target = loan(flow).sculptedTo as number
    for (const { dscr } of metrics(flow).cover?.byYear ?? []) expect(dscr).toBeCloseTo(target, 9)
  })

  test('may be as large as a cover allows', () => {
    const flow = cashFlow(plant({ repayment: 'sculpted', term: 8, size: { dscr: 2 } }))
    const { cover } = metrics(flow)
    expect(cover?.least).toBeCloseTo(2, 7)
    const more = cashFlow(
      plant({ repayment: 'sculpted', term: 8, size: { amount: loan(flow).amount * 1.01 } }),
    )
    expect(metrics(more).cover?.least).toBeLessThan(2)
  })

  test('stops at a share of the capital, and then covers better', () => {
    const size = { dscr: 1.05, atMost: 0.5 }
    const flow = cashFlow(plant({ repayment: 'sculpted', term: 8, size }))
    expect(loan(flow).amount).toBeCloseTo(1000, 9)
    expect(metrics(flow).cover?.least).toBeGreaterThan(1.5)
  })

  test('says so when there is no cash to shape it to', () => {
    const flow = cashFlow(plant({ repayment: 'sculpted' }, { sales: [] }))
    expect(flow.warnings[0]).toContain('no cash to shape')
    expect(loan(flow).balance.at(-1)).toBe(0)
    expect(metrics(flow).cover?.least).toBeLessThan(0)
  })

  test('comes after the others, and shares the cash with them', () => {
    const senior = { ...plain, name: 'senior', size: { amount: 400 }, term: 8 }
    const junior = { ...plain, name: 'junior', term: 8, repayment: 'sculpted' as const }
    const flow = cashFlow(plant({}, { debt: [junior, senior], ramp: { by: 'year', shares: [1] } }))
    const { byYear } = metrics(flow).cover ?? { byYear: [] }
    for (const { dscr } of byYear) expect(dscr).toBeCloseTo(byYear[0]?.dscr as number, 9)
  })
})
