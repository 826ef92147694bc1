import { label } from '../svg.ts'
import type { SwingChart } from './chart-types.ts'
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
const names = 330
const row = 30

type Bar = SwingChart['bars'][number]

/** One input: its name, what low and high mean, and a bar to each side. */
function barMarkup(bar: Bar, base: number, y: number, axis: Axis, look: ChartLook): string {
  const { name, about, low, high } = bar
  const words = { 'text-anchor': 'end', fill: look.ink } as const
  const side = (value: number | null, colour: string) => {
    if (value === null) return ''
    const [from, to] = [axis.at(base), axis.at(value)]
    return box(from, y + 5, to, y + row - 5, colour, `${name}: ${chartFigure(value)}`)
  }
  const first = y + (about === undefined ? 18 : 13)
  return [
    label(fitted(name, names, 12), names + 18, first, { 'font-size': 12, ...words }),
    about === undefined
      ? ''
      : label(fitted(about, names, 10), names + 18, y + 25, {
          'font-size': 10,
          ...words,
          fill: look.quiet,
        }),
    side(low, partColour(look, 4)),
    side(high, partColour(look, 0)),
    low === null || high === null
      ? label('no solution at one end', width - 40, y + 18, {
          'text-anchor': 'end',
          'font-size': 10,
          fill: look.bad,
        })
      : '',
  ].join('')
}

/** A tornado: one figure's move when each input goes low (light) and high (dark). */
export function drawSwings(chart: SwingChart, look: ChartLook = printLook): string {
  const ends = chart.bars.flatMap(({ low, high }) => [low, high]).filter((v) => v !== null)
  const axis = axisOver([...ends, chart.base], names + 30, width - 60, { count: 6, zero: false })
  const key = legend(
    [
      { name: 'input low', colour: partColour(look, 4) },
      { name: 'input high', colour: partColour(look, 0) },
    ],
    { x: names + 30, y: 54, width: width - names - 90 },
    look,
  )
  const from = 54 + key.height + 4
  const to = from + row * chart.bars.length
  const bars = chart.bars.map((bar, k) => barMarkup(bar, chart.base, from + row * k, axis, look))
  return chartSvg(
    chart.title,
    { width, height: to + 44 },
    look,
    key.markup,
    ...axis.ticks.flatMap((tick) => [
      line([axis.at(tick), from, axis.at(tick), to], look.faint),
      label(chartFigure(tick), axis.at(tick), to + 14, {
        'font-size': 11,
        'text-anchor': 'middle',
        fill: look.quiet,
      }),
    ]),
    label(`${chart.unit}; as written ${chartFigure(chart.base)}`, (names + width) / 2, to + 32, {
      'font-size': 11,
      'text-anchor': 'middle',
      fill: look.quiet,
    }),
    ...bars,
    line([axis.at(chart.base), from, axis.at(chart.base), to], look.ink),
  )
}
