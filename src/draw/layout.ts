import elk from 'elkjs/lib/elk.bundled.js'
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import type { Drawing, DrawnStream, DrawnUnit } from './drawing.ts'
import { cutRows, type Flow, flowOf } from './rows.ts'
import { symbolOf } from './symbols.ts'

export interface Point {
  readonly x: number
  readonly y: number
}
/** A unit with the top left corner of its symbol. */
export interface PlacedUnit extends Point {
  readonly unit: DrawnUnit
  readonly width: number
  readonly height: number
  readonly reagents: readonly DrawnStream[]
}
/** A stream with its bends, and where its diamond stands on the line. */
export interface PlacedStream {
  readonly stream: DrawnStream
  readonly points: readonly Point[]
  readonly marks: readonly Point[]
}
/** Where a discharge is named: the left edge, on the line. */
export interface PlacedTag extends Point {
  readonly stream: DrawnStream
}
export interface Layout {
  readonly width: number
  readonly height: number
  readonly units: readonly PlacedUnit[]
  readonly streams: readonly PlacedStream[]
  readonly tags: readonly PlacedTag[]
}

/** Width of text in the fonts that drawings use, px; a little generous. */
export function textWidth(text: string, size: number): number {
  return 0.6 * size * text.length
}

export const sizes = { tag: 10.5, caption: 9, flow: 8.5 } as const
export const diamond = { width: 26, height: 15 } as const
/** Height of the arrow of a reagent, and of it with its two lines of text. */
export const stub = { arrow: 16, height: 40 } as const

/** Names up to this length stand in the diamond; longer ones beside it. */
export const shortName = 4

/** Text beside the diamond of a stream. */
export function flowLabel(stream: DrawnStream): string {
  const name = stream.name.length > shortName ? `${stream.name} · ` : ''
  return `${stream.recycle ? '↺ ' : ''}${name}${stream.flow}`
}

/** The two lines over the arrow of a reagent. */
export function stubLines(stream: DrawnStream): readonly [string, string] {
  return [stream.from, stream.flow]
}

export function stubWidth(stream: DrawnStream): number {
  return 8 + Math.max(...stubLines(stream).map((text) => textWidth(text, sizes.flow)))
}

const rowOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.separateConnectedComponents': 'false',
  'elk.spacing.nodeNode': '24',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '9',
  'elk.layered.spacing.nodeNodeBetweenLayers': '22',
  'elk.layered.spacing.edgeNodeBetweenLayers': '11',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '9',
  'elk.layered.feedbackEdges': 'true',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.thoroughness': '20',
} as const

function nodeOf(unit: DrawnUnit, reagents: readonly DrawnStream[]): ElkNode {
  const parts = unit.compartments?.length ?? 0
  const stubs = reagents.reduce((sum, stream) => sum + stubWidth(stream), 0)
  const drawn = symbolOf(unit.symbol)
  const width = parts > 0 ? Math.max(58 * parts, stubs) : drawn.width
  const named = Math.max(
    textWidth(unit.name, sizes.tag),
    textWidth(unit.caption ?? unit.kind, sizes.caption),
  )
  const below = { 'elk.nodeLabels.placement': 'OUTSIDE V_BOTTOM H_CENTER' }
  const above = { 'elk.nodeLabels.placement': 'OUTSIDE V_TOP H_CENTER' }
  return {
    id: `unit ${unit.name}`,
    width,
    height: parts > 0 ? 52 : drawn.height,
    labels: [
      { id: `name ${unit.name}`, text: unit.name, width: named, height: 27, layoutOptions: below },
      ...(reagents.length === 0
        ? []
        : [
            {
              id: `reagents ${unit.name}`,
              text: 'reagents',
              width: Math.max(stubs, width),
              height: stub.height,
              layoutOptions: above,
            },
          ]),
    ],
  }
}

