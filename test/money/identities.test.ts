import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CashFlow, CashFlowInputs, ColumnName } from '../../src/economics/index.ts'
import {
  cashFlow,
  cashFlowPeriods,
  cashFlowTroubles,
  columnNames,
  depreciationShares,
  discountFactors,
  financingColumns,
  flowRate,
  internalRate,
  metrics,
  presentValue,
  projectColumns,
} from '../../src/economics/index.ts'
import { draws } from '../draws.ts'
import { depreciationRules, projects } from './projects.ts'

const total = (column: ArrayLike<number>) => Array.from(column).reduce((sum, x) => sum + x, 0)

const size = (column: ArrayLike<number>) =>
  Array.from(column).reduce((sum, x) => sum + Math.abs(x), 0)

/** Equal but for rounding of sums of this size. Asks `expect` only to complain: it is slow. */
const same = (a: number, b: number, scale: number) => {
  if (!(Math.abs(a - b) <= 1e-9 * (1 + scale))) expect(a).toBe(b)
}

const atMost = (a: number, most: number) => {
  if (!(a <= most)) expect(a).toBeLessThanOrEqual(most)
}

const holds = (property: (inputs: CashFlowInputs, flow: CashFlow) => void, numRuns = draws(3000)) =>
  fc.assert(
    fc.property(projects, (inputs) => property(inputs, cashFlow(inputs))),
    { numRuns },
  )

/** Sums of years of a column by quarter. */
const byYear = (column: Float64Array) =>
  Array.from({ length: column.length / 4 }, (_, year) =>
    total(column.slice(4 * year, 4 * year + 4)),
  )

describe('every project', () => {
  test('is one that its inputs describe: no figure is missing or endless', () => {
    holds((inputs, flow) => {
      expect(cashFlowTroubles(inputs).filter((trouble) => !trouble.includes('follows'))).toEqual([])
      for (const name of columnNames) {
        const column = flow.columns[name]
        if (column.length !== flow.length || !column.every(Number.isFinite)) expect(name).toBe('')
      }
    })
  })

  test('has a project flow and an equity flow that are the sums of their columns', () => {
    holds((_, flow) => {
      for (let i = 0; i < flow.length; i++) {
        const at = (name: ColumnName) => flow.columns[name][i] as number
        const project = projectColumns.reduce((sum, name) => sum + at(name), 0)
        const financing = financingColumns.reduce((sum, name) => sum + at(name), 0)
        const scale = columnNames.reduce((sum, name) => sum + Math.abs(at(name)), 0)
        same(flow.project[i] as number, project, scale)
        same(flow.equity[i] as number, project + financing, scale)
      }
      const periods = cashFlowPeriods(flow)
      same(periods.at(-1)?.cumulative ?? Number.NaN, total(flow.project), size(flow.project))
    })
  })

  test('deducts its whole base, or says what it never will', () => {
    holds((inputs, flow) => {
      const { base, deducted, unrelieved } = flow.depreciation
      const scale = size(flow.columns.depreciation)
      same(total(flow.columns.depreciation), deducted, scale)
      same(deducted + unrelieved, base, scale)
      if (inputs.conventions?.depreciationAtEnd !== 'lost') same(unrelieved, 0, scale)
    })
  })

  test('gets its working capital back', () => {
    holds((_, flow) => {
      const column = flow.columns.workingCapital
      same(total(column), 0, size(column))
    })
  })

  test('repays its loans: what is owed ends at zero and principal is what was owed', () => {
    holds((inputs, flow) => {
      expect(flow.loans).toHaveLength(inputs.debt?.length ?? 0)
      let owed = 0
      for (const { balance, amount } of flow.loans) {
        same(balance.at(-1) as number, 0, amount)
        owed += balance[flow.construction - 1] as number
      }
      same(-total(flow.columns.principal), owed, owed)
      same(
        total(flow.columns.draws),
        flow.loans.reduce((sum, { amount }) => sum + amount, 0),
        owed,
      )
    })
  })

  test('never receives tax, but where losses are refunded', () => {
    holds((inputs, flow) => {
      if (inputs.tax.losses.kind === 'refunded') return
      const { tax, taxShield, credits } = flow.columns
      for (let i = 0; i < flow.length; i++) {
        atMost(tax[i] as number, 0)
        // Nor does the plant with loans: its tax is that without, less the shield.
        const levered = (tax[i] as number) + (credits[i] as number) + (taxShield[i] as number)
        const paidOut = (inputs.credits ?? []).some(({ treatment }) => treatment === 'paid')
        if (!paidOut) atMost(levered, 1e-9 * (1 + size(tax)))
      }
    })
  })

  test('is taxed on what it earned, all years together, and on losses that found no profit', () => {
    holds((inputs, before) => {
      if (inputs.tax.losses.kind === 'lost') return
      const { columns, unusedLosses } = cashFlow({
        ...inputs,
        oneOffs: [],
        replacements: [],
        grants: [],
      })
      const earning = ['revenue', 'royalties', 'variableCosts', 'fixedCosts'] as const
      const earned = earning.reduce((sum, name) => sum + total(columns[name]), 0)
      const income = earned - total(columns.depreciation)
      const scale = size(columns.depreciation) + size(columns.revenue) + size(before.project)
      same(total(columns.taxableIncome), income + unusedLosses, scale)
      same(-total(columns.tax), inputs.tax.rate * total(columns.taxableIncome), scale)
    })
  })
})

