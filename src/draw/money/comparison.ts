import { label } from '../svg.ts'
import type { ComparisonChart } from './chart-types.ts'
import type { ChartLook } from '../frame.ts'
import {
  axisOver,
  box,
  chartFigure,
  chartSvg,
  fitted,
  legend,
  line,
  partColour,
  printLook,
} from '../frame.ts'

const panelWidth = 290
const columns = 3
const row = 22

type Figure = ComparisonChart['figures'][number]

/** One figure: a bar a plant on an axis of its own, its odds as a whisker. */
function panel(figure: Figure, at: { x: number; y: number }, look: ChartLook): string {
  const { values, ranges = [] } = figure
  const known = [...values, ...ranges.flatMap((range) => range ?? [])].filter((v) => v !== null)
  const axis = axisOver(known, at.x, at.x + panelWidth - 90, { count: 3 })
  const from = at.y + 24
  const to = from + row * values.length
  const unit = figure.unit === '' ? '' : `, ${figure.unit}`
  const bars = values.map((value, k) => {
    const y = from + row * k
    const range = ranges[k]
    const end = Math.max(axis.at(value ?? 0), axis.at(0), range ? axis.at(range[1]) : 0)
    const bar =
      value === null ? '' : box(axis.at(0), y + 3, axis.at(value), y + row - 3, partColour(look, k))
    const whisker =
      range === undefined || range === null
        ? ''
        : line([axis.at(range[0]), y + row / 2, axis.at(range[1]), y + row / 2], look.ink, 1.4)
    return (
      bar +
      whisker +
      label(value === null ? 'none' : chartFigure(value), end + 5, y + 15, {
        'font-size': 11,
        fill: value === null ? look.bad : look.ink,
      })
    )
  })
  return [
    label(fitted(`${figure.name}${unit}`, panelWidth - 20, 12), at.x, at.y + 12, {
      'font-size': 12,
      'font-weight': 600,
      fill: look.ink,
    }),
    ...bars,
    line([axis.at(0), from, axis.at(0), to], look.ink),
  ].join('')
}

/** Plants or scenarios side by side: one panel a figure, one bar a plant. */
export function drawComparison(chart: ComparisonChart, look: ChartLook = printLook): string {
  const high = 24 + row * chart.names.length + 22
  const lines = Math.ceil(chart.figures.length / columns)
  const width = columns * panelWidth + 40
  const key = legend(
    chart.names.map((name, k) => ({ name, colour: partColour(look, k) })),
    { x: 20, y: 54, width: width - 40 },
    look,
  )
  const top = 54 + key.height + 12
  const place = (k: number) => ({
    x: 20 + (k % columns) * panelWidth,
    y: top + Math.floor(k / columns) * high,
  })
  return chartSvg(
    chart.title,
    { width, height: top + lines * high + 10 },
    look,
    key.markup,
    ...chart.figures.map((figure, k) => panel(figure, place(k), look)),
  )
}
