import { describe, expect, test } from 'vitest'
import type { CashFlowInputs, DepreciationRule } from '../../src/economics/index.ts'
import {
  cashFlow,
  conventionSets,
  depreciationShares,
  metrics,
  npvQgess,
  projectNpv,
  seriesWorth,
} from '../../src/economics/index.ts'
import { readCase } from './case.ts'

interface Cases {
  readonly hypromag_usa_fs_2024: {
    readonly inputs: {
      readonly capex_musd: number
      readonly life_y: number
      readonly discount_rate: number
    }
    readonly outputs: {
      readonly post_tax_NPV_musd: { readonly current_prices: number }
      readonly real_IRR: { readonly current_prices: number }
    }
  }
  readonly biosteam_test_tea_15y: {
    readonly inputs: {
      readonly FCI_usd: number
      readonly working_capital_over_FCI: number
      readonly discount_rate: number
      readonly construction_schedule: readonly number[]
      readonly operating_years: number
      readonly income_tax: number
      readonly annual_sales_usd: number
      readonly annual_opex_usd: number
      readonly debt_fraction_of_FCI: number
      readonly loan_interest: number
      readonly loan_years: number
    }
    readonly outputs: {
      readonly NPV_usd: number
      readonly loan_usd: number
      readonly annual_loan_payment_musd: number
      readonly cash_flow_musd: readonly number[]
      readonly tax_musd: readonly number[]
    }
  }
  readonly depreciation_schedules: {
    readonly outputs: Readonly<Record<'MACRS5' | 'SL5' | 'DDB5' | 'SYD5', readonly number[]>>
  }
  readonly replacement_cost: {
    readonly inputs: {
      readonly installed_cost: number
      readonly equipment_lifetime_y: number
      readonly venture_years: number
      readonly start_index: number
      readonly array_length: number
    }
  }
  readonly prommis_npv_fixed_inputs: {
    readonly inputs: {
      readonly bare_erected_cost_musd: number
      readonly lang_factor: number
      readonly annual_opex_musd: number
      readonly annual_revenue_musd: number
      readonly discount_rate: number
      readonly plant_life_y: number
      readonly capital_spend_pct: readonly number[]
      readonly capital_escalation: number
      readonly loan_interest: number
      readonly loan_years: number
      readonly debt_fraction: number
      readonly opex_inflation: number
      readonly revenue_inflation: number
    }
    readonly outputs: {
      readonly capex_musd: number
      readonly pv_capital: number
      readonly pv_loan_interest: number
      readonly pv_opex: number
      readonly pv_revenue: number
      readonly npv_musd: number
    }
  }
  readonly ionic_belfast_fs_2024: {
    readonly inputs: {
      readonly life_y: number
      readonly capex_musd: number
      readonly EBITDA_busd_life: number
      readonly discount_rate: number
    }
    readonly outputs: {
      readonly post_tax_NPV_musd: number
      readonly post_tax_IRR: number
      readonly payback_y: number
    }
    readonly reproduction: readonly {
      readonly build: readonly number[]
      readonly ramp: readonly number[]
      readonly allowance: 'full expensing' | 'straight line 20 y'
      readonly NPV_t0: number
      readonly NPV_start_of_year: number
      readonly IRR: number
      readonly payback_from_operation: number
    }[]
  }
}

const cases = readCase('finance') as Cases
const full = { by: 'year', shares: [1] } as const
const carried = { kind: 'carried', share: 1, free: 0 } as const
const lump = (name: string, amount: number) => ({
  product: name,
  ratePerYear: 1,
  market: amount,
  payable: 1,
})

const largest = (found: ArrayLike<number>, published: readonly number[]) => {
  expect(found).toHaveLength(published.length)
  return Math.max(...published.map((x, i) => Math.abs((found[i] as number) - x)))
}

