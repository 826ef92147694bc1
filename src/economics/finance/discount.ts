import type { CashFlow, CashFlowPeriod, ColumnName } from './cash-flow-types.ts'
import { columnNames } from './cash-flow-types.ts'

/** What of a cash flow decides when its money falls. */
export type Calendar = Pick<
  CashFlow,
  'perYear' | 'length' | 'construction' | 'conventions' | 'inflation'
>

const within = { start: 0, mid: 0.5, end: 1 } as const

/** Years from time zero to the flow of the first period. */
function firstAt({ perYear, construction, conventions }: Calendar): number {
  const before = construction / perYear
  const zero = { 'first-spend': 0, 'last-construction-year': before - 1, operation: before }
  const start = Math.max(0, zero[conventions.timeZero])
  return within[conventions.discountAt] / perYear - start
}

/** The discount rate of the flows: a real one is raised by inflation, (1 + r)(1 + i) - 1. */
export function flowRate({ conventions, inflation }: Calendar, rate: number): number {
  return conventions.discountRate === 'real' ? (1 + rate) * (1 + inflation) - 1 : rate
}

/** Present value of one unit of money in each period, at a yearly rate of the flows. */
export function discountFactors(calendar: Calendar, rate: number): Float64Array {
  const factors = new Float64Array(calendar.length)
  const step = (1 + rate) ** (-1 / calendar.perYear)
  let now = (1 + rate) ** -firstAt(calendar)
  for (let i = 0; i < factors.length; i++) {
    factors[i] = now
    now *= step
  }
  return factors
}

/** Present value of a flow, money of time zero. `rate` is that of the flows. */
export function presentValue(calendar: Calendar, flow: Float64Array, rate: number): number {
  const step = (1 + rate) ** (-1 / calendar.perYear)
  let sum = 0
  for (let i = flow.length - 1; i >= 0; i--) sum = sum * step + (flow[i] as number)
  return sum * (1 + rate) ** -firstAt(calendar)
}

/** The cash flow as one record a period. */
export function cashFlowPeriods(flow: CashFlow): readonly CashFlowPeriod[] {
  const factors = discountFactors(flow, flowRate(flow, flow.discountRate))
  let cumulative = 0
  return Array.from(flow.project, (project, i) => {
    cumulative += project
    const year = String(flow.firstYear + Math.floor(i / flow.perYear))
    const values = columnNames.map((name) => [name, flow.columns[name][i] as number])
    return {
      period: i + 1,
      label: flow.perYear === 1 ? year : `${year} Q${String((i % flow.perYear) + 1)}`,
      columns: Object.fromEntries(values) as Readonly<Record<ColumnName, number>>,
      project,
      equity: flow.equity[i] as number,
      cumulative,
      output: flow.output[i] as number,
      discountFactor: factors[i] as number,
    }
  })
}
