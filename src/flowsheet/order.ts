import { feedbackSet } from './feedback.ts'
import type { Flowsheet } from './flowsheet.ts'
import { components, hasCycle, topological, type Digraph } from './graph.ts'
import { reagentKind } from './ports.ts'

/** Units that must be solved together, or one unit alone. */
export interface Block {
  /** Indices of units in the order in which a sweep calculates them. */
  readonly units: readonly number[]
  /** Indices of connections whose content is guessed; empty when nothing recycles. */
  readonly tears: readonly number[]
  /** Units between the feeds and the tears: calculated once, they give a first guess. */
  readonly lead: readonly number[]
}

export interface CalculationOrder {
  /** Each block needs only earlier ones. */
  readonly blocks: readonly Block[]
  /** True when no smaller number of tears exists. */
  readonly fewest: boolean
}

/**
 * Strongly connected parts in the order of flow, each with the fewest tears that open all its
 * loops. Of equally few tears it takes lines that run back: from far behind the feeds to close to
 * them, so that a first sweep starts where the feed is. The sheet must be valid.
 */
export function calculationOrder(sheet: Flowsheet): CalculationOrder {
  const unitIndex = new Map(sheet.units.map((u, i) => [u.name, i]))
  const ends = sheet.connections.map((c) => ({
    from: unitIndex.get(c.from.unit) ?? 0,
    to: unitIndex.get(c.to.unit) ?? 0,
  }))
  const graph: number[][] = sheet.units.map(() => [])
  for (const { from, to } of ends) graph[from]?.push(to)
  const depth = depths(sheet, graph)
  let fewest = true
  const blocks = components(graph).map((members): Block => {
    const inside = new Set(members)
    const lines = ends.flatMap((e, c) => (inside.has(e.from) && inside.has(e.to) ? [c] : []))
    if (lines.length === 0) return { units: members, tears: [], lead: [] }
    const choice = tearLines(lines, ends, depth)
    fewest &&= choice.proven
    const { tears } = choice
    return {
      units: openOrder(members, ends, lines, tears, depth),
      tears,
      lead: leadOf(ends, lines, tears, depth),
    }
  })
  return { blocks, fewest }
}

type Ends = readonly { readonly from: number; readonly to: number }[]

/** Steps from the nearest feed; units that no feed reaches count from where they are reached. */
function depths(sheet: Flowsheet, graph: Digraph): number[] {
  const depth = sheet.units.map(() => Infinity)
  const reached = graph.map(() => 0)
  for (const successors of graph) for (const n of successors) reached[n] = 1
  let front = sheet.units.flatMap((u, i) =>
    reached[i] === 0 && u.op.kind !== reagentKind ? [i] : [],
  )
  for (let steps = 0; front.length > 0; steps++) {
    for (const node of front) depth[node] = steps
    const next = new Set(front.flatMap((node) => graph[node] ?? []))
    front = [...next].filter((node) => depth[node] === Infinity)
  }
  return depth.map((d) => (d === Infinity ? graph.length : d))
}

/** Tears among `lines`, on the graph of lines: one points at those that leave where it arrives. */
function tearLines(
  lines: readonly number[],
  ends: Ends,
  depth: readonly number[],
): { tears: number[]; proven: boolean } {
  const leaving = new Map<number, number[]>()
  for (const [k, line] of lines.entries()) {
    const from = ends[line]?.from ?? 0
    leaving.set(from, [...(leaving.get(from) ?? []), k])
  }
  const graph = lines.map((line) => leaving.get(ends[line]?.to ?? 0) ?? [])
  const { nodes, proven } = feedbackSet(graph)
  const back = lines.map((line) => {
    const { from, to } = ends[line] ?? { from: 0, to: 0 }
    return (depth[from] ?? 0) - (depth[to] ?? 0)
  })
  const chosen = preferBackward(graph, nodes, back)
  return { tears: chosen.map((k) => lines[k] as number).sort((a, b) => a - b), proven }
}

/** Swaps a tear for a line that runs further back wherever the loops stay open. */
function preferBackward(graph: Digraph, nodes: readonly number[], back: readonly number[]) {
  let chosen = [...nodes]
  if (graph.length > 400) return chosen
  for (const tear of nodes) {
    const others = new Set(chosen.filter((n) => n !== tear))
    const without = graph.map((next, n) =>
      others.has(n) ? [] : next.filter((m) => !others.has(m)),
    )
    const loop = components(without).find((part) => part.includes(tear)) ?? []
    const better = loop
      .filter((line) => (back[line] ?? 0) > (back[tear] ?? 0))
      .sort((a, b) => (back[b] ?? 0) - (back[a] ?? 0) || a - b)
      .find((line) => !hasCycle(without, new Set([line])))
    if (better !== undefined) chosen = [...others, better]
  }
  return chosen
}

/** The sources of the tears and what they are fed by on the way from the feeds, nearest first. */
function leadOf(
  ends: Ends,
  lines: readonly number[],
  tears: readonly number[],
  depth: readonly number[],
): number[] {
  const at = (unit: number) => depth[unit] ?? 0
  const lead = new Set(tears.map((tear) => ends[tear]?.from ?? 0))
  for (const unit of lead) {
    for (const line of lines) {
      const { from, to } = ends[line] ?? { from: 0, to: 0 }
      if (to === unit && at(from) < at(unit)) lead.add(from)
    }
  }
  return [...lead].sort((a, b) => at(a) - at(b) || a - b)
}

function openOrder(
  members: readonly number[],
  ends: Ends,
  lines: readonly number[],
  tears: readonly number[],
  depth: readonly number[],
): number[] {
  const nearFirst = [...members].sort((a, b) => (depth[a] ?? 0) - (depth[b] ?? 0) || a - b)
  const place = new Map(nearFirst.map((unit, i) => [unit, i]))
  const graph: number[][] = nearFirst.map(() => [])
  const torn = new Set(tears)
  for (const line of lines) {
    const { from, to } = ends[line] ?? { from: 0, to: 0 }
    if (!torn.has(line)) graph[place.get(from) ?? 0]?.push(place.get(to) ?? 0)
  }
  const order = topological(graph, new Set())
  if (order === null) throw new Error('tears do not open every loop')
  return order.map((i) => nearFirst[i] as number)
}
