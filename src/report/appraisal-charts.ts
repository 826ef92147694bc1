import { cashFlowPeriods } from '../economics/index.ts'
import type { Breakdown, CashFlowChart } from '../draw/index.ts'
import type { Appraisal } from '../scenario/index.ts'
import { moneyUnit } from './appraisal-text.ts'

const million = 1e6

/** A unit of money that leaves figures of at most six digits. */
function scaleOf(amounts: Iterable<number>, { currency, year }: Appraisal['basis']) {
  let most = 0
  for (const amount of amounts) most = Math.max(most, Math.abs(amount))
  const [factor, prefix] = most >= 1e6 ? [1e6, 'M'] : most >= 1e4 ? [1e3, 'k'] : [1, '']
  return {
    factor,
    unit: `${prefix}${currency} (${year})`,
    perYear: `${prefix}${currency}/y (${year})`,
  }
}

type Part = Breakdown['parts'][number]

/** Parts of one name together, those of one group beside each other, the largest group first. */
function gathered(parts: readonly Required<Part>[]): Required<Part>[] {
  const groups = new Map<string, number>()
  const found = new Map<string, Required<Part>>()
  for (const part of parts) {
    groups.set(part.group, (groups.get(part.group) ?? 0) + part.amount)
    const key = `${part.group} ${part.name}`
    found.set(key, { ...part, amount: part.amount + (found.get(key)?.amount ?? 0) })
  }
  return [...found.values()].toSorted(
    (a, b) =>
      (groups.get(b.group) ?? 0) - (groups.get(a.group) ?? 0) ||
      a.group.localeCompare(b.group) ||
      b.amount - a.amount,
  )
}

/** Most bars of a chart that can still be read; the small rest is one bar. */
const mostBars = 24

function shortened(parts: readonly Required<Part>[]): readonly Required<Part>[] {
  if (parts.length <= mostBars) return parts
  const order = parts.toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount))
  const kept = new Set(order.slice(0, mostBars - 1))
  const rest = order.slice(mostBars - 1).reduce((sum, { amount }) => sum + amount, 0)
  const name = `${parts.length - kept.size} smaller lines`
  return [...parts.filter((part) => kept.has(part)), { name, amount: rest, group: 'smaller' }]
}

const most = 8

const missingLines = (gaps: readonly { readonly what: string; readonly why: string }[]) => [
  ...gaps.slice(0, most).map(({ what, why }) => `${what}: ${why}`),
  ...(gaps.length > most ? [`and ${gaps.length - most} more, listed with the estimate`] : []),
]

/** The capital estimate as bars: equipment by type where it is priced, then the other lines. */
export function capitalBreakdown({ capital }: Appraisal): Breakdown {
  const scale = scaleOf(
    capital.lines.map(({ amount }) => amount),
    capital.basis,
  )
  const lines = capital.lines.map(({ name, group, amount }) => ({
    name,
    group: group.replace('-', ' '),
    amount: amount / scale.factor,
  }))
  return {
    title: `Capital, ${capital.estimateClass.text}`,
    unit: scale.unit,
    parts: shortened(gathered(lines)),
    missing: missingLines(capital.unpriced),
  }
}

/** A year's operating cost as bars. */
export function operatingBreakdown({ operating }: Appraisal): Breakdown {
  const scale = scaleOf(
    operating.lines.map(({ amount }) => amount),
    operating.basis,
  )
  const lines = operating.lines.map(({ name, group, amount }) => ({
    name,
    group,
    amount: amount / scale.factor,
  }))
  return {
    title: 'Operating cost of a year',
    unit: scale.perYear,
    parts: shortened(gathered(lines).filter(({ amount }) => amount !== 0)),
    missing: missingLines(operating.gaps),
  }
}

/** Capital and a year's operating cost by line, ready to be drawn. */
export const costCharts = (appraisal: Appraisal): readonly Breakdown[] => [
  capitalBreakdown(appraisal),
  operatingBreakdown(appraisal),
]

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
