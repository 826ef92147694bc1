import type { Genealogy, GenealogyNode } from '../said.ts'

/** A node where it is drawn, px. */
export interface Placed {
  readonly id: string
  readonly x: number
  readonly y: number
  /** Undefined for what stands for several that are not drawn. */
  readonly node?: GenealogyNode
  /** How many it stands for. */
  readonly hidden: number
}

export interface Link {
  readonly id: string
  readonly from: Placed
  readonly to: Placed
  readonly mg: number
}

export interface Graph {
  readonly width: number
  readonly height: number
  readonly placed: readonly Placed[]
  readonly links: readonly Link[]
}

export const box = { width: 168, height: 42 } as const
const across = 224
const down = 52
const margin = 12

/** Most nodes that one column shows; the others are one box. */
const mostInColumn = 16

interface Edge {
  readonly from: string
  readonly to: string
  readonly mg: number
}

/**
 * Columns of what a lot came from (left of it) and what became of it (right of it): each as far
 * from the lot as the longest way to it, so that every arrow points to the right.
 */
export function graphOf(up: Genealogy | undefined, onward: Genealogy | undefined): Graph {
  const nodes = new Map<string, GenealogyNode>()
  const columns = new Map<string, number>()
  const edges = new Map<string, Edge>()
  for (const [of, side] of [
    [up, -1],
    [onward, 1],
  ] as const) {
    if (of === undefined) continue
    const far = distances(of, side)
    for (const node of of.nodes) {
      if (!nodes.has(node.uri)) nodes.set(node.uri, node)
      if (!columns.has(node.uri)) columns.set(node.uri, side * (far.get(node.uri) ?? 0))
    }
    for (const edge of of.edges) edges.set(`${edge.from} ${edge.to}`, edge)
  }
  const rows = columnsOf(nodes, columns)
  untangle(rows, [...edges.values()])
  return placedIn(rows, [...edges.values()])
}

/** Steps of the longest way from each node to the lot that was asked for. */
function distances({ lot, edges }: Genealogy, side: -1 | 1): ReadonlyMap<string, number> {
  const nearer = new Map<string, string[]>()
  for (const { from, to } of edges) {
    const [far, near] = side === -1 ? [from, to] : [to, from]
    nearer.set(far, [...(nearer.get(far) ?? []), near])
  }
  const known = new Map<string, number>([[lot, 0]])
  const open = new Set<string>()
  const distance = (id: string): number => {
    const found = known.get(id)
    if (found !== undefined) return found
    // A node that comes before itself is no farther for it.
    if (open.has(id)) return 0
    open.add(id)
    const most = Math.max(0, ...(nearer.get(id) ?? []).map((next) => distance(next)))
    open.delete(id)
    known.set(id, most + 1)
    return most + 1
  }
  for (const id of nearer.keys()) distance(id)
  return known
}

/** Ids by column, from the left; the largest of a crowded column, then what stands for the rest. */
interface Column {
  readonly at: number
  ids: string[]
  readonly nodes: ReadonlyMap<string, GenealogyNode>
  readonly hidden: ReadonlySet<string>
}

const restOf = (at: number) => `rest ${at}`

function columnsOf(
  nodes: ReadonlyMap<string, GenealogyNode>,
  columns: ReadonlyMap<string, number>,
): readonly Column[] {
  const byColumn = new Map<number, GenealogyNode[]>()
  for (const node of nodes.values()) {
    const at = columns.get(node.uri) ?? 0
    byColumn.set(at, [...(byColumn.get(at) ?? []), node])
  }
  return [...byColumn.keys()]
    .sort((a, b) => a - b)
    .map((at) => {
      const all = [...(byColumn.get(at) ?? [])].sort((a, b) => weightOf(b) - weightOf(a))
      const shown = all.length > mostInColumn ? all.slice(0, mostInColumn - 1) : all
      const ids = shown.map(({ uri }) => uri).sort((a, b) => timeOf(nodes, a) - timeOf(nodes, b))
      const hidden = new Set(all.slice(shown.length).map(({ uri }) => uri))
      if (hidden.size > 0) ids.push(restOf(at))
      return { at, ids, nodes, hidden }
    })
}