describe('BioSTEAM, 15 years with a loan', () => {
  const { inputs: given, outputs } = cases.biosteam_test_tea_15y
  const basis = { currency: 'USD', year: '2017' }
  const inputs: CashFlowInputs = {
    basis,
    step: 'year',
    firstYear: 2017,
    spend: given.construction_schedule,
    life: given.operating_years,
    ramp: full,
    capital: [{ name: 'plant', amount: given.FCI_usd, depreciation: { kind: 'macrs', years: 7 } }],
    sales: [lump('sales', given.annual_sales_usd)],
    costs: [{ name: 'operating', amount: given.annual_opex_usd, variable: true }],
    workingCapital: { shareOfCapital: given.working_capital_over_FCI },
    tax: { rate: given.income_tax, losses: carried },
    debt: [
      {
        name: 'loan',
        size: { shareOf: 'fixed-capital', share: given.debt_fraction_of_FCI },
        rate: given.loan_interest,
        term: given.loan_years,
        repayment: 'annuity',
        duringConstruction: 'paid',
      },
    ],
    discountRate: given.discount_rate,
    conventions: conventionSets.biosteam,
  }
  const million = (x: Float64Array) => x.map((value) => value / 1e6)
  const taxOf = (inputs: CashFlowInputs) => {
    const { columns } = cashFlow(inputs)
    return columns.tax.map((tax, i) => (0 - tax - (columns.taxShield[i] as number)) / 1e6)
  }
  const worst = (inputs: CashFlowInputs) => {
    const flow = cashFlow(inputs)
    return Math.max(
      largest(million(flow.equity), outputs.cash_flow_musd),
      largest(taxOf(inputs), outputs.tax_musd),
      Math.abs(metrics(flow).equityNpv - outputs.NPV_usd) / 1e6,
    )
  }

  test('cash flow, tax, loan and net present value', () => {
    const flow = cashFlow(inputs)
    const found = metrics(flow)
    console.log(
      `BioSTEAM 15 y: largest deviation of cash flow ${largest(million(flow.equity), outputs.cash_flow_musd).toExponential(1)} MUSD, ` +
        `of tax ${largest(taxOf(inputs), outputs.tax_musd).toExponential(1)} MUSD, ` +
        `NPV ${found.equityNpv.toFixed(1)} USD, published ${String(outputs.NPV_usd)} USD`,
    )
    expect(worst(inputs)).toBeLessThan(1e-4)
    expect(flow.loans[0]?.amount).toBeCloseTo(outputs.loan_usd, 6)
    for (const i of [1, 5, 10]) {
      expect((flow.loans[0]?.service[i] as number) / 1e6).toBeCloseTo(
        outputs.annual_loan_payment_musd,
        7,
      )
    }
  })

  test('fails when any number is moved by 1 %', () => {
    const debt = inputs.debt?.[0]
    if (debt === undefined) throw new Error('no loan')
    const moved: Readonly<Record<string, Partial<CashFlowInputs>>> = {
      capital: { capital: inputs.capital.map((part) => ({ ...part, amount: part.amount * 1.01 })) },
      sales: { sales: [lump('sales', given.annual_sales_usd * 1.01)] },
      costs: { costs: inputs.costs.map((cost) => ({ ...cost, amount: cost.amount * 1.01 })) },
      tax: { tax: { rate: given.income_tax * 1.01, losses: carried } },
      discount: { discountRate: given.discount_rate * 1.01 },
      working: { workingCapital: { shareOfCapital: given.working_capital_over_FCI * 1.01 } },
      interest: { debt: [{ ...debt, rate: debt.rate * 1.01 }] },
      share: { debt: [{ ...debt, size: { shareOf: 'fixed-capital', share: 0.606 } }] },
    }
    for (const [name, change] of Object.entries(moved)) {
      expect(worst({ ...inputs, ...change }), name).toBeGreaterThan(1e-4)
    }
  })

  test('each of its conventions matters', () => {
    const set = conventionSets.biosteam
    for (const [name, choice] of [
      ['discountAt', 'mid'],
      ['deductible', 'interest'],
      ['loanDrawn', 'mid'],
      ['workingCapitalAt', 'first-operation'],
      ['depreciationFrom', 'spend'],
      ['taxPaid', 'next-year'],
      ['timeZero', 'operation'],
    ] as const) {
      const other = { ...inputs, conventions: { ...set, [name]: choice } }
      expect(worst(other), name).toBeGreaterThan(1e-4)
    }
  })
})

describe('depreciation', () => {
  const rules: Readonly<Record<'MACRS5' | 'SL5' | 'DDB5' | 'SYD5', DepreciationRule>> = {
    MACRS5: { kind: 'macrs', years: 5 },
    SL5: { kind: 'straight-line', years: 5 },
    DDB5: { kind: 'double-declining', years: 5 },
    SYD5: { kind: 'sum-of-years', years: 5 },
  }
  test.each(Object.keys(rules) as (keyof typeof rules)[])('%s', (name) => {
    const published = cases.depreciation_schedules.outputs[name]
    const found = depreciationShares(rules[name], published.length)
    const deviation = largest(found, published)
    console.log(`${name}: largest deviation ${deviation.toExponential(1)}`)
    expect(deviation).toBeLessThan(1e-4)
    // A share moved by a hundredth is outside the tolerance.
    expect(
      largest(
        found.map((x) => 1.01 * x),
        published,
      ),
    ).toBeGreaterThan(1e-4)
  })
})

