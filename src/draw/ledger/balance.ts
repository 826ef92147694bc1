import type { BalanceReport, BalanceRole, ElementBalance } from '../../twin/index.ts'
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
import { elementColour, elementOrder } from '../palette.ts'
import { element, label, round } from '../svg.ts'
import { syntheticMark } from './parts.ts'

const width = 1000
const bars = { from: 96, to: 560 } as const
const gaps = { from: 620, to: 800 } as const
const row = 58

/** Roles in the order in which they are stacked, with the place of their colour. */
const colours: readonly (readonly [BalanceRole, number])[] = [
  ['feed', 0],
  ['returned', 4],
  ['reagent', 9],
  ['moved in', 8],
  ['open', 7],
  ['product', 2],
  ['by-product', 5],
  ['intermediate', 3],
  ['residue', 1],
  ['effluent', 8],
  ['sample', 6],
  ['moved out', 4],
  ['close', 7],
]
const inside = new Set<BalanceRole>(['feed', 'returned', 'reagent', 'moved in', 'open'])

/** One bar of the parts of a side, one after the other. */
function stacked(
  balance: ElementBalance,
  side: 'in' | 'out',
  y: number,
  axis: Axis,
  look: ChartLook,
): string {
  const whole = balance.in.value > 0 ? balance.in.value : balance.out.value
  const scale = Math.max(whole, 1e-12)
  let at = 0
  return colours
    .filter(([role]) => inside.has(role) === (side === 'in'))
    .map(([role, colour]) => {
      const kg = balance.byRole[role]?.value ?? 0
      if (kg === 0) return ''
      const [from, to] = [at, at + (100 * kg) / scale]
      at = to
      const about = `${balance.element} ${role}: ${chartFigure(kg)} kg`
      return box(axis.at(from), y, axis.at(to), y + 14, partColour(look, colour), about)
    })
    .join('')
}

const percentOf = (balance: ElementBalance, kg: number) =>
  balance.in.value > 0 ? (100 * kg) / balance.in.value : 0

/** True for a gap that means something: everything in it is known. */
const isShown = ({ isComplete, in: given }: ElementBalance) => isComplete && given.value > 0

function gapMark(balance: ElementBalance, y: number, axis: Axis, look: ChartLook): string {
  const { gap, verdict } = balance
  const middle = y + 18
  const value = percentOf(balance, gap.value)
  const x = Math.min(gaps.to, Math.max(gaps.from, axis.at(value)))
  const band = gap.u === undefined ? undefined : 1.96 * percentOf(balance, gap.u)
  const clip = (of: number) => Math.min(gaps.to, Math.max(gaps.from, axis.at(of)))
  const colour = verdict === 'open' ? look.bad : verdict === 'closed' ? look.good : look.quiet
  const about = `unaccounted ${chartFigure(gap.value)} kg${gap.u === undefined ? '' : `, 1.96 u = ${chartFigure(1.96 * gap.u)} kg`}`
  return [
    band === undefined
      ? ''
      : box(clip(-band), middle - 9, clip(band), middle + 9, look.faint, about),
    line([axis.at(0), middle - 13, axis.at(0), middle + 13], look.ink),
    verdict === 'open'
      ? element('path', {
          d: `M${round(x)} ${middle - 7} l7 7 l-7 7 l-7 -7 Z`,
          fill: colour,
        })
      : element('circle', {
          cx: round(x),
          cy: middle,
          r: 5,
          fill: verdict === 'closed' ? colour : 'none',
          stroke: colour,
          'stroke-width': 1.6,
        }),
  ].join('')
}

function verdictText(balance: ElementBalance): string {
  const { gap, verdict } = balance
  if (!isShown(balance)) return 'not judged'
  const u = gap.u === undefined ? '' : ` ± ${chartFigure(1.96 * gap.u)}`
  return `${verdict}: ${chartFigure(gap.value)}${u} kg`
}

