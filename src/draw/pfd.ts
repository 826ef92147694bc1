import { faint, ink, paper, phaseLines, quiet } from './palette.ts'
import type { Drawing } from './drawing.ts'
import { layOut, type PlacedStream, type PlacedTag, type PlacedUnit, type Point } from './layout.ts'
import {
  diamond,
  flowLabel,
  shortName,
  sizes,
  stub,
  stubLines,
  stubWidth,
  tagLine,
  tagText,
} from './row-graph.ts'
import { element, escapeXml, label, round } from './svg.ts'
import { symbolOf } from './symbols.ts'
import { titleBlock, titleBlockHeight } from './title-block.ts'

const margin = 30

const middle = { 'text-anchor': 'middle' } as const

function outline({ unit, x, y, width, height }: PlacedUnit): string {
  const parts = unit.compartments ?? []
  if (parts.length === 0) {
    const place = `translate(${round(x)} ${round(y)})`
    return element('g', { transform: place }, symbolOf(unit.symbol).markup)
  }
  const part = width / parts.length
  const cells = parts.map(({ name, stages }, index) => {
    const left = x + index * part
    const box = { x: round(left), y: round(y), width: round(part), height: round(height) }
    const settler = `M${round(left)} ${round(y + height - 9)} h${round(part)}`
    return (
      element('rect', { ...box, fill: paper, stroke: ink, 'stroke-width': 1.4 }) +
      element('path', { d: settler, stroke: ink, 'stroke-width': 0.8, 'stroke-dasharray': '2 2' }) +
      label(name.slice(0, 10), left + part / 2, y + 18, { 'font-size': 9, ...middle }) +
      label(`${stages}`, left + part / 2, y + 33, {
        'font-size': 11,
        'font-weight': 600,
        ...middle,
      })
    )
  })
  return cells.join('')
}

/** Reagents as short arrows from above, side by side over the symbol. */
function reagentArrows({ reagents, x, y, width }: PlacedUnit): string {
  const total = reagents.reduce((sum, stream) => sum + stubWidth(stream), 0)
  let left = x + (width - total) / 2
  const arrows = reagents.map((stream) => {
    const wide = stubWidth(stream)
    const centre = left + wide / 2
    left += wide
    const foot = Math.min(Math.max(centre, x + 4), x + width - 4)
    const top = y - stub.arrow
    const bend = foot === centre ? '' : ` V${round(y - stub.arrow / 2)} H${round(foot)}`
    const [first, second] = stubLines(stream)
    return element(
      'g',
      {},
      element('title', {}, escapeXml(`${stream.name}: ${stream.from} to ${stream.to}, ${second}`)),
      arrow(`M${round(centre)} ${round(top)}${bend} V${round(y)}`, stream.phase),
      label(first, centre, top - 14, { 'font-size': sizes.flow, ...middle, fill: ink }),
      label(second, centre, top - 4, { 'font-size': sizes.flow, ...middle, fill: quiet }),
    )
  })
  return arrows.join('')
}

function unitMarkup(placed: PlacedUnit): string {
  const { unit, x, y, width, height } = placed
  const centre = x + width / 2
  return element(
    'g',
    { 'data-unit': unit.name },
    element('title', {}, escapeXml(`${unit.name}: ${unit.kind}`)),
    outline(placed),
    reagentArrows(placed),
    label(unit.name, centre, y + height + 12, {
      'font-size': sizes.tag,
      'font-weight': 600,
      ...middle,
    }),
    label(unit.caption ?? unit.kind, centre, y + height + 23, {
      'font-size': sizes.caption,
      fill: quiet,
      ...middle,
    }),
  )
}

function arrow(path: string, phase: keyof typeof phaseLines): string {
  const style = phaseLines[phase]
  return element('path', {
    d: path,
    fill: 'none',
    stroke: style.colour,
    'stroke-width': style.width,
    'stroke-dasharray': style.dash,
    'stroke-linejoin': 'round',
    'marker-end': `url(#arrow-${phase})`,
  })
}

function pathOf(points: readonly Point[]): string {
  return points.map((p, i) => `${i === 0 ? 'M' : 'L'}${round(p.x)} ${round(p.y)}`).join(' ')
}