test('replacement every four years', () => {
  const given = cases.replacement_cost.inputs
  const flow = cashFlow({
    basis: { currency: 'USD', year: '2017' },
    step: 'year',
    firstYear: 2017,
    spend: Array.from({ length: given.start_index }, () => 1 / given.start_index),
    life: given.venture_years,
    ramp: full,
    capital: [],
    sales: [],
    costs: [],
    replacements: [
      {
        name: 'equipment',
        amount: given.installed_cost,
        everyYears: given.equipment_lifetime_y,
        treatment: 'expense',
      },
    ],
    tax: { rate: 0, losses: carried },
    discountRate: 0.1,
  })
  const expected = Array.from({ length: given.array_length }, (_, i) =>
    i === 6 || i === 10 ? -100 : 0,
  )
  expect(Array.from(flow.columns.replacements)).toEqual(expected)
})

describe('QGESS net present value', () => {
  const { inputs: given, outputs } = cases.prommis_npv_fixed_inputs
  const capital = given.bare_erected_cost_musd * given.lang_factor
  const spend = given.capital_spend_pct.map((percent) => percent / 100)
  const inputs = {
    capital,
    operating: given.annual_opex_musd,
    revenue: given.annual_revenue_musd,
    discountRate: given.discount_rate,
    plantLife: given.plant_life_y,
    spend,
    capitalEscalation: given.capital_escalation,
    loanInterest: given.loan_interest,
    loanYears: given.loan_years,
    debtShare: given.debt_fraction,
    operatingInflation: given.opex_inflation,
    revenueInflation: given.revenue_inflation,
  }
  const published = {
    pvCapital: outputs.pv_capital,
    pvLoanInterest: outputs.pv_loan_interest,
    pvOperating: outputs.pv_opex,
    pvRevenue: outputs.pv_revenue,
    npv: outputs.npv_musd,
  }
  const deviations = (given: typeof inputs) => {
    const found = npvQgess(given)
    return Object.entries(published).map(([name, value]): [string, number] => [
      name,
      found[name as keyof typeof published] / value - 1,
    ])
  }
  const worst = (given: typeof inputs) =>
    Math.max(...deviations(given).map(([, deviation]) => Math.abs(deviation)))

  test('each part within 1e-4', () => {
    const text = deviations(inputs).map(([name, x]) => `${name} ${x.toExponential(1)}`)
    console.log(`QGESS NPV, relative deviations: ${text.join(', ')}`)
    expect(capital).toBeCloseTo(outputs.capex_musd, 5)
    expect(worst(inputs)).toBeLessThan(1e-4)
  })

  test('fails when any number is moved by 1 %', () => {
    for (const [name, value] of Object.entries(inputs)) {
      if (typeof value !== 'number') continue
      expect(worst({ ...inputs, [name]: value * 1.01 }), name).toBeGreaterThan(1e-4)
    }
  })

  test('the cash flow agrees with the closed form, but for the slip of the loan', () => {
    const found = projectNpv({
      basis: { currency: 'USD', year: '2021' },
      step: 'year',
      firstYear: 2021,
      spend,
      life: given.plant_life_y,
      ramp: full,
      capital: [{ name: 'plant', amount: capital, depreciation: { kind: 'none' } }],
      sales: [lump('revenue', given.annual_revenue_musd)],
      costs: [{ name: 'operating', amount: given.annual_opex_musd, variable: true }],
      inflation: {
        general: given.opex_inflation,
        revenue: given.revenue_inflation,
        capital: given.capital_escalation,
      },
      tax: { rate: 0, losses: carried },
      discountRate: given.discount_rate,
      conventions: conventionSets.qgess,
    })
    const closed = npvQgess(inputs)
    expect(found).toBeCloseTo(closed.npv - closed.pvLoanInterest, 9)
  })
})