/** About how wide each layer will be with the labels of the lines that leave it. */
function layerWidths(flow: Flow): number[] {
  return Array.from({ length: flow.layers }, (_, layer) => {
    const units = flow.units.filter((unit) => flow.layer.get(unit.name) === layer)
    const boxes = units.map((unit) => {
      const node = nodeOf(unit, flow.reagents.get(unit.name) ?? [])
      return Math.max(node.width ?? 0, ...(node.labels ?? []).map((l) => l.width ?? 0))
    })
    const here = new Set(units.map((unit) => unit.name))
    const labels = [...flow.lines, ...flow.discharges]
      .filter((stream) => here.has(stream.from))
      .map(labelWidth)
    return Math.max(0, ...boxes) + Math.max(0, ...labels) + 66
  })
}

function labelWidth(stream: DrawnStream): number {
  return diamond.width + 4 + textWidth(flowLabel(stream), sizes.flow)
}

const dummy = (id: string, constraint: string): ElkNode => ({
  id,
  width: 1,
  height: 1,
  layoutOptions: { 'elk.layered.layering.layerConstraint': constraint },
})

function edgeOf(stream: DrawnStream, id: string, from: string, to: string): ElkExtendedEdge {
  const width = labelWidth(stream)
  return {
    id,
    sources: [from],
    targets: [to],
    labels: [
      {
        id: `label ${id}`,
        text: stream.name,
        width,
        height: 22,
        layoutOptions: { 'elk.edgeLabels.inline': 'true' },
      },
    ],
  }
}

/** One row as a graph; lines that come from or go to another row end at its left or right edge. */
function rowGraph(flow: Flow, row: number, rowOf: (name: string) => number): ElkNode {
  const units = flow.units.filter((unit) => rowOf(unit.name) === row)
  const children = units.map((unit) => nodeOf(unit, flow.reagents.get(unit.name) ?? []))
  const edges: ElkExtendedEdge[] = []
  for (const stream of flow.lines) {
    const [from, to] = [rowOf(stream.from), rowOf(stream.to)]
    const [source, target] = [`unit ${stream.from}`, `unit ${stream.to}`]
    if (from === row && to === row) {
      edges.push(edgeOf(stream, `line ${stream.name}`, source, target))
      continue
    }
    if (from === row) {
      children.push(dummy(`exit ${stream.name}`, 'LAST_SEPARATE'))
      edges.push(edgeOf(stream, `out ${stream.name}`, source, `exit ${stream.name}`))
    }
    if (to === row) {
      children.push(dummy(`entry ${stream.name}`, 'FIRST_SEPARATE'))
      edges.push(edgeOf(stream, `in ${stream.name}`, `entry ${stream.name}`, target))
    }
  }
  for (const stream of flow.discharges) {
    if (rowOf(stream.from) !== row) continue
    const id = `tag ${stream.name}`
    children.push({ id, width: 14 + textWidth(stream.to, sizes.caption), height: 14 })
    edges.push(edgeOf(stream, `line ${stream.name}`, `unit ${stream.from}`, id))
  }
  return { id: `row ${row}`, layoutOptions: { ...rowOptions }, children, edges }
}

function pointsOf(edge: ElkExtendedEdge | undefined, shift: Point): Point[] {
  const moved = ({ x, y }: Point) => ({ x: x + shift.x, y: y + shift.y })
  return (edge?.sections ?? []).flatMap((part) =>
    [part.startPoint, ...(part.bendPoints ?? []), part.endPoint].map(moved),
  )
}

/** Left end of the label of an edge, on its line. */
function marksOf(edge: ElkExtendedEdge | undefined, shift: Point): Point[] {
  return (edge?.labels ?? []).map((l) => ({
    x: (l.x ?? 0) + shift.x,
    y: (l.y ?? 0) + (l.height ?? 0) / 2 + shift.y,
  }))
}

const lane = 9

