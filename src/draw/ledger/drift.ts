import type { Drift, DriftPoint, DriftSeries } from '../../twin/index.ts'
import type { ChartLook } from '../frame.ts'
import { type Axis, axisOver, chartFigure, chartSvg, fitted, line, printLook } from '../frame.ts'
import { elementColour, elementOrder } from '../palette.ts'
import { element, escapeXml, label, round } from '../svg.ts'
import { dayOf, syntheticMark } from './parts.ts'

const panelWidth = 480
const panelHeight = 190
const columns = 2
const mostPanels = 24

const heads = {
  recovery: 'recovery, %',
  'recovery against expected': 'recovery: (actual - expected) / expected, %',
  gap: 'unaccounted, % of in',
} as const

/** A point: a dot, a triangle beyond the limits, a diamond where it drifts. */
function mark(point: DriftPoint, x: number, y: number, colour: string, look: ChartLook): string {
  const title = element(
    'title',
    {},
    escapeXml(
      `${point.code}, ${dayOf(point.time)}: ${chartFigure(100 * point.value)} %${point.signal === undefined ? '' : `, ${point.signal}`}`,
    ),
  )
  const { signal } = point
  const [cx, cy] = [round(x), round(y)]
  if (signal === undefined) return element('circle', { cx, cy, r: 2.6, fill: colour }, title)
  const shapes = {
    above: `M${cx} ${cy - 6} l6 10 l-12 0 Z`,
    below: `M${cx} ${cy + 6} l6 -10 l-12 0 Z`,
    'drifts up': `M${cx} ${cy - 5} l5 5 l-5 5 l-5 -5 Z`,
    'drifts down': `M${cx} ${cy - 5} l5 5 l-5 5 l-5 -5 Z`,
  }
  return element('path', { d: shapes[signal], fill: look.bad }, title)
}

/** The code of the first point of each run of signals. */
function callouts(
  points: readonly DriftPoint[],
  mean: number,
  x: Axis,
  y: Axis,
  look: ChartLook,
): string {
  let last = Number.NEGATIVE_INFINITY
  return points
    .map((point, k) => {
      if (point.signal === undefined || points[k - 1]?.signal !== undefined) return ''
      if (x.at(k) - last < 60) return ''
      last = x.at(k)
      return label(
        point.code,
        x.at(k) - 8,
        y.at(100 * point.value) + (point.value < mean ? 12 : -5),
        {
          'font-size': 9,
          fill: look.bad,
          'text-anchor': 'end',
        },
      )
    })
    .join('')
}

function limitLines(
  series: DriftSeries,
  from: number,
  to: number,
  y: Axis,
  look: ChartLook,
): string {
  const { limits, learnt } = series
  if (limits === undefined) return ''
  const { mean, sigma } = limits
  const at = (value: number) => y.at(100 * value)
  const text = (value: number, what: string) =>
    label(what, to + 4, at(value) + 3, { 'font-size': 9, fill: look.quiet })
  const learntFrom = learnt === 0 ? 'given limits' : `limits of the first ${learnt}`
  return [
    line([from, at(mean), to, at(mean)], look.quiet, 1),
    line([from, at(mean + 3 * sigma), to, at(mean + 3 * sigma)], look.quiet, 1, '5 3'),
    line([from, at(mean - 3 * sigma), to, at(mean - 3 * sigma)], look.quiet, 1, '5 3'),
    at(mean - 3 * sigma) - at(mean) > 9 ? text(mean, 'mean') : '',
    text(mean + 3 * sigma, '+3σ'),
    text(mean - 3 * sigma, '−3σ'),
    label(learntFrom, to, y.at(y.low) + 26, {
      'font-size': 9,
      fill: look.quiet,
      'text-anchor': 'end',
    }),
  ].join('')
}