describe('Belfast study, its earnings spread flat over the life', () => {
  const study = cases.ionic_belfast_fs_2024
  const { capex_musd, EBITDA_busd_life, life_y, discount_rate } = study.inputs
  test.each(study.reproduction)('$build $ramp $allowance', (row) => {
    // The published sum is that of the life, the slow first years included.
    const slow = row.ramp.reduce((sum, share) => sum + 1 - share, 0)
    const fullYear = (1000 * EBITDA_busd_life) / (life_y - slow)
    const project = (discountAt: 'start' | 'end', factor = 1): CashFlowInputs => ({
      basis: { currency: 'USD', year: '2024' },
      step: 'year',
      firstYear: 2025,
      spend: row.build,
      life: life_y,
      ramp: { by: 'year', shares: row.ramp },
      capital: [
        {
          name: 'plant',
          amount: capex_musd * factor,
          depreciation:
            row.allowance === 'full expensing'
              ? { kind: 'first-year', share: 1 }
              : { kind: 'straight-line', years: 20 },
        },
      ],
      sales: [lump('earnings', fullYear)],
      costs: [],
      tax: { rate: 0.25, losses: carried },
      discountRate: discount_rate,
      conventions: { discountAt },
    })
    const start = metrics(cashFlow(project('start')))
    const end = metrics(cashFlow(project('end')))
    const irr = start.projectIrr.outcome === 'found' ? start.projectIrr.rate : Number.NaN
    const payback = start.payback.outcome === 'found' ? start.payback.fromOperation : Number.NaN
    const { post_tax_NPV_musd, post_tax_IRR, payback_y } = study.outputs
    console.log(
      `flat EBITDA: NPV ${start.projectNpv.toFixed(1)} / ${end.projectNpv.toFixed(1)} MUSD ` +
        `(published ${String(post_tax_NPV_musd)}), IRR ${(100 * irr).toFixed(1)} % (${(100 * post_tax_IRR).toFixed(1)} %), ` +
        `payback ${payback.toFixed(2)} y from operation (${String(payback_y)} y)`,
    )
    // Printed without decimals.
    expect(Math.abs(start.projectNpv - row.NPV_t0)).toBeLessThan(0.5)
    expect(Math.abs(end.projectNpv - row.NPV_start_of_year)).toBeLessThan(0.5)
    expect(irr).toBeCloseTo(row.IRR, 2.7)
    expect(payback).toBeCloseTo(row.payback_from_operation, 1)
    const moved = metrics(cashFlow(project('start', 1.01))).projectNpv
    expect(Math.abs(moved - row.NPV_t0)).toBeGreaterThan(0.5)
  })
})

describe('HyProMag USA, current prices: a return over inflation', () => {
  const { inputs: given, outputs } = cases.hypromag_usa_fs_2024
  // One flow a year that has the published value; taxes are in it.
  const worth = outputs.post_tax_NPV_musd.current_prices + given.capex_musd
  const project = (inflation: number): CashFlowInputs => ({
    basis: { currency: 'USD', year: '2024' },
    step: 'year',
    firstYear: 2025,
    spend: [1],
    life: given.life_y,
    ramp: full,
    capital: [{ name: 'plant', amount: given.capex_musd, depreciation: { kind: 'none' } }],
    sales: [lump('earnings', worth / seriesWorth(given.discount_rate, 0, given.life_y))],
    costs: [],
    inflation: { general: inflation },
    tax: { rate: 0, losses: carried },
    discountRate: given.discount_rate,
    conventions: { discountAt: 'start', discountRate: 'real' },
  })
  const found = (inflation: number) => {
    const { projectNpv, projectIrr } = metrics(cashFlow(project(inflation)))
    if (projectIrr.outcome !== 'found') throw new Error('no return')
    return { npv: projectNpv, ...projectIrr }
  }

  test('is the published one in constant prices, and with inflation only as the real one', () => {
    const published = outputs.real_IRR.current_prices
    const [constant, inflated] = [found(0), found(0.03)]
    console.log(
      `HyProMag USA: NPV ${constant.npv.toFixed(1)} MUSD, real return ${(100 * constant.rate).toFixed(1)} % ` +
        `(published ${(100 * published).toFixed(0)} %), nominal at 3 % ${(100 * inflated.rate).toFixed(1)} %`,
    )
    expect(constant.npv).toBeCloseTo(outputs.post_tax_NPV_musd.current_prices, 9)
    expect(Math.abs(constant.rate - published)).toBeLessThan(0.005)
    expect(inflated.npv).toBeCloseTo(constant.npv, 9)
    expect(inflated.real).toBeCloseTo(constant.rate, 9)
    expect(Math.abs(inflated.rate - published)).toBeGreaterThan(0.03)
  })
})
