import { element, label, round } from '../svg.ts'
import type { CashFlowChart } from './chart-types.ts'
import type { ChartLook } from '../frame.ts'
import {
  type Axis,
  axisOver,
  box,
  chartFigure,
  chartSvg,
  legend,
  line,
  partColour,
  printLook,
} from '../frame.ts'

const width = 900
const height = 440
const left = 80
const right = width - 20
const bottom = height - 46
const dashes = ['', '6 3', '2 3'] as const

/** The bars of one period: what comes in above the zero line, what goes out below. */
function stack(
  chart: CashFlowChart,
  period: number,
  place: { x: number; wide: number },
  axis: Axis,
  look: ChartLook,
) {
  let [up, down] = [0, 0]
  return chart.series.map(({ name, values }, k) => {
    const value = values[period] ?? 0
    if (value === 0) return ''
    const from = value > 0 ? up : down
    const to = from + value
    if (value > 0) up = to
    else down = to
    const about = `${chart.periods[period] ?? ''}: ${name} ${chartFigure(value)} ${chart.unit}`
    return box(
      place.x,
      axis.at(from),
      place.x + place.wide,
      axis.at(to),
      partColour(look, k),
      about,
    )
  })
}

/** The lowest and highest that a period's bars reach. */
function reach(chart: CashFlowChart): number[] {
  return chart.periods.flatMap((_, period) => {
    const values = chart.series.map(({ values: v }) => v[period] ?? 0)
    const sum = (keep: (value: number) => boolean) =>
      values.filter(keep).reduce((total, value) => total + value, 0)
    return [sum((v) => v > 0), sum((v) => v < 0)]
  })
}

/** Cash flow by period: stacked bars, and lines over them such as the running sum. */
export function drawCashFlow(chart: CashFlowChart, look: ChartLook = printLook): string {
  const keys = [
    ...chart.series.map(({ name }, k) => ({ name, colour: partColour(look, k) })),
    ...chart.lines.map(({ name }, k) => ({ name, colour: look.ink, dash: dashes[k % 3] ?? '' })),
  ]
  const key = legend(keys, { x: left, y: 52, width: right - left }, look)
  const top = 52 + key.height + 6
  const values = [...reach(chart), ...chart.lines.flatMap((l) => [...l.values])]
  const axis = axisOver(values, bottom, top, { count: 7 })
  const step = (right - left) / Math.max(1, chart.periods.length)
  const middle = (k: number) => left + (k + 0.5) * step
  const every = Math.ceil(28 / step)
  return chartSvg(
    `${chart.title}, ${chart.unit}`,
    { width, height },
    look,
    key.markup,
    ...axis.ticks.flatMap((tick) => [
      line([left, axis.at(tick), right, axis.at(tick)], tick === 0 ? look.ink : look.faint),
      label(chartFigure(tick), left - 8, axis.at(tick) + 4, {
        'font-size': 11,
        'text-anchor': 'end',
        fill: look.quiet,
      }),
    ]),
    ...chart.periods.flatMap((name, k) => [
      ...stack(chart, k, { x: middle(k) - 0.36 * step, wide: 0.72 * step }, axis, look),
      k % every === 0
        ? label(name, middle(k), bottom + 18, {
            'font-size': 11,
            'text-anchor': 'middle',
            fill: look.quiet,
          })
        : '',
    ]),
    ...chart.lines.map(({ values: v }, k) =>
      element('path', {
        d: v
          .map((value, i) => `${i === 0 ? 'M' : 'L'}${round(middle(i))} ${round(axis.at(value))}`)
          .join(' '),
        fill: 'none',
        stroke: look.ink,
        'stroke-width': 2,
        'stroke-dasharray': dashes[k % 3] === '' ? undefined : dashes[k % 3],
      }),
    ),
  )
}
