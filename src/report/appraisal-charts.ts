import { cashFlowPeriods } from '../economics/index.ts'
import type { Breakdown, CashFlowChart } from '../draw/index.ts'
import type { Appraisal } from '../scenario/index.ts'
import { moneyUnit } from './appraisal-text.ts'

const million = 1e6

/** Capital by line and a year's operating cost by line, ready to be drawn. */
export function costCharts(appraisal: Appraisal): readonly Breakdown[] {
  const { capital, operating } = appraisal
  const costs = operating.lines.toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount))
  const rest = costs.slice(16)
  const other = rest.reduce((sum, { amount }) => sum + amount, 0)
  const missing = [...new Set(operating.gaps.map(({ why }) => why))]
  return [
    {
      title: 'Capital',
      unit: moneyUnit(appraisal, 'M'),
      parts: capital.lines.map(({ name, group, amount }) => ({
        name,
        group,
        amount: amount / million,
      })),
      missing: capital.unpriced.map(({ what }) => what),
    },
    {
      title: 'Operating cost',
      unit: `${moneyUnit(appraisal, 'M')} a year`,
      parts: [
        ...costs
          .slice(0, 16)
          .map(({ name, group, amount }) => ({ name, group, amount: amount / million })),
        ...(rest.length === 0
          ? []
          : [{ name: `${rest.length} smaller lines`, group: 'smaller', amount: other / million }]),
      ],
      missing,
    },
  ]
}

const series = [
  ['capital', ['capital', 'replacements', 'oneOffs', 'workingCapital']],
  ['grants and credits', ['grants', 'credits']],
  ['revenue', ['revenue']],
  ['operating cost', ['variableCosts', 'fixedCosts', 'royalties']],
  ['tax', ['tax', 'taxShield']],
  ['loans', ['draws', 'fees', 'interest', 'principal']],
] as const

/** Cash flow by period with its running sum, ready to be drawn. */
export function cashFlowChart(appraisal: Appraisal): CashFlowChart {
  const { cashFlow } = appraisal.finance
  const periods = cashFlowPeriods(cashFlow)
  const isLevered = cashFlow.loans.length > 0
  const flow = isLevered ? cashFlow.equity : cashFlow.project
  let [sum, worth] = [0, 0]
  const running: number[] = []
  const discounted: number[] = []
  for (const [k, { discountFactor }] of periods.entries()) {
    sum += flow[k] ?? 0
    worth += (flow[k] ?? 0) * discountFactor
    running.push(sum / million)
    discounted.push(worth / million)
  }
  return {
    title: `${appraisal.title}: cash flow ${isLevered ? 'of the owners' : 'of the project'}`,
    unit: moneyUnit(appraisal, 'M'),
    periods: periods.map(({ label }) => label),
    series: series
      .map(([name, columns]) => ({
        name,
        values: periods.map(
          (period) =>
            columns.reduce((total, column) => total + period.columns[column], 0) / million,
        ),
      }))
      .filter(({ values }) => values.some((value) => value !== 0)),
    lines: [
      { name: 'running sum', values: running },
      { name: 'running sum, discounted', values: discounted },
    ],
  }
}
