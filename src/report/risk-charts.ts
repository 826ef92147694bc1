import type { OddsChart, SwingChart } from '../draw/index.ts'
import {
  riskValues,
  type PreparedRisk,
  type RiskCase,
  type RiskDraw,
  type RiskSummary,
  type TornadoBar,
} from '../scenario/index.ts'
import type { Cell } from './cells.ts'

/** Values of a measure in one case by draw, in its unit; NaN where there is none. */
function column(
  { plan }: PreparedRisk,
  name: string,
  k: number,
  draws: readonly RiskDraw[],
): Float64Array {
  const at = plan.measures.findIndex((measure) => measure.name === name)
  const measure = plan.measures[at]
  if (measure === undefined) return new Float64Array(plan.draws).fill(Number.NaN)
  const own = draws.map(({ draw, cases }) => ({ draw, of: cases[k] as RiskCase }))
  return riskValues(measure, at, own, plan.draws)
}

/** Odds of a measure in every case; `undefined` where it does not vary. */
export function oddsChart(
  cases: readonly PreparedRisk[],
  draws: readonly RiskDraw[],
  summary: RiskSummary,
  name: string,
): OddsChart | undefined {
  const spread = summary.cases[0]?.spreads.find(({ measure }) => measure === name)
  if (spread === undefined || !((spread.deviation ?? 0) > 0)) return undefined
  const marks = (['p10', 'p50', 'p90'] as const).flatMap((at) => {
    const value = spread[at]
    return value === null ? [] : [{ name: at.toUpperCase(), at: value }]
  })
  const unit = spread.unit.includes(summary.currency)
    ? `${spread.unit} (${summary.year})`
    : spread.unit
  const loss = spread.belowZero > 0 ? `, ${(100 * spread.belowZero).toFixed(1)} % below zero` : ''
  return {
    title: `${spread.title}: ${summary.draws} draws${cases.length === 1 ? loss : ''}`,
    unit,
    samples: cases.map((one, k) => ({
      name: one.subject.name,
      values: column(one, name, k, draws).filter(Number.isFinite),
    })),
    marks,
  }
}

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

/** One row a draw: its number, the inputs, and by case how it ended and its measures. */
export function riskTable(
  cases: readonly PreparedRisk[],
  draws: readonly RiskDraw[],
): readonly (readonly Cell[])[] {
  const inputs = cases.map(({ plan }) => plan.inputs)
  const heads = [
    'draw',
    ...cases.flatMap(({ subject, plan }, k) => {
      const named = (text: string) => (cases.length > 1 ? `${subject.name}: ${text}` : text)
      const units = plan.measures.map(({ name, unit }) => (unit === '' ? name : `${name}, ${unit}`))
      return ['outcome', ...(inputs[k] ?? []).map(({ name }) => name), ...units].map(named)
    }),
  ]
  const rows = draws
    .toSorted((a, b) => a.draw - b.draw)
    .map(({ draw, cases: ends }): Cell[] => [
      draw,
      ...cases.flatMap((one, k) => caseCells(one, draw, ends[k])),
    ])
  return [heads, ...rows]
}

function caseCells({ plan, values }: PreparedRisk, draw: number, end?: RiskCase): Cell[] {
  const n = plan.inputs.length
  const solved = end !== undefined && 'values' in end ? end.values : undefined
  return [
    end !== undefined && 'outcome' in end ? end.outcome : 'converged',
    ...plan.inputs.map((_, k) => values[draw * n + k] as number),
    ...plan.measures.map(({ factor }, k): Cell => {
      const value = solved?.[k] ?? null
      return typeof value === 'number' ? value * factor : value
    }),
  ]
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