function panel(series: DriftSeries, at: { x: number; y: number }, look: ChartLook): string {
  const { points, limits, element: symbol, what } = series
  const [from, to] = [at.x + 44, at.x + panelWidth - 50]
  const spread =
    limits === undefined ? [] : [limits.mean - 3.3 * limits.sigma, limits.mean + 3.3 * limits.sigma]
  const values = [...points.map(({ value }) => value), ...spread].map((value) => 100 * value)
  const y = axisOver(values, at.y + panelHeight - 42, at.y + 30, { count: 4, zero: false })
  const last = Math.max(1, points.length - 1)
  const x: Axis = { low: 0, high: last, ticks: [], at: (k) => from + (k / last) * (to - from) }
  const colour = elementColour(symbol)
  const path = points
    .map(({ value }, k) => `${k === 0 ? 'M' : 'L'}${round(x.at(k))} ${round(y.at(100 * value))}`)
    .join(' ')
  const small = { 'font-size': 9, fill: look.quiet }
  const bottom = y.at(y.low)
  return [
    label(symbol, at.x, at.y + 16, { 'font-size': 13, 'font-weight': 600, fill: look.ink }),
    label(fitted(heads[what], panelWidth - 120, 11), from, at.y + 16, {
      'font-size': 11,
      fill: look.ink,
    }),
    ...y.ticks.map(
      (tick) =>
        line([from, y.at(tick), to, y.at(tick)], look.faint) +
        label(chartFigure(tick), from - 5, y.at(tick) + 3, { ...small, 'text-anchor': 'end' }),
    ),
    limitLines(series, from, to, y, look),
    element('path', { d: path, fill: 'none', stroke: colour, 'stroke-width': 1.4 }),
    ...points.map((point, k) => mark(point, x.at(k), y.at(100 * point.value), colour, look)),
    callouts(points, limits?.mean ?? 0, x, y, look),
    label(`${points[0]?.code ?? ''}, ${dayOf(points[0]?.time ?? 0)}`, from, bottom + 14, small),
    label(`${points.at(-1)?.code ?? ''}, ${dayOf(points.at(-1)?.time ?? 0)}`, to, bottom + 14, {
      ...small,
      'text-anchor': 'end',
    }),
  ].join('')
}

/** Series of the magnet elements first, each element's recovery beside its gap. */
function inOrder({ series }: Drift): readonly DriftSeries[] {
  const order = elementOrder([...new Set(series.map((one) => one.element))])
  return order.flatMap((symbol) => series.filter((one) => one.element === symbol))
}

/** Control charts of recoveries and gaps over campaigns, one panel a series. */
export function drawDrift(drift: Drift, look: ChartLook = printLook): string {
  const all = inOrder(drift)
  const shown = all.slice(0, mostPanels)
  const top = 66 + (drift.isSynthetic ? 18 : 0)
  const lines = Math.ceil(shown.length / columns)
  const width = columns * panelWidth + 40
  const small = { 'font-size': 10, fill: look.quiet }
  const place = (k: number) => ({
    x: 20 + (k % columns) * panelWidth,
    y: top + Math.floor(k / columns) * panelHeight,
  })
  const foot = top + lines * panelHeight
  const left = all.length - shown.length
  return chartSvg(
    'Drift over campaigns',
    { width, height: foot + 32 + (left > 0 ? 14 : 0) },
    look,
    syntheticMark(drift.isSynthetic, 44, look),
    label('▲▼ beyond three standard deviations   ◆ cumulative sum beyond five', 20, top - 14, {
      ...small,
      fill: look.bad,
    }),
    ...(shown.length === 0
      ? [label('no campaign has a balance to show yet', 20, foot, small)]
      : []),
    ...shown.map((series, k) => panel(series, place(k), look)),
    ...(left > 0 ? [label(`${left} more series are in the table`, 20, foot + 38, small)] : []),
    ...drift.method.split('; ').map((text, k) =>
      label(fitted(text, width - 40, 9), 20, foot + 10 + 12 * k, {
        'font-size': 9,
        fill: look.quiet,
      }),
    ),
  )
}
