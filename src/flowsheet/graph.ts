/** A directed graph by successor lists: node `i` points at every node of `successors[i]`. */
export type Digraph = readonly (readonly number[])[]

/**
 * Strongly connected components (Tarjan, SIAM J. Comput. 1, 1972, 146; without recursion, so depth
 * has no limit), in an order in which every edge between components points forwards.
 */
export function components(graph: Digraph): number[][] {
  const count = graph.length
  const found = new Int32Array(count).fill(-1)
  const low = new Int32Array(count)
  const position = new Int32Array(count)
  const waiting = new Uint8Array(count)
  const pending: number[] = []
  const result: number[][] = []
  let clock = 0
  const enter = (node: number, path: number[]) => {
    found[node] = low[node] = clock++
    pending.push(node)
    waiting[node] = 1
    path.push(node)
  }
  for (let root = 0; root < count; root++) {
    if ((found[root] as number) >= 0) continue
    const path: number[] = []
    enter(root, path)
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const next = graph[node]?.[position[node] as number]
      position[node] = (position[node] as number) + 1
      if (next === undefined) {
        path.pop()
        const parent = path.at(-1)
        if (parent !== undefined) lower(low, parent, low[node] as number)
        if (low[node] === found[node]) result.push(takeComponent(pending, waiting, node))
      } else if ((found[next] as number) < 0) enter(next, path)
      else if (waiting[next] === 1) lower(low, node, found[next] as number)
    }
  }
  return result.reverse()
}

function lower(low: Int32Array, node: number, value: number): void {
  if (value < (low[node] as number)) low[node] = value
}

function takeComponent(pending: number[], waiting: Uint8Array, root: number): number[] {
  const members: number[] = []
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    waiting[node] = 0
    members.push(node)
    if (node === root) break
  }
  return members.reverse()
}

/** True when the graph without the removed nodes has a cycle. */
export function hasCycle(graph: Digraph, removed: ReadonlySet<number>): boolean {
  return topological(graph, removed) === null
}

/**
 * The nodes not removed in an order in which every edge points forwards, the lowest index first
 * where there is a choice; null when there is a cycle.
 */
export function topological(graph: Digraph, removed: ReadonlySet<number>): number[] | null {
  const waitingFor = new Int32Array(graph.length)
  for (const [node, successors] of graph.entries()) {
    if (removed.has(node)) continue
    for (const next of successors) waitingFor[next] = (waitingFor[next] as number) + 1
  }
  const ready: number[] = []
  for (let node = 0; node < graph.length; node++) {
    if (!removed.has(node) && waitingFor[node] === 0) ready.push(node)
  }
  const order: number[] = []
  while (ready.length > 0) {
    const node = takeSmallest(ready)
    order.push(node)
    for (const next of graph[node] ?? []) {
      waitingFor[next] = (waitingFor[next] as number) - 1
      if (waitingFor[next] === 0 && !removed.has(next)) ready.push(next)
    }
  }
  return order.length === graph.length - removed.size ? order : null
}

function takeSmallest(ready: number[]): number {
  let best = 0
  for (let k = 1; k < ready.length; k++) {
    if ((ready[k] as number) < (ready[best] as number)) best = k
  }
  const [node] = ready.splice(best, 1)
  return node as number
}
