import { element, label } from '../svg.ts'
import type { OddsChart } from './chart-types.ts'
import type { ChartLook } from '../frame.ts'
import {
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
const height = 360
const left = 60
const right = width - 30
const bottom = height - 48

/** Counts of every sample in shared bins over all of them; what is not finite is left out. */
function binned(chart: OddsChart) {
  const finite = chart.samples.map(({ values }) => Array.from(values).filter(Number.isFinite))
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of finite.flat()) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (!(low < high)) return { low, step: 0, counts: finite.map((values) => [values.length]) }
  const most = Math.max(...finite.map((values) => values.length))
  const bins = Math.min(60, Math.max(8, Math.round(Math.sqrt(most))))
  const step = (high - low) / bins
  const counts = finite.map((values) => {
    const found = Array.from({ length: bins }, () => 0)
    for (const value of values) {
      const k = Math.min(bins - 1, Math.floor((value - low) / step))
      found[k] = (found[k] ?? 0) + 1
    }
    return found
  })
  return { low, step, counts }
}

/** Odds of a figure as a histogram; two plants lie over each other on the same bins. */
export function drawOdds(chart: OddsChart, look: ChartLook = printLook): string {
  const { low, step, counts } = binned(chart)
  const bins = counts[0]?.length ?? 0
  const ends = step === 0 ? [low, low] : [low, low + bins * step]
  const axis = axisOver([...ends, ...chart.marks.map(({ at }) => at)], left, right, {
    count: 8,
    zero: false,
  })
  const key = legend(
    chart.samples.length < 2
      ? []
      : chart.samples.map(({ name }, k) => ({ name, colour: partColour(look, k) })),
    { x: left, y: 52, width: right - left },
    look,
  )
  const marksAt = 52 + key.height
  const top = marksAt + 18 * chart.marks.length
  const most = Math.max(1, ...counts.flat())
  const level = (count: number) => bottom - (count / most) * (bottom - top)
  const bars = counts.map((found, k) =>
    element(
      'g',
      { 'fill-opacity': chart.samples.length > 1 ? 0.55 : 0.85 },
      ...found.map((count, b) => {
        const [x, next] = [axis.at(low + b * step), axis.at(low + (b + 1) * step)]
        if (count === 0) return ''
        const wide = step === 0 ? 6 : Math.max(1, next - x - 1)
        return box(x, level(count), x + wide, bottom, partColour(look, k))
      }),
    ),
  )
  return chartSvg(
    chart.title,
    { width, height },
    look,
    key.markup,
    ...bars,
    line([left, bottom, right, bottom], look.ink),
    ...axis.ticks.flatMap((tick) => [
      line([axis.at(tick), bottom, axis.at(tick), bottom + 4], look.ink),
      label(chartFigure(tick), axis.at(tick), bottom + 18, {
        'font-size': 11,
        'text-anchor': 'middle',
        fill: look.quiet,
      }),
    ]),
    label(chart.unit, (left + right) / 2, bottom + 36, {
      'font-size': 11,
      'text-anchor': 'middle',
      fill: look.quiet,
    }),
    ...chart.marks.map(({ name, at }, k) => {
      const x = axis.at(at)
      const y = marksAt + 18 * k + 4
      const late = x > right - 160
      return (
        line([x, y, x, bottom], look.ink, 1.2, '4 3') +
        label(`${name} ${chartFigure(at)}`, late ? x - 5 : x + 5, y + 4, {
          'font-size': 11,
          'text-anchor': late ? 'end' : 'start',
          fill: look.ink,
        })
      )
    }),
  )
}
