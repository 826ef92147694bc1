import elk from 'elkjs/lib/elk.bundled.js'
import type { ElkNode } from 'elkjs/lib/elk-api.js'
import type { Drawing, DrawnStream, DrawnUnit } from './drawing.ts'
import { arriving, layerWidths, rowGraph } from './row-graph.ts'
import { cutRows, type Flow, flowOf, homeLayer, jumpsOf, type Line } from './rows.ts'

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
/** A piece of a stream with its bends, and where its diamond stands on the line. */
export interface PlacedStream {
  readonly stream: Line
  readonly points: readonly Point[]
  readonly marks: readonly Point[]
}
/** Where the other end of a line is named instead of drawn: the left edge, on the line. */
export interface PlacedTag extends Point {
  readonly streams: readonly Line[]
  readonly role: 'discharge' | 'leaves' | 'arrives'
  readonly width: number
}
export interface Layout {
  readonly width: number
  readonly height: number
  readonly units: readonly PlacedUnit[]
  readonly streams: readonly PlacedStream[]
  readonly tags: readonly PlacedTag[]
}

type Box = Point & { readonly width: number; readonly height: number }

/** The rows one below the other, and where everything in them is on the sheet. */
interface Stack {
  readonly width: number
  readonly height: number
  /** Lines led around the ends of rows, in the order of their lanes. */
  readonly around: readonly Line[]
  readonly margin: number
  readonly widest: number
  readonly tops: readonly number[]
  box(row: number, id: string): Box
  points(row: number, id: string): readonly Point[]
  marks(row: number, id: string): readonly Point[]
}

const lane = 9

function stack(rows: readonly ElkNode[], across: readonly Line[], rowOf: RowOf): Stack {
  const margin = across.length === 0 ? 0 : 14 + lane * across.length
  const widest = Math.max(0, ...rows.map((row) => row.width ?? 0))
  const tops: number[] = []
  let y = 0
  for (const [index, row] of rows.entries()) {
    const lanes = across.filter((s) => rowOf(s.to) === index).length
    y += lanes === 0 ? (index === 0 ? 0 : 18) : 22 + lane * lanes
    tops.push(y)
    y += row.height ?? 0
  }
  const moved = (row: number, p: Point) => ({ x: p.x + margin, y: p.y + (tops[row] ?? 0) })
  const edge = (row: number, id: string) => rows[row]?.edges?.find((e) => e.id === id)
  return {
    width: widest + 2 * margin,
    height: y,
    around: across,
    margin,
    widest,
    tops,
    box: (row, id) => {
      const node = rows[row]?.children?.find((n) => n.id === id)
      const corner = moved(row, { x: node?.x ?? 0, y: node?.y ?? 0 })
      return { ...corner, width: node?.width ?? 0, height: node?.height ?? 0 }
    },
    points: (row, id) =>
      (edge(row, id)?.sections ?? []).flatMap((part) =>
        [part.startPoint, ...(part.bendPoints ?? []), part.endPoint].map((p) => moved(row, p)),
      ),
    marks: (row, id) =>
      (edge(row, id)?.labels ?? []).map((l) =>
        moved(row, { x: l.x ?? 0, y: (l.y ?? 0) + (l.height ?? 0) / 2 }),
      ),
  }
}

type RowOf = (name: string) => number

/** The way of a line from the right end of its row to the left end of the row where it arrives. */
function wayAround(sheet: Stack, stream: Line, rowOf: RowOf): PlacedStream {
  const [from, to] = [rowOf(stream.from), rowOf(stream.to)]
  const before = sheet.points(from, `out ${stream.name}`)
  const after = sheet.points(to, `in ${stream.name}`)
  const nth = sheet.around.indexOf(stream)
  const right = sheet.margin + sheet.widest + 8 + lane * nth
  const left = sheet.margin - 8 - lane * nth
  const level = sheet.around.filter((s) => rowOf(s.to) === to).indexOf(stream)
  const gutter = (sheet.tops[to] ?? 0) - 10 - lane * level
  const bends = [
    { x: right, y: before.at(-1)?.y ?? 0 },
    { x: right, y: gutter },
    { x: left, y: gutter },
    { x: left, y: after[0]?.y ?? 0 },
  ]
  return {
    stream,
    points: [...before, ...bends, ...after],
    marks: [...sheet.marks(from, `out ${stream.name}`), ...sheet.marks(to, `in ${stream.name}`)],
  }
}

