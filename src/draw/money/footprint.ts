import { label } from '../svg.ts'
import type { FootprintChart } from './chart-types.ts'
import type { ChartLook } from '../frame.ts'
import {
  type Axis,
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

const width = 900
const names = 230
const row = 26

type Bar = FootprintChart['bars'][number]

/** One product: credits to the left of zero, burdens to the right, the sum behind its bar. */
function barMarkup(bar: Bar, groups: readonly string[], y: number, axis: Axis, look: ChartLook) {
  let [plus, minus] = [0, 0]
  const parts = groups.map((group, k) => {
    const value = bar.byGroup[group] ?? 0
    const from = value > 0 ? plus : minus
    if (value > 0) plus += value
    else minus += value
    if (value === 0) return ''
    const about = `${bar.name}, ${group}: ${chartFigure(value)}`
    return box(axis.at(from), y + 4, axis.at(from + value), y + row - 4, partColour(look, k), about)
  })
  return [
    name(bar.name, y, look),
    ...parts,
    label(chartFigure(plus + minus), axis.at(plus) + 6, y + 17, {
      'font-size': 12,
      'font-weight': 600,
      fill: look.ink,
    }),
  ].join('')
}

const name = (text: string, y: number, look: ChartLook) =>
  label(fitted(text, names - 10, 12), names + 10, y + 17, {
    'font-size': 12,
    'text-anchor': 'end',
    fill: look.ink,
  })

/** Footprint bars by product and group; published routes as ranges below them. */
export function drawFootprint(chart: FootprintChart, look: ChartLook = printLook): string {
  const groups = [...new Set(chart.bars.flatMap(({ byGroup }) => Object.keys(byGroup)))].filter(
    (group) => chart.bars.some(({ byGroup }) => (byGroup[group] ?? 0) !== 0),
  )
  const { ranges = [], missing = [] } = chart
  const side = (bar: Bar, sign: 1 | -1) =>
    Object.values(bar.byGroup)
      .filter((v) => sign * v > 0)
      .reduce((a, b) => a + b, 0)
  const reach = [
    ...chart.bars.flatMap((bar) => [side(bar, 1), side(bar, -1)]),
    ...ranges.map(({ high }) => high),
  ]
  const axis = axisOver(reach, names + 22, width - 80)
  const key = legend(
    groups.map((group, k) => ({ name: group, colour: partColour(look, k) })),
    { x: names + 22, y: 52, width: width - names - 42 },
    look,
  )
  const from = 52 + key.height + 6
  const to = from + row * (chart.bars.length + ranges.length)
  const foot = to + 36
  return chartSvg(
    chart.title,
    { width, height: foot + 16 * missing.length + (missing.length === 0 ? 8 : 16) },
    look,
    key.markup,
    ...axis.ticks.flatMap((tick) => [
      line([axis.at(tick), from, axis.at(tick), to], tick === 0 ? look.ink : look.faint),
      label(chartFigure(tick), axis.at(tick), to + 14, {
        'font-size': 11,
        'text-anchor': 'middle',
        fill: look.quiet,
      }),
    ]),
    label(chart.unit, names + 22, to + 30, { 'font-size': 11, fill: look.quiet }),
    ...chart.bars.map((bar, k) => barMarkup(bar, groups, from + row * k, axis, look)),
    ...ranges.map((range, k) => {
      const y = from + row * (chart.bars.length + k)
      const [a, b] = [axis.at(range.low), axis.at(range.high)]
      return [
        name(range.name, y, look),
        line([a, y + 13, b, y + 13], look.quiet, 3),
        line([a, y + 7, a, y + 19], look.quiet, 1.5),
        line([b, y + 7, b, y + 19], look.quiet, 1.5),
        label(`${chartFigure(range.low)} to ${chartFigure(range.high)}`, b + 8, y + 17, {
          'font-size': 11,
          fill: look.quiet,
        }),
      ].join('')
    }),
    ...missing.map((text, k) =>
      label(fitted(`no factor: ${text}`, width - 40, 11), 20, foot + 12 + 16 * k, {
        'font-size': 11,
        fill: look.bad,
      }),
    ),
  )
}