describe('present values', () => {
  test('are the sums of flows times their factors', () => {
    holds((_, flow) => {
      const rate = flowRate(flow, flow.discountRate)
      const factors = discountFactors(flow, rate)
      const sum = flow.project.reduce((all, x, i) => all + x * (factors[i] as number), 0)
      same(metrics(flow).projectNpv, sum, size(flow.project) * Math.max(...factors))
    })
  })

  test('are zero at the internal rate', () => {
    let found = 0
    holds((_, flow) => {
      for (const column of [flow.project, flow.equity]) {
        const rate = internalRate(column, flow.perYear)
        const rates =
          rate.outcome === 'found' ? [rate.rate] : rate.outcome === 'several' ? rate.rates : []
        for (const at of rates) {
          found++
          // Seen from the first flow for high rates, from the last one for low ones.
          const scale = column.reduce((sum, x, i) => sum + Math.abs(x) * (1 + at) ** -i, 0)
          const worth = column.reduce((sum, x, i) => sum + x * (1 + at) ** -i, 0)
          atMost(Math.abs(worth), 1e-9 * scale)
        }
        if (rate.outcome === 'several') expect(rate.rates.length).toBeGreaterThan(1)
      }
    })
    expect(found).toBeGreaterThan(50)
  })

  test('of the levelised cost times the output are those of the costs', () => {
    holds((_, flow) => {
      const { cost, output, perKg } = metrics(flow).levelised
      if (perKg === undefined) return
      same(perKg * output, cost, Math.abs(cost))
      // Sold at that price without tax, the output pays for everything else.
      const rate = flowRate(flow, flow.discountRate)
      const { columns, otherRevenue } = flow
      const balance = flow.project.map(
        (x, i) =>
          x -
          (columns.tax[i] as number) -
          (columns.revenue[i] as number) +
          (otherRevenue[i] as number) +
          perKg * (flow.output[i] as number) * (flow.priceLevel[i] as number),
      )
      const scale = size(balance) * Math.max(...discountFactors(flow, rate))
      same(presentValue(flow, balance, rate), 0, scale)
    })
  })
})

describe('quarters', () => {
  const alike = [
    'capital',
    'replacements',
    'oneOffs',
    'grants',
    'revenue',
    'royalties',
    'variableCosts',
    'fixedCosts',
    'credits',
    'tax',
    'depreciation',
    'taxableIncome',
    'draws',
  ] as const satisfies readonly ColumnName[]

  test('add up to the years, but for interest and for days of working capital', () => {
    holds((inputs, yearly) => {
      const flow = cashFlow({ ...inputs, step: 'quarter' })
      for (const name of alike) {
        // Loans in proportion to what is put in: days of cost do not fall before operation.
        byYear(flow.columns[name]).forEach((sum, year) => {
          same(sum, yearly.columns[name][year] as number, size(yearly.columns[name]))
        })
      }
      byYear(flow.output).forEach((kg, year) => same(kg, yearly.output[year] as number, kg))
    }, draws(3000))
  })
})

describe('depreciation', () => {
  const runsOut = (years: number) => Math.ceil(years) + 60

  test('of every rule and life adds up to the base', () => {
    fc.assert(
      fc.property(depreciationRules, (rule) => {
        const shares = depreciationShares(rule, runsOut(400))
        expect(shares.every((share) => share >= 0)).toBe(true)
        const keepsSalvage = rule.kind === 'double-declining' && rule.toStraightLine !== true
        const left = keepsSalvage ? Math.max(0, 1 - 2 / rule.years) ** rule.years : 0
        expect(total(shares)).toBeCloseTo(1 - left, 9)
      }),
      { numRuns: draws(3000) },
    )
  })
})