function panel(
  balance: ElementBalance,
  y: number,
  axes: { readonly share: Axis; readonly gap: Axis },
  look: ChartLook,
): string {
  const { element: symbol, verdict, because, recovery } = balance
  const end = (kg: number) => axes.share.at(Math.min(percentOf(balance, kg), axes.share.high))
  const amount = (kg: number, at: number) =>
    label(`${chartFigure(kg)} kg`, Math.max(end(kg), bars.from) + 5, at, {
      'font-size': 10,
      fill: look.ink,
    })
  const small = { 'font-size': 10, fill: look.quiet }
  return [
    box(20, y + 2, 24, y + 34, elementColour(symbol)),
    label(symbol, 31, y + 23, { 'font-size': 15, 'font-weight': 600, fill: look.ink }),
    label('in', bars.from - 6, y + 12, { ...small, 'text-anchor': 'end' }),
    label('out', bars.from - 6, y + 29, { ...small, 'text-anchor': 'end' }),
    stacked(balance, 'in', y + 1, axes.share, look),
    stacked(balance, 'out', y + 18, axes.share, look),
    amount(balance.in.value, y + 12),
    amount(balance.out.value, y + 29),
    isShown(balance) ? gapMark(balance, y, axes.gap, look) : '',
    label(fitted(verdictText(balance), width - gaps.to - 24, 11), gaps.to + 14, y + 15, {
      'font-size': 11,
      'font-weight': 600,
      fill: verdict === 'open' ? look.bad : look.ink,
    }),
    label(
      fitted(
        because ??
          (recovery === undefined || recovery.value < 0.01
            ? ''
            : `recovery ${chartFigure(100 * recovery.value)} %`),
        width - gaps.to - 24,
        10,
      ),
      gaps.to + 14,
      y + 30,
      small,
    ),
  ].join('')
}

/**
 * Closing chart of a balance: for each element what came in and what came out as bars of the same
 * scale, and beside them the gap on the band of 1.96 standard uncertainties around nothing.
 */
export function drawBalance(report: BalanceReport, look: ChartLook = printLook): string {
  const order = elementOrder(report.elements.map((one) => one.element))
  const shown = order.flatMap((symbol) =>
    report.elements.filter(
      (one) =>
        one.element === symbol && (one.in.value > 0 || (one.isComplete && one.out.value > 0)),
    ),
  )
  const used = colours.filter(([role]) => shown.some(({ byRole }) => byRole[role] !== undefined))
  const entries = used.map(([name, colour]) => ({ name, colour: partColour(look, colour) }))
  const mark = report.isSynthetic ? 18 : 0
  const key = legend(entries, { x: 20, y: 52 + mark, width: width - 40 }, look)
  const top = 52 + mark + key.height + 26
  const outs = shown.map((one) => Math.min(200, percentOf(one, one.out.value)))
  const widest = Math.max(100, ...outs)
  const share: Axis = {
    low: 0,
    high: widest,
    ticks: [],
    at: (value) => bars.from + (value / widest) * (bars.to - 70 - bars.from),
  }
  const reach = shown.filter(isShown).map((one) => {
    const band = 1.96 * percentOf(one, one.gap.u ?? 0)
    return Math.min(30, Math.max(Math.abs(percentOf(one, one.gap.value)), band))
  })
  const most = Math.max(1, ...reach)
  const gap = axisOver([-most, most], gaps.from, gaps.to, { count: 4 })
  const bottom = top + row * shown.length
  const ticks = gap.ticks.map(
    (tick) =>
      line([gap.at(tick), top - 4, gap.at(tick), bottom - 14], look.faint) +
      label(chartFigure(tick), gap.at(tick), bottom, {
        'font-size': 10,
        fill: look.quiet,
        'text-anchor': 'middle',
      }),
  )
  const head = { 'font-size': 11, fill: look.quiet }
  return chartSvg(
    `${report.title}: balance by element`,
    { width, height: bottom + 26 },
    look,
    syntheticMark(report.isSynthetic, 44, look),
    key.markup,
    label('in and out, as a share of what came in', bars.from, top - 12, head),
    label('unaccounted, % of in', gaps.from, top - 12, head),
    ...(shown.length === 0 ? [label('no element was assayed', 20, top + 14, head)] : ticks),
    ...shown.map((one, k) => panel(one, top + row * k, { share, gap }, look)),
    label(
      `hold-up ${report.holdUp.basis}: ${fitted(report.holdUp.detail, width - 160, 10)}`,
      20,
      bottom + 14,
      {
        'font-size': 10,
        fill: look.quiet,
      },
    ),
  )
}