/** Rows laid out, stacked, with the lines from row to row led around their ends. */
function stack(flow: Flow, rows: readonly ElkNode[], rowOf: (name: string) => number): Layout {
  const between = flow.lines.filter((s) => rowOf(s.from) !== rowOf(s.to))
  const edgeMargin = between.length === 0 ? 0 : 14 + lane * between.length
  const widest = Math.max(0, ...rows.map((row) => row.width ?? 0))
  const tops: number[] = []
  let y = 0
  for (const [index, row] of rows.entries()) {
    const arriving = between.filter((s) => rowOf(s.to) === index).length
    y += arriving === 0 ? (index === 0 ? 0 : 18) : 22 + lane * arriving
    tops.push(y)
    y += row.height ?? 0
  }
  const shift = (row: number) => ({ x: edgeMargin, y: tops[row] ?? 0 })
  const edge = (row: number, id: string) => rows[row]?.edges?.find((e) => e.id === id)
  const streams = [...flow.lines, ...flow.discharges].map((stream): PlacedStream => {
    const from = rowOf(stream.from)
    const to = flow.discharges.includes(stream) ? from : rowOf(stream.to)
    if (from === to) {
      const found = edge(from, `line ${stream.name}`)
      return { stream, points: pointsOf(found, shift(from)), marks: marksOf(found, shift(from)) }
    }
    const [out, into] = [edge(from, `out ${stream.name}`), edge(to, `in ${stream.name}`)]
    const before = pointsOf(out, shift(from))
    const after = pointsOf(into, shift(to))
    const nth = between.indexOf(stream)
    const right = edgeMargin + widest + 8 + lane * nth
    const left = edgeMargin - 8 - lane * nth
    const arriving = between.filter((s) => rowOf(s.to) === to).indexOf(stream)
    const gutter = (tops[to] ?? 0) - 10 - lane * arriving
    const [leaves, arrives] = [before.at(-1)?.y ?? 0, after[0]?.y ?? 0]
    const around = [
      { x: right, y: leaves },
      { x: right, y: gutter },
      { x: left, y: gutter },
      { x: left, y: arrives },
    ]
    const marks = [...marksOf(out, shift(from)), ...marksOf(into, shift(to))]
    return { stream, points: [...before, ...around, ...after], marks }
  })
  const placed = rows.flatMap((row, index) =>
    (row.children ?? []).map((node) => ({ node, shift: shift(index) })),
  )
  const place = (id: string) => {
    const found = placed.find(({ node }) => node.id === id)
    return {
      x: (found?.node.x ?? 0) + (found?.shift.x ?? 0),
      y: (found?.node.y ?? 0) + (found?.shift.y ?? 0),
      width: found?.node.width ?? 0,
      height: found?.node.height ?? 0,
    }
  }
  return {
    width: widest + 2 * edgeMargin,
    height: y,
    units: flow.units.map((unit) => ({
      unit,
      reagents: flow.reagents.get(unit.name) ?? [],
      ...place(`unit ${unit.name}`),
    })),
    streams,
    tags: flow.discharges.map((stream) => {
      const { x, y: top, height } = place(`tag ${stream.name}`)
      return { stream, x, y: top + height / 2 }
    }),
  }
}

/** Width over height of a sheet of A3 or A4 paper laid on its side. */
const sheet = Math.SQRT2
const mostRows = 6

/**
 * Places every unit and line of a drawing: left to right in one row, or in as many rows, one below
 * the other, as bring the whole nearest to the shape of a sheet of paper.
 */
export async function layOut(drawing: Drawing): Promise<Layout> {
  const flow = flowOf(drawing)
  const engine = new elk.default()
  const widths = layerWidths(flow)
  let best: Layout | undefined
  const misfit = ({ width, height }: Layout) => Math.abs(Math.log(width / height / sheet))
  for (let count = 1; count <= mostRows; count++) {
    if (count > 1 && flow.layers < 3 * count) break
    const starts = cutRows(flow, widths, count)
    const rowOf = (name: string) =>
      starts.findLastIndex((start) => (flow.layer.get(name) ?? 0) >= start)
    const graphs = starts.map((_, row) => rowGraph(flow, row, rowOf))
    const laid = stack(flow, await Promise.all(graphs.map((graph) => engine.layout(graph))), rowOf)
    if (best === undefined || misfit(laid) < misfit(best)) best = laid
    if (laid.width / laid.height < sheet) break
  }
  return best ?? { width: 0, height: 0, units: [], streams: [], tags: [] }
}