const timeOf = (nodes: ReadonlyMap<string, GenealogyNode>, id: string) => nodes.get(id)?.time ?? 0

/** What makes a node worth being seen: its share of anything, then its mass. */
const weightOf = ({ shares, mg = 0 }: GenealogyNode) =>
  1e15 * Math.max(0, ...Object.values(shares)) + mg

/** Puts each node near the middle of what it is joined to, a few times over. */
function untangle(columns: readonly Column[], edges: readonly Edge[]): void {
  const names = nameOf(columns)
  const joined = new Map<string, string[]>()
  for (const { from, to } of edges) {
    const [a, b] = [names(from), names(to)]
    if (a === undefined || b === undefined) continue
    joined.set(a, [...(joined.get(a) ?? []), b])
    joined.set(b, [...(joined.get(b) ?? []), a])
  }
  for (let turn = 0; turn < 4; turn++) {
    const heights = heightsOf(columns)
    for (const column of columns) {
      const wish = (id: string) => {
        const near = (joined.get(id) ?? []).flatMap((other) => heights.get(other) ?? [])
        if (near.length === 0) return heights.get(id) ?? 0
        return near.reduce((sum, height) => sum + height, 0) / near.length
      }
      const wishes = new Map(column.ids.map((id) => [id, wish(id)]))
      column.ids.sort((a, b) => (wishes.get(a) ?? 0) - (wishes.get(b) ?? 0))
    }
  }
}

function heightsOf(columns: readonly Column[]): ReadonlyMap<string, number> {
  return new Map(
    columns.flatMap(({ ids }) => ids.map((id, k) => [id, k - (ids.length - 1) / 2] as const)),
  )
}

/** The box that shows a node: its own, or that of the rest of its column. */
function nameOf(columns: readonly Column[]): (id: string) => string | undefined {
  const names = new Map<string, string>()
  for (const { at, ids, hidden } of columns) {
    for (const id of ids) names.set(id, id)
    for (const id of hidden) names.set(id, restOf(at))
  }
  return (id) => names.get(id)
}

function placedIn(columns: readonly Column[], edges: readonly Edge[]): Graph {
  const tallest = Math.max(1, ...columns.map(({ ids }) => ids.length))
  const placed = new Map<string, Placed>()
  columns.forEach(({ at, ids, nodes, hidden }, column) => {
    ids.forEach((id, row) => {
      const node = nodes.get(id)
      placed.set(id, {
        id,
        x: margin + column * across,
        y: margin + (row + (tallest - ids.length) / 2) * down,
        ...(node === undefined ? {} : { node }),
        hidden: id === restOf(at) ? hidden.size : 0,
      })
    })
  })
  const names = nameOf(columns)
  const links = new Map<string, Link>()
  for (const { from, to, mg } of edges) {
    const [a, b] = [placed.get(names(from) ?? ''), placed.get(names(to) ?? '')]
    if (a === undefined || b === undefined) continue
    const id = `${a.id} ${b.id}`
    links.set(id, { id, from: a, to: b, mg: mg + (links.get(id)?.mg ?? 0) })
  }
  return {
    width: 2 * margin + Math.max(0, columns.length - 1) * across + box.width,
    height: 2 * margin + (tallest - 1) * down + box.height,
    placed: [...placed.values()],
    links: [...links.values()],
  }
}

/** The curve of a link, from the right edge of one box to the left edge of the other. */
export function curveOf({ from, to }: Link): string {
  const [x0, y0] = [from.x + box.width, from.y + box.height / 2]
  const [x1, y1] = [to.x - 5, to.y + box.height / 2]
  const bend = Math.max(20, (x1 - x0) / 2)
  return `M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`
}
