import type { CashFlowPeriod } from '../../../src/economics/finance/index.ts'
import { formatWithUnit } from '../ui/format.ts'
import type { Scale } from './amount.ts'

/** One period of a cash flow as it is drawn. */
export interface FlowBar {
  readonly label: string
  readonly flow: number
  readonly cumulative: number
  readonly discounted: number
}

/** Of the project before any loan, or of its owners. */
export type Whose = 'project' | 'equity'

/** The periods as they are drawn: flow, its running sum, and that of its present values. */
export function barsOf(periods: readonly CashFlowPeriod[], whose: Whose): readonly FlowBar[] {
  let [cumulative, discounted] = [0, 0]
  return periods.map((period) => {
    const flow = period[whose]
    cumulative += flow
    discounted += flow * period.discountFactor
    return { label: period.label, flow, cumulative, discounted }
  })
}

/** What the chart says, in words. */
export function flowSentence(
  name: string,
  bars: readonly FlowBar[],
  { factor, unit }: Scale,
): string {
  const [first] = bars
  const last = bars.at(-1)
  if (first === undefined || last === undefined) return `${name}: no period.`
  const of = (amount: number) => formatWithUnit(amount * factor, unit)
  const lowest = bars.reduce(
    (least, bar) => (bar.cumulative < least.cumulative ? bar : least),
    first,
  )
  const after = bars.slice(bars.indexOf(lowest) + 1)
  const back = after.find(({ cumulative }) => cumulative >= 0)
  const turn = back === undefined ? 'never back above zero' : `back above zero in ${back.label}`
  return (
    `${name}: at its lowest ${of(lowest.cumulative)} in ${lowest.label}, ${turn}; ` +
    `in the end ${of(last.cumulative)}, ${of(last.discounted)} discounted.`
  )
}
