import type { OddsChart, SwingChart } from '../draw/index.ts'
import type { RiskSpread, RiskSummary, TornadoBar } from '../scenario/index.ts'
import type { Cell } from './cells.ts'

/** Odds of a measure, with its values in every case; `undefined` where it does not vary. */
export function oddsChart(
  samples: OddsChart['samples'],
  summary: RiskSummary,
  name: string,
): OddsChart | undefined {
  const spread = summary.cases[0]?.spreads.find(({ measure }) => measure === name)
  if (spread === undefined || !((spread.deviation ?? 0) > 0)) return undefined
  const marks = samples.length === 1 ? quantiles(spread) : medians(summary, name)
  const unit = spread.unit.includes(summary.currency)
    ? `${spread.unit} (${summary.year})`
    : spread.unit
  const loss = spread.belowZero > 0 ? `, ${(100 * spread.belowZero).toFixed(1)} % below zero` : ''
  return {
    title: `${spread.title}: ${summary.draws} draws${samples.length === 1 ? loss : ''}`,
    unit,
    samples,
    marks,
  }
}

const quantiles = (spread: RiskSpread): OddsChart['marks'] =>
  (['p10', 'p50', 'p90'] as const).flatMap((at) => {
    const value = spread[at]
    return value === null ? [] : [{ name: at.toUpperCase(), at: value }]
  })

/** Of several plants the middles alone: nine marks would be none. */
const medians = ({ cases }: RiskSummary, name: string): OddsChart['marks'] =>
  cases.flatMap((one) => {
    const value = one.spreads.find(({ measure }) => measure === name)?.p50 ?? null
    return value === null ? [] : [{ name: `${one.name} P50`, at: value }]
  })

/** One input at a time, as bars; `undefined` where the plant as written has no such figure. */
export function swingChart(summary: RiskSummary, name: string): SwingChart | undefined {
  const [first] = summary.cases
  const tornado = first?.tornado.find(({ measure }) => measure === name)
  if (first === undefined || tornado === undefined || tornado.base === null) return undefined
  return {
    title: `${first.name}: ${name} when one input alone moves`,
    unit: tornado.unit,
    base: tornado.base,
    bars: visible(tornado.bars).map(({ input, low, high, atLow, atHigh }) => ({
      name: input,
      about: `${low} / ${high}`,
      low: atLow,
      high: atHigh,
    })),
  }
}

/** Bars that can be seen beside the longest. */
function visible(bars: readonly TornadoBar[]): readonly TornadoBar[] {
  const swing = ({ atLow, atHigh }: TornadoBar) => Math.abs((atHigh ?? 0) - (atLow ?? 0))
  const most = Math.max(...bars.map(swing))
  return bars.filter((bar) => swing(bar) > 0.005 * most).slice(0, 16)
}

/** The spreads of all cases, one row a measure and case. */
export function spreadTable({ cases }: RiskSummary): readonly (readonly Cell[])[] {
  const heads = ['plant', 'measure', 'unit', 'as written', 'P10', 'P50', 'P90', 'mean']
  return [
    [...heads, 'deviation', 'mean of the worst', 'share that is the worst', 'draws'],
    ...cases.flatMap(({ name, spreads }) =>
      spreads.map((of): Cell[] => [
        name,
        of.measure,
        of.unit,
        of.base,
        of.p10,
        of.p50,
        of.p90,
        of.mean,
        of.deviation,
        of.cvar,
        of.tail,
        of.count,
      ]),
    ),
  ]
}
