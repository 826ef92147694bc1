import { label } from '../svg.ts'
import type { Breakdown } from './chart-types.ts'
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

const width = 900
const names = 300
const figures = 110
const row = 22

const groupsOf = (breakdown: Breakdown) => [
  ...new Set(breakdown.parts.flatMap(({ group }) => (group === undefined ? [] : [group]))),
]

/** The groups of a breakdown as squares below its heading. */
function keyOf(breakdown: Breakdown, top: number, look: ChartLook) {
  const groups = groupsOf(breakdown)
  return legend(
    groups.map((name, k) => ({ name, colour: partColour(look, k) })),
    { x: names + 30, y: top + 34, width: width - names - 50 },
    look,
  )
}

/** How high one breakdown stands. */
function heightOf(breakdown: Breakdown, look: ChartLook): number {
  const missing = breakdown.missing?.length ?? 0
  const key = keyOf(breakdown, 0, look).height
  return 56 + key + row * breakdown.parts.length + (missing === 0 ? 0 : 8 + 16 * missing)
}

/** One sum as bars from its axis, its figures on the right and its total below the heading. */
function panel(breakdown: Breakdown, top: number, look: ChartLook): string {
  const { parts, missing = [], unit } = breakdown
  const groups = groupsOf(breakdown)
  const total = parts.reduce((sum, { amount }) => sum + amount, 0)
  const axis = axisOver(
    parts.map(({ amount }) => amount),
    names + 30,
    width - figures - 20,
  )
  const colour = (group?: string) =>
    partColour(look, group === undefined ? 0 : groups.indexOf(group))
  const key = keyOf(breakdown, top, look)
  const from = top + 30 + key.height
  const to = from + row * parts.length
  const head = `${breakdown.title}: ${chartFigure(total)} ${unit}`
  const bars = parts.map(({ name, amount, group }, k) => {
    const y = from + row * k
    const share = total === 0 ? '' : ` (${chartFigure((100 * amount) / total)} %)`
    return (
      label(fitted(name, names, 12), names + 20, y + 14, {
        'font-size': 12,
        'text-anchor': 'end',
        fill: look.ink,
      }) +
      box(axis.at(0), y + 3, axis.at(amount), y + row - 3, colour(group), name) +
      label(`${chartFigure(amount)}${share}`, width - 20, y + 14, {
        'font-size': 12,
        'text-anchor': 'end',
        fill: look.ink,
      })
    )
  })
  return [
    label(head, 20, top + 14, { 'font-size': 13, 'font-weight': 600, fill: look.ink }),
    key.markup,
    ...axis.ticks.map((tick) => line([axis.at(tick), from, axis.at(tick), to], look.faint)),
    ...bars,
    line([axis.at(0), from, axis.at(0), to], look.ink),
    ...axis.ticks.map((tick) =>
      label(chartFigure(tick), axis.at(tick), to + 14, {
        'font-size': 10,
        'text-anchor': 'middle',
        fill: look.quiet,
      }),
    ),
    ...missing.map((text, k) =>
      label(fitted(`not in it: ${text}`, width - 40, 11), 20, to + 36 + 16 * k, {
        'font-size': 11,
        fill: look.bad,
      }),
    ),
  ].join('')
}

/** Sums by their parts, one below the other: capital by line, a year's cost by line. */
export function drawBreakdown(
  title: string,
  breakdowns: readonly Breakdown[],
  look: ChartLook = printLook,
): string {
  const tops: number[] = []
  let height = 48
  for (const breakdown of breakdowns) {
    tops.push(height)
    height += heightOf(breakdown, look) + 16
  }
  return chartSvg(
    title,
    { width, height },
    look,
    ...breakdowns.map((breakdown, k) => panel(breakdown, tops[k] ?? 0, look)),
  )
}