/** The diamond on the line with the stream's name or number, and its flow beside it. */
function mark({ stream }: PlacedStream, number: number, at: Point): string {
  const { colour } = phaseLines[stream.phase]
  const [w, h] = [diamond.width, diamond.height]
  const [above, below] = flowLabel(stream)
  const small = { 'font-size': sizes.flow, fill: quiet }
  const key = stream.name.length <= shortName ? stream.name : `${number}`
  const outline = `M${round(at.x)} ${round(at.y)} l${w / 2} ${-h / 2} l${w / 2} ${h / 2} l${-w / 2} ${h / 2} Z`
  return (
    element('path', { d: outline, fill: paper, stroke: colour, 'stroke-width': 1 }) +
    label(key, at.x + w / 2, at.y + 2.6, { 'font-size': 7.5, fill: ink, ...middle }) +
    label(above, at.x + w + 2, at.y - 3.5, small) +
    (below === '' ? '' : label(below, at.x + w + 2, at.y + 10, small))
  )
}

function streamMarkup(placed: PlacedStream, number: number): string {
  const { stream, points, marks } = placed
  const words = `${stream.name}: ${stream.from} to ${stream.to}, ${stream.flow}`
  return element(
    'g',
    { 'data-stream': stream.name },
    element('title', {}, escapeXml(stream.recycle ? `${words} (recycle)` : words)),
    points.length === 0 ? '' : arrow(pathOf(points), stream.phase),
    ...marks.map((at) => mark(placed, number, at)),
  )
}

/** A flag with a name: filled for a discharge, hollow where the line goes on elsewhere. */
function tagMarkup({ streams, role, x, y, width }: PlacedTag): string {
  const [first] = streams
  if (first === undefined) return ''
  const { colour } = phaseLines[first.phase]
  const arrives = role === 'arrives'
  const left = arrives ? x + width - 9 : x
  const flag = element('path', {
    d: `M${round(left)} ${round(y - 6)} h5 l4 6 l-4 6 h-5 Z`,
    fill: role === 'discharge' ? colour : paper,
    stroke: colour,
  })
  const words = { 'font-size': sizes.caption, fill: ink }
  const lines = streams.map((stream, index) => {
    const level = y + 3.2 + (index - (streams.length - 1) / 2) * tagLine
    const end = { ...words, 'text-anchor': 'end' }
    return arrives
      ? label(tagText(stream, true), left - 4, level, end)
      : label(tagText(stream, false), x + 13, level, words)
  })
  return element('g', {}, flag, ...lines)
}

function markers(): string {
  return Object.entries(phaseLines)
    .map(([phase, style]) =>
      element(
        'marker',
        {
          id: `arrow-${phase}`,
          viewBox: '0 0 8 8',
          refX: 7.5,
          refY: 4,
          markerWidth: 8,
          markerHeight: 8,
          markerUnits: 'userSpaceOnUse',
          orient: 'auto',
        },
        element('path', { d: 'M0 0.8 L8 4 L0 7.2 Z', fill: style.colour }),
      ),
    )
    .join('')
}

/** Lays a plant out and draws it as one SVG document. Needs no coordinates. */
export async function drawPfd(drawing: Drawing): Promise<string> {
  const laid = await layOut(drawing)
  const numbers = new Map(drawing.streams.map((stream, index) => [stream.name, index + 1]))
  const width = Math.max(laid.width + 2 * margin, 640)
  const foot = laid.height + 2 * margin
  const height = foot + titleBlockHeight(drawing, width - 20) + 10
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      width: round(width),
      height: round(height),
      'font-family': 'system-ui, "DejaVu Sans", sans-serif',
      role: 'img',
    },
    element('title', {}, escapeXml(drawing.title)),
    element('defs', {}, markers()),
    element('rect', { width: round(width), height: round(height), fill: paper }),
    element('rect', {
      x: 10,
      y: 10,
      width: round(width - 20),
      height: round(height - 20),
      fill: 'none',
      stroke: faint,
    }),
    element(
      'g',
      { transform: `translate(${margin} ${margin})` },
      ...laid.streams.map((placed) => streamMarkup(placed, numbers.get(placed.stream.name) ?? 0)),
      ...laid.units.map(unitMarkup),
      ...laid.tags.map(tagMarkup),
    ),
    titleBlock(drawing, { x: 10, y: foot, width: width - 20 }),
  )
}
