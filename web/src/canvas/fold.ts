import type { Layout } from './layout.ts'
import { straightened, type Box, type Point } from './route.ts'
import { stubRoom, textWidth, type Sheet } from './sheet.ts'

/** Width over height of a page that a drawing should fill. */
const page = { width: 1200, height: 820 } as const
const mostRows = 3
const lane = 10
/** Clear of units and of each other: lines led around the ends of rows. */
const clear = 22
/** Inequality of rows, px, that it is worth to cut one line less. */
const lineCost = 45
/** A drawing in one row is easier to follow: another has to make it so much larger. */
const worthwhile = 1.3

/**
 * The drawing in as many rows, one below the other, as make it largest on a page. It is folded as a
 * ribbon is: where it is cut, every line runs around the right end of a row, back between the rows
 * and in at the left of the next; no two of them cross there, and lines that were one stay one.
 */
export function folded(layout: Layout, sheet: Sheet): Layout {
  const boxes = outlines(layout, sheet)
  let best = compacted(layout, boxes)
  let size = scaleOf(best, outlines(best, sheet))
  for (let rows = 2; rows <= mostRows; rows++) {
    const cuts = cutsOf(layout, boxes, rows)
    if (cuts === undefined) break
    const laid = foldAt(layout, boxes, cuts)
    const next = compacted(laid, outlines(laid, sheet))
    const own = scaleOf(next, outlines(next, sheet))
    if (own < size * worthwhile) break
    ;[best, size] = [next, own]
  }
  return best
}

/** What a unit takes up with its name and its reagents. */
function outlines({ units }: Layout, sheet: Sheet): readonly Box[] {
  return sheet.units.flatMap(({ name, width, height, stubs }) => {
    const at = units[name]
    if (at === undefined) return []
    const words = name.split(/(?<=-)/).map((word) => textWidth(word, 13))
    const { width: above, height: top } = stubRoom(stubs)
    const wide = Math.max(width, above, ...words)
    const x = at.x - (wide - width) / 2
    return [{ x, y: at.y - top, width: wide, height: height + top + 16 * words.length + 6 }]
  })
}

interface Extent {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function extentOf(boxes: readonly Box[], points: readonly Point[]): Extent {
  const xs = [...boxes.flatMap((b) => [b.x, b.x + b.width]), ...points.map(({ x }) => x)]
  const ys = [...boxes.flatMap((b) => [b.y, b.y + b.height]), ...points.map(({ y }) => y)]
  if (xs.length === 0) return { left: 0, right: 0, top: 0, bottom: 0 }
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  }
}

/** How large a drawing stands on a page; more than its natural size is not worth a fold. */
function scaleOf({ routes }: Layout, boxes: readonly Box[]): number {
  const { left, right, top, bottom } = extentOf(boxes, Object.values(routes).flat())
  return Math.min(1, page.width / (right - left), page.height / (bottom - top))
}

/** Heights at which level pieces pass a place, each once: lines that join pass as one. */
function passing({ routes }: Layout, x: number): readonly number[] {
  const found = Object.values(routes).flatMap((way) =>
    way.slice(1).flatMap((b, i) => {
      const a = way[i]
      if (a === undefined || a.y !== b.y) return []
      return Math.min(a.x, b.x) < x && Math.max(a.x, b.x) > x ? [a.y] : []
    }),
  )
  return [...new Set(found)].sort((a, b) => a - b)
}

/** Where to cut into so many rows of about the same length: between units, where few lines pass. */
function cutsOf(
  layout: Layout,
  boxes: readonly Box[],
  rows: number,
): readonly number[] | undefined {
  const points = Object.values(layout.routes).flat()
  const { left, right } = extentOf(boxes, points)
  const events = [
    ...new Set([...points.map(({ x }) => x), ...boxes.flatMap((b) => [b.x, b.x + b.width])]),
  ].sort((a, b) => a - b)
  const free = events
    .slice(1)
    .flatMap((x, i) => (x - (events[i] ?? x) > 1 ? [(x + (events[i] ?? x)) / 2] : []))
    .filter((x) => boxes.every((box) => x < box.x || x > box.x + box.width))
    .map((x) => ({ x, cost: lineCost * passing(layout, x).length }))
  const cuts: number[] = []
  for (let row = 1; row < rows; row++) {
    const even = left + ((right - left) * row) / rows
    const reach = (right - left) / rows / 2.5
    const near = free.filter(({ x }) => Math.abs(x - even) < reach && x > (cuts.at(-1) ?? left))
    const [first, ...others] = near
    if (first === undefined) return undefined
    const cost = (cut: { x: number; cost: number }) => cut.cost + Math.abs(cut.x - even)
    cuts.push(others.reduce((a, b) => (cost(b) < cost(a) ? b : a), first).x)
  }
  return cuts
}

