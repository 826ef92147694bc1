import type { InventoryReport, LotKind } from '../../ledger/index.ts'
import type { ChartLook } from '../frame.ts'
import { axisOver, box, chartFigure, chartSvg, fitted, legend, line, printLook } from '../frame.ts'
import { label } from '../svg.ts'
import { dayOf, drawnKinds, kindColour, syntheticMark } from './parts.ts'

const width = 900
const names = 190
const figures = 150
const row = 28

type Kind = LotKind | 'unknown'

/** kg by place and kind of lot; the fullest place first. */
function totals({ lines }: InventoryReport) {
  const places = new Map<string, { total: number; lots: number; byKind: Map<Kind, number> }>()
  for (const { place, kind, wetMg } of lines) {
    const own = places.get(place) ?? { total: 0, lots: 0, byKind: new Map<Kind, number>() }
    const kg = wetMg / 1e6
    own.byKind.set(kind, (own.byKind.get(kind) ?? 0) + kg)
    places.set(place, { ...own, total: own.total + kg, lots: own.lots + 1 })
  }
  return [...places].sort((a, b) => b[1].total - a[1].total)
}

const placeName = (uri: string) => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))

/** What is at each place, kg as it is, by kind of lot. */
export function drawInventory(
  report: InventoryReport,
  options: { readonly isSynthetic: boolean; readonly look?: ChartLook },
): string {
  const { isSynthetic, look = printLook } = options
  const places = totals(report)
  const kinds = drawnKinds.filter((kind) => places.some(([, { byKind }]) => byKind.has(kind)))
  const key = legend(
    kinds.map((name) => ({ name, colour: kindColour(look, name) })),
    { x: 20, y: 52 + (isSynthetic ? 18 : 0), width: width - 40 },
    look,
  )
  const top = 52 + (isSynthetic ? 18 : 0) + key.height + 8
  const axis = axisOver(
    places.map(([, { total }]) => total),
    names,
    width - figures,
  )
  const bottom = top + row * places.length
  const small = { 'font-size': 11, fill: look.quiet }
  const bars = places.map(([place, { total, lots, byKind }], k) => {
    const y = top + row * k
    let from = 0
    const parts = kinds.map((kind) => {
      const kg = byKind.get(kind) ?? 0
      const [start, end] = [from, from + kg]
      from = end
      if (kg === 0) return ''
      return box(
        axis.at(start),
        y + 5,
        axis.at(end),
        y + row - 5,
        kindColour(look, kind),
        `${kind}: ${chartFigure(kg)} kg`,
      )
    })
    const name = fitted(placeName(place), names - 34, 12)
    const text = `${chartFigure(total)} kg, ${lots} ${lots === 1 ? 'lot' : 'lots'}`
    return [
      label(name, names - 8, y + 18, { 'font-size': 12, fill: look.ink, 'text-anchor': 'end' }),
      ...parts,
      label(text, axis.at(total) + 6, y + 18, { 'font-size': 11, fill: look.ink }),
    ].join('')
  })
  const ticks = axis.ticks.map(
    (tick) =>
      line([axis.at(tick), top, axis.at(tick), bottom], look.faint) +
      label(chartFigure(tick), axis.at(tick), bottom + 15, { ...small, 'text-anchor': 'middle' }),
  )
  const when = report.at === undefined ? '' : ` on ${dayOf(report.at)}`
  return chartSvg(
    `Inventory by place${when}, kg as it is`,
    { width, height: bottom + 28 },
    look,
    syntheticMark(isSynthetic, 44, look),
    key.markup,
    ...(places.length === 0 ? [label('nothing is there', 20, top, small)] : ticks),
    ...bars,
    line([axis.at(0), top, axis.at(0), bottom], look.ink),
  )
}
