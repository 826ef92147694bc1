/** Flows in the order in which they can have happened, with their lots and nodes by number. */
import type { Flow } from './effects.ts'

export interface Course {
  readonly flows: readonly Flow[]
  readonly lots: readonly string[]
  readonly nodes: readonly string[]
  /** By flow: its lot and its node. */
  readonly lot: Int32Array
  readonly node: Int32Array
  /** Lots and nodes that at one moment come before themselves. */
  readonly cycles: readonly string[]
}

const sourceOf = ({ direction, lot, node }: Flow) =>
  direction === 'in' ? `lot ${lot}` : `node ${node}`
const targetOf = ({ direction, lot, node }: Flow) =>
  direction === 'in' ? `node ${node}` : `lot ${lot}`

/** Ranks so that what goes in at a moment is before what comes out of it at that moment. */
function ranksOf(flows: readonly Flow[], cycles: Set<string>): ReadonlyMap<string, number> {
  const waits = new Map<string, number>()
  const leads = new Map<string, string[]>()
  for (const flow of flows) {
    const source = sourceOf(flow)
    const target = targetOf(flow)
    waits.set(source, waits.get(source) ?? 0)
    waits.set(target, (waits.get(target) ?? 0) + 1)
    const to = leads.get(source)
    if (to === undefined) leads.set(source, [target])
    else to.push(target)
  }
  const rank = new Map<string, number>()
  const free = [...waits].filter(([, count]) => count === 0).map(([name]) => name)
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    rank.set(name, rank.size)
    for (const next of leads.get(name) ?? []) {
      const left = (waits.get(next) ?? 0) - 1
      waits.set(next, left)
      if (left === 0) free.push(next)
    }
  }
  for (const name of [...waits.keys()].sort()) {
    if (rank.has(name)) continue
    rank.set(name, rank.size)
    cycles.add(name.slice(name.indexOf(' ') + 1))
  }
  return rank
}

function orderedAt(flows: readonly Flow[], cycles: Set<string>): readonly Flow[] {
  if (flows.length < 2) return flows
  const rank = ranksOf(flows, cycles)
  const of = (flow: Flow) => rank.get(sourceOf(flow)) ?? 0
  return [...flows].sort((a, b) => of(a) - of(b))
}

/** True when `a` is to stand before `b` at one time: any order that is always the same. */
const byName = (a: Flow, b: Flow) =>
  a.event !== b.event ? (a.event < b.event ? -1 : 1) : a.lot < b.lot ? -1 : 1

export function courseOf(all: readonly Flow[]): Course {
  const sorted = [...all].sort((a, b) => a.time - b.time || byName(a, b))
  const cycles = new Set<string>()
  const flows: Flow[] = []
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1
    while (sorted[end]?.time === sorted[start]?.time && end < sorted.length) end++
    flows.push(...orderedAt(sorted.slice(start, end), cycles))
    start = end
  }
  const lots = new Map<string, number>()
  const nodes = new Map<string, number>()
  const number = (names: Map<string, number>, name: string) => {
    const known = names.get(name) ?? names.size
    names.set(name, known)
    return known
  }
  const lot = Int32Array.from(flows, (flow) => number(lots, flow.lot))
  const node = Int32Array.from(flows, (flow) => number(nodes, flow.node))
  return {
    flows,
    lots: [...lots.keys()],
    nodes: [...nodes.keys()],
    lot,
    node,
    cycles: [...cycles].sort(),
  }
}

/**
 * Flows that lie on a way in time between the start and others: up, what came before into what
 * came out; down, what came out after what went in.
 */
export function relevant(course: Course, start: string, direction: 'up' | 'down'): Uint8Array {
  const { flows, lot, node } = course
  const isOn = new Uint8Array(flows.length)
  const lotOn = new Uint8Array(course.lots.length)
  const nodeOn = new Uint8Array(course.nodes.length)
  const first = course.lots.indexOf(start)
  if (first >= 0) lotOn[first] = 1
  const entering = direction === 'up' ? 'out' : 'in'
  for (let step = 0; step < flows.length; step++) {
    const i = direction === 'up' ? flows.length - 1 - step : step
    const enters = flows[i]?.direction === entering
    const on = enters ? lotOn[lot[i] as number] : nodeOn[node[i] as number]
    if (on !== 1) continue
    isOn[i] = 1
    if (enters) nodeOn[node[i] as number] = 1
    else lotOn[lot[i] as number] = 1
  }
  return isOn
}
