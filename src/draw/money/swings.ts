import { label } from '../svg.ts'
import type { ChartLook, SwingChart } from './chart-types.ts'
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
} from './frame.ts'

const width = 900
const names = 330
const row = 30

/** A tornado: one figure's move when each input goes low (light) and high (dark). */
export function drawSwings(chart: SwingChart, look: ChartLook = printLook): string {
  const ends = chart.bars.flatMap(({ low, high }) => [low, high]).filter((v) => v !== null)
  const axis = axisOver([...ends, chart.base], names + 30, width - 60, { count: 6, zero: false })
  const [lowColour, highColour] = [partColour(look, 4), partColour(look, 0)]
  const key = legend(
    [
      { name: 'input low', colour: lowColour },
      { name: 'input high', colour: highColour },
    ],
    { x: names + 30, y: 54, width: width - names - 90 },
    look,
  )
  const from = 54 + key.height + 4
  const to = from + row * chart.bars.length
  const bars = chart.bars.map(({ name, about, low, high }, k) => {
    const y = from + row * k
    const side = (value: number | null, colour: string) =>
      value === null
        ? ''
        : box(
            axis.at(chart.base),
            y + 5,
            axis.at(value),
            y + row - 5,
            colour,
            `${name}: ${chartFigure(value)}`,
          )
    const words = { 'text-anchor': 'end', fill: look.ink } as const
    const none = low === null || high === null
    return [
      label(fitted(name, names, 12), names + 18, y + (about === undefined ? 18 : 13), {
        'font-size': 12,
        ...words,
      }),
      about === undefined
        ? ''
        : label(fitted(about, names, 10), names + 18, y + 25, {
            'font-size': 10,
            ...words,
            fill: look.quiet,
          }),
      side(low, lowColour),
      side(high, highColour),
      none
        ? label('no solution', axis.at(chart.base) + 6, y + 18, { 'font-size': 10, fill: look.bad })
        : '',
    ].join('')
  })
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