/** Everything in its place on the sheet. */
function placed(flow: Flow, sheet: Stack, jumps: ReadonlySet<Line>, rowOf: RowOf): Layout {
  const piece = (row: number, id: string, stream: Line): PlacedStream => ({
    stream,
    points: sheet.points(row, id),
    marks: sheet.marks(row, id),
  })
  const tag = (row: number, id: string, streams: readonly Line[], role: PlacedTag['role']) => {
    const { x, y, width, height } = sheet.box(row, id)
    return { x, y: y + height / 2, width, streams, role }
  }
  const streams: PlacedStream[] = []
  const tags: PlacedTag[] = []
  for (const line of flow.lines) {
    const from = rowOf(line.from)
    if (jumps.has(line)) {
      streams.push(piece(from, `out ${line.name}`, line))
      tags.push(tag(from, `exit ${line.name}`, [line], 'leaves'))
    } else if (from === rowOf(line.to)) streams.push(piece(from, `line ${line.name}`, line))
    else streams.push(wayAround(sheet, line, rowOf))
  }
  for (const line of flow.discharges) {
    const row = rowOf(line.from)
    streams.push(piece(row, `out ${line.name}`, line))
    tags.push(tag(row, `exit ${line.name}`, [line], 'discharge'))
  }
  for (const [name, lines] of arriving(jumps)) {
    const [first] = lines
    if (first === undefined) continue
    const row = rowOf(name)
    streams.push({ ...piece(row, `to ${name}`, first), marks: [] })
    tags.push(tag(row, `from ${name}`, lines, 'arrives'))
  }
  const units = flow.units.map((unit) => {
    const reagents = flow.reagents.get(unit.name) ?? []
    return { unit, reagents, ...sheet.box(rowOf(unit.name), `unit ${unit.name}`) }
  })
  return { width: sheet.width, height: sheet.height, units, streams, tags }
}

/** The class of the library, whose module is read in one way by Node and in another by bundlers. */
const Elk = ((elk as { readonly default?: unknown }).default ?? elk) as new () => {
  readonly layout: (graph: ElkNode) => Promise<ElkNode>
}

/** Width over height of a sheet of A3 or A4 paper laid on its side. */
const sheetShape = Math.SQRT2
const mostRows = 6
/** A row of this length is worth a try; longer ones are not, px. */
const rowWidth = 2400

/**
 * Places every unit and line of a drawing: left to right in one row, or in as many rows, one below
 * the other, as bring the whole nearest to the shape of a sheet of paper.
 */
export async function layOut(drawing: Drawing): Promise<Layout> {
  const flow = flowOf(drawing)
  const engine = new Elk()
  const widths = layerWidths(flow)
  let best: Layout | undefined
  const misfit = ({ width, height }: Layout) => Math.abs(Math.log(width / height / sheetShape))
  const total = widths.reduce((sum, width) => sum + width, 0)
  for (let count = Math.max(1, Math.floor(total / rowWidth)); count <= mostRows; count++) {
    if (best !== undefined && flow.layers < 3 * count) break
    const starts = cutRows(flow, widths, count)
    const rowOf = (name: string) => starts.findLastIndex((start) => homeLayer(flow, name) >= start)
    const jumps = jumpsOf(flow, rowOf)
    const across = flow.lines.filter((s) => !jumps.has(s) && rowOf(s.from) !== rowOf(s.to))
    const graphs = starts.map((_, row) => rowGraph(flow, jumps, row, rowOf))
    const rows = await Promise.all(graphs.map((graph) => engine.layout(graph)))
    const laid = placed(flow, stack(rows, across, rowOf), jumps, rowOf)
    if (best === undefined || misfit(laid) < misfit(best)) best = laid
    if (laid.width / laid.height < sheetShape) break
  }
  return best ?? { width: 0, height: 0, units: [], streams: [], tags: [] }
}
