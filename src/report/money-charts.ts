import type { Breakdown, CashFlowChart } from '../draw/index.ts'
import type { Appraisal } from '../scenario/index.ts'

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

/** Columns of the cash flow that a chart shows together, by its name for them. */
const series: readonly (readonly [name: string, ...columns: CashColumn[]])[] = [
  ['revenue', 'revenue'],
  ['variable costs', 'variableCosts'],
  ['fixed costs', 'fixedCosts', 'royalties'],
  ['capital', 'capital', 'replacements', 'oneOffs'],
  ['working capital', 'workingCapital'],
  ['tax', 'tax'],
  ['grants and credits', 'grants', 'credits'],
]
type CashColumn = keyof Appraisal['finance']['cashFlow']['columns']

/** The cash flow of the project by year: bars by kind, running sums as lines. */
export function projectCashChart({ finance, basis }: Appraisal): CashFlowChart {
  const { cashFlow } = finance
  const { perYear } = cashFlow
  const years = cashFlow.length / perYear
  const byYear = (values: ArrayLike<number>) =>
    Array.from({ length: years }, (_, y) => {
      let sum = 0
      for (let i = y * perYear; i < (y + 1) * perYear; i++) sum += values[i] ?? 0
      return sum
    })
  const running = (values: readonly number[]) => {
    let sum = 0
    return values.map((value) => (sum += value))
  }
  const net = running(byYear(cashFlow.project))
  const owners = running(byYear(cashFlow.equity))
  const scale = scaleOf(net, basis)
  const scaled = (values: readonly number[]) => values.map((value) => value / scale.factor)
  const bars = series
    .map(([name, ...columns]) => ({
      name,
      values: scaled(
        columns
          .map((column) => byYear(cashFlow.columns[column]))
          .reduce((a, b) => a.map((value, y) => value + (b[y] ?? 0))),
      ),
    }))
    .filter(({ values }) => values.some((value) => value !== 0))
  return {
    title: 'Cash flow of the project before loans',
    unit: scale.unit,
    periods: Array.from({ length: years }, (_, y) => `${cashFlow.firstYear + y}`),
    series: bars,
    lines: [
      { name: 'running sum', values: scaled(net) },
      ...(cashFlow.loans.length === 0
        ? []
        : [{ name: 'running sum of the owners, with loans', values: scaled(owners) }]),
    ],
  }
}
