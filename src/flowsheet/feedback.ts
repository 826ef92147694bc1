import { components, hasCycle, type Digraph } from './graph.ts'

/** Nodes whose removal leaves no cycle. */
export interface FeedbackSet {
  readonly nodes: readonly number[]
  /** True when no smaller set exists; false when the search gave up at its budget. */
  readonly proven: boolean
}

/**
 * A smallest set of nodes that meets every cycle. Exact reductions first (Levy and Low, J.
 * Algorithms 9, 1988, 470): a node without a way in or out is on no cycle; a node that points at
 * itself must go; a node with a single way in or out is merged into that neighbour, which lies on
 * every cycle that it lies on. What is left is searched by branch and bound over `budget` nodes of
 * the search tree, the busiest node first, whose first descent is the greedy answer.
 */
export function feedbackSet(graph: Digraph, budget = 2000): FeedbackSet {
  const chosen: number[] = []
  let left = budget
  for (const component of components(graph)) {
    const first = component[0] as number
    if (component.length === 1 && !graph[first]?.includes(first)) continue
    const search: Search = { best: component, left: Math.max(1, left), descended: false }
    branch(subgraph(graph, component), [], search)
    left = search.left
    chosen.push(...(left > 0 ? search.best : minimal(graph, component, search.best)))
  }
  return { nodes: chosen.sort((a, b) => a - b), proven: left > 0 }
}

interface Links {
  readonly into: Map<number, Set<number>>
  readonly from: Map<number, Set<number>>
}

interface Search {
  best: readonly number[]
  /** Nodes of the search tree that may still be opened; the first descent is always finished. */
  left: number
  descended: boolean
}

function subgraph(graph: Digraph, nodes: readonly number[]): Links {
  const inside = new Set(nodes)
  const links: Links = {
    into: new Map(nodes.map((n) => [n, new Set()])),
    from: new Map(nodes.map((n) => [n, new Set()])),
  }
  for (const node of nodes) {
    for (const next of graph[node] ?? []) if (inside.has(next)) join(links, node, next)
  }
  return links
}

function join(links: Links, a: number, b: number): void {
  links.from.get(a)?.add(b)
  links.into.get(b)?.add(a)
}

function remove(links: Links, node: number): void {
  for (const next of links.from.get(node) ?? []) links.into.get(next)?.delete(node)
  for (const before of links.into.get(node) ?? []) links.from.get(before)?.delete(node)
  links.from.delete(node)
  links.into.delete(node)
}

/** Reduces as far as possible; returns the nodes that must be in the set. Changes `links`. */
function reduce(links: Links): number[] {
  const forced: number[] = []
  for (let changed = true; changed; ) {
    changed = false
    for (const node of links.from.keys()) {
      const into = links.into.get(node)
      const from = links.from.get(node)
      if (into === undefined || from === undefined) continue
      if (from.has(node)) forced.push(node)
      else if (into.size > 1 && from.size > 1) continue
      const bridges = from.has(node) ? [] : pairs(into, from)
      remove(links, node)
      for (const [a, b] of bridges) join(links, a, b)
      changed = true
    }
  }
  return forced
}

function pairs(into: ReadonlySet<number>, from: ReadonlySet<number>): [number, number][] {
  return [...into].flatMap((a) => [...from].map((b): [number, number] => [a, b]))
}

/** Branch and bound: take the busiest node into the set, or bridge it and keep it out. */
function branch(links: Links, chosen: readonly number[], search: Search): void {
  search.left--
  const now = [...chosen, ...reduce(links)]
  if (now.length >= search.best.length) return
  if (links.from.size === 0) {
    search.best = now
    search.descended = true
    return
  }
  if (search.left <= 0 && search.descended) return
  const node = busiest(links)
  const taken = copy(links)
  remove(taken, node)
  branch(taken, [...now, node], search)
  if (search.left <= 0) return
  const bridges = pairs(links.into.get(node) ?? new Set(), links.from.get(node) ?? new Set())
  remove(links, node)
  for (const [a, b] of bridges) join(links, a, b)
  branch(links, now, search)
}

function busiest(links: Links): number {
  let best = -1
  let most = -1
  for (const [node, from] of links.from) {
    const ways = from.size * (links.into.get(node)?.size ?? 0)
    if (ways > most) [best, most] = [node, ways]
  }
  return best
}

function copy(links: Links): Links {
  const clone = (map: Map<number, Set<number>>) =>
    new Map([...map].map(([n, s]) => [n, new Set(s)]))
  return { into: clone(links.into), from: clone(links.from) }
}

/** Drops nodes that are not needed (only a search that gave up leaves any). */
function minimal(graph: Digraph, nodes: readonly number[], chosen: readonly number[]): number[] {
  const outside = graph.map((_, n) => n).filter((n) => !nodes.includes(n))
  let kept = [...chosen]
  for (const node of chosen) {
    const without = kept.filter((n) => n !== node)
    if (!hasCycle(graph, new Set([...outside, ...without]))) kept = without
  }
  return kept
}