/** Room left where nothing stands and no line runs level, px. */
const slack = 26

/** Without the empty strips across the whole drawing: everything below one moves up, in order. */
function compacted(layout: Layout, boxes: readonly Box[]): Layout {
  const levels = Object.values(layout.routes).flatMap((way) => way.map(({ y }) => y))
  const solid = [
    ...boxes.map(({ y, height }) => ({ from: y, to: y + height })),
    ...levels.map((y) => ({ from: y, to: y })),
  ].sort((a, b) => a.from - b.from)
  /** From where on things move up, and by how much more. */
  const strips: { readonly below: number; readonly by: number }[] = []
  let reached = solid[0]?.to ?? 0
  for (const { from, to } of solid) {
    if (from - reached > slack) strips.push({ below: from, by: from - reached - slack })
    reached = Math.max(reached, to)
  }
  const up = ({ x, y }: Point): Point => {
    const by = strips.reduce((sum, strip) => (y >= strip.below - 1e-6 ? sum + strip.by : sum), 0)
    return { x, y: round(y - by) }
  }
  return {
    ...layout,
    units: Object.fromEntries(Object.entries(layout.units).map(([name, at]) => [name, up(at)])),
    routes: Object.fromEntries(
      Object.entries(layout.routes).map(([name, way]) => [name, way.map(up)]),
    ),
  }
}

interface Row {
  /** Added to every place of the row. */
  readonly by: Point
  readonly right: number
  readonly bottom: number
}

function foldAt(layout: Layout, boxes: readonly Box[], cuts: readonly number[]): Layout {
  const rowOf = (x: number) => cuts.filter((cut) => cut < x).length
  const lanes = cuts.map((cut) => passing(layout, cut))
  const margin = clear + lane * Math.max(0, ...lanes.map(({ length }) => length))
  const rows: Row[] = []
  let top = 0
  for (let k = 0; k <= cuts.length; k++) {
    const points = Object.values(layout.routes)
      .flat()
      .filter(({ x }) => rowOf(x) === k)
    const passed = [...(lanes[k] ?? []), ...(lanes[k - 1] ?? [])].map((y) => ({
      x: cuts[0] ?? 0,
      y,
    }))
    const own = boxes.filter((box) => rowOf(box.x) === k)
    const level = extentOf([], [...points, ...passed])
    const across = extentOf(own, points)
    const all = extentOf(own, [])
    const [high, low] = [Math.min(level.top, all.top), Math.max(level.bottom, all.bottom)]
    const by = { x: margin - across.left, y: top - high }
    const bottom = top + low - high
    rows.push({ by, right: across.right + by.x, bottom })
    top = bottom + 2 * clear + lane * (lanes[k]?.length ?? 0)
  }
  const move = ({ x, y }: Point, row = rowOf(x)): Point => {
    const { by } = rows[row] ?? { by: { x: 0, y: 0 } }
    return { x: round(x + by.x), y: round(y + by.y) }
  }
  /** Around the end of row `k` at the height `y`, to the beginning of the next. */
  const around = (k: number, y: number): readonly Point[] => {
    const own = lanes[k] ?? []
    const nth = own.indexOf(y)
    const outer = own.length - 1 - nth
    const [here, next] = [move({ x: 0, y }, k), move({ x: 0, y }, k + 1)]
    const right = (rows[k]?.right ?? 0) + clear + lane * outer
    const between = (rows[k]?.bottom ?? 0) + clear + lane * outer
    const left = margin - clear - lane * nth
    return [
      { x: right, y: here.y },
      { x: right, y: between },
      { x: left, y: between },
      { x: left, y: next.y },
    ]
  }
  return {
    units: Object.fromEntries(Object.entries(layout.units).map(([name, at]) => [name, move(at)])),
    ports: layout.ports,
    routes: Object.fromEntries(
      Object.entries(layout.routes).map(([name, way]) => [
        name,
        straightened(wayAround(way, rowOf, move, around)),
      ]),
    ),
  }
}

function wayAround(
  way: readonly Point[],
  rowOf: (x: number) => number,
  move: (point: Point) => Point,
  around: (row: number, y: number) => readonly Point[],
): readonly Point[] {
  return way.flatMap((point, i) => {
    const before = way[i - 1]
    if (before === undefined) return [move(point)]
    const [from, to] = [rowOf(before.x), rowOf(point.x)]
    const turns: Point[] = []
    for (let k = from; k < to; k++) turns.push(...around(k, point.y))
    for (let k = from - 1; k >= to; k--) turns.push(...[...around(k, point.y)].reverse())
    return [...turns, move(point)]
  })
}

const round = (value: number) => Math.round(value * 10) / 10
