import type { Failure, Flowsheet, UnitInstance } from './flowsheet.ts'
import { components } from './graph.ts'
import { portsOf, type UnitPorts } from './ports.ts'
import { elementFlows, type Stream } from './stream.ts'

/** Elements that a gas outlet can carry where a unit does not say otherwise. */
const volatile = new Set(['H', 'B', 'C', 'N', 'O', 'F', 'S', 'Cl'])

/**
 * Before anything is solved: each element that feeds and reagents bring must be able to leave from
 * wherever it can get to. The failure names the loop that it would pile up in, or the unit that has
 * no outlet for it; null when all is well. The sheet must be valid.
 */
export function checkOutlets(sheet: Flowsheet): Failure | null {
  const table = sheet.properties.species
  const sources = sheet.units.map((u) => suppliedBy(sheet, u))
  const network = routing(sheet)
  for (const [column, element] of table.elements.entries()) {
    const starts = sources.flatMap((ports, unit) =>
      [...ports].flatMap(([port, flows]) =>
        (flows[column] ?? 0) > 0 ? (network.leaving.get(`${unit} ${port}`) ?? []) : [],
      ),
    )
    if (starts.length === 0) continue
    const trap = trapOf(sheet, network, element, starts)
    if (trap !== null) return trap
  }
  return null
}

/** Element flows by outlet port of a unit without inlets; nothing for other units. */
function suppliedBy(sheet: Flowsheet, unit: UnitInstance): Map<string, Float64Array> {
  if (portsOf(unit).inlets.length > 0) return new Map()
  const { name, op, params } = unit
  const result = op.steady({ name, inlets: {}, params, properties: sheet.properties })
  if (!result.ok) return new Map()
  const flows = ([port, s]: [string, Stream]): [string, Float64Array] => [
    port,
    elementFlows(sheet.properties.species, s),
  ]
  return new Map(Object.entries(result.outlets).map(flows))
}

interface Network {
  readonly ports: readonly UnitPorts[]
  /** Inlets by index: which unit, which port. */
  readonly inlets: readonly { readonly unit: number; readonly port: string }[]
  /** Indices of inlets that an outlet leads to, by `unit port`; an open outlet leads nowhere. */
  readonly leaving: ReadonlyMap<string, readonly number[]>
}

function routing(sheet: Flowsheet): Network {
  const ports = sheet.units.map(portsOf)
  const inlets = ports.flatMap((p, unit) => p.inlets.map(({ name }) => ({ unit, port: name })))
  const places = new Map(inlets.map(({ unit, port }, i) => [`${unit} ${port}`, i]))
  const index = new Map(sheet.units.map((u, i) => [u.name, i]))
  const leaving = new Map<string, number[]>()
  for (const { from, to } of sheet.connections) {
    const key = `${index.get(from.unit)} ${from.port}`
    const inlet = places.get(`${index.get(to.unit)} ${to.port}`)
    if (inlet !== undefined) leaving.set(key, [...(leaving.get(key) ?? []), inlet])
  }
  return { ports, inlets, leaving }
}

/** Outlets by which an element that came in at `inlet` can leave its unit. */
function routesOf(sheet: Flowsheet, network: Network, element: string, inlet: number) {
  const { unit, port } = network.inlets[inlet] ?? { unit: 0, port: '' }
  const { op, params } = sheet.units[unit] as UnitInstance
  if (op.routes !== undefined) return op.routes(element, port, params, sheet.properties)
  return (network.ports[unit]?.outlets ?? [])
    .filter((outlet) => outlet.phase !== 'gas' || volatile.has(element))
    .map((outlet) => outlet.name)
}

function trapOf(
  sheet: Flowsheet,
  network: Network,
  element: string,
  starts: readonly number[],
): Failure | null {
  const next = network.inlets.map(() => [] as number[])
  const reached = new Set(starts)
  for (const inlet of reached) {
    const unit = network.inlets[inlet]?.unit ?? 0
    for (const port of routesOf(sheet, network, element, inlet)) {
      for (const target of network.leaving.get(`${unit} ${port}`) ?? []) {
        next[inlet]?.push(target)
        reached.add(target)
      }
    }
  }
  const drained = drainable(network, next, reached)
  const stuck = [...reached].filter((inlet) => !drained.has(inlet))
  return stuck.length === 0 ? null : trapFailure(sheet, network, element, next, new Set(stuck))
}

/** Reached inlets from which some unit without outlets (a product, a discharge) can be reached. */
function drainable(network: Network, next: readonly (readonly number[])[], reached: Set<number>) {
  const before = next.map(() => [] as number[])
  for (const [inlet, targets] of next.entries()) {
    for (const target of targets) before[target]?.push(inlet)
  }
  const isEnd = (inlet: number) => {
    const unit = network.inlets[inlet]?.unit ?? 0
    return network.ports[unit]?.outlets.length === 0
  }
  const drained = new Set([...reached].filter(isEnd))
  for (const inlet of drained) for (const earlier of before[inlet] ?? []) drained.add(earlier)
  return drained
}

function trapFailure(
  sheet: Flowsheet,
  network: Network,
  element: string,
  next: readonly (readonly number[])[],
  stuck: ReadonlySet<number>,
): Failure {
  const inside = next.map((targets, inlet) => (stuck.has(inlet) ? targets : []))
  const name = (inlet: number) => sheet.units[network.inlets[inlet]?.unit ?? 0]?.name ?? ''
  const parts = components(inside).filter((part) => stuck.has(part[0] as number))
  const loop = parts.find(
    (part) => part.length > 1 || inside[part[0] as number]?.includes(part[0] as number),
  )
  if (loop === undefined) {
    const last = parts.at(-1)?.[0] as number
    const { port = '' } = network.inlets[last] ?? {}
    return {
      outcome: 'infeasible',
      unit: name(last),
      at: element,
      detail: `${element} comes to ${name(last)}.${port} and has no way out of ${name(last)}`,
      advice: `connect an outlet of ${name(last)} that can carry ${element}`,
    }
  }
  const units = sheet.units.map((u) => u.name)
  const names = [...new Set(loop.map(name))].sort((a, b) => units.indexOf(a) - units.indexOf(b))
  return {
    outcome: 'infeasible',
    unit: names.join('-'),
    at: element,
    detail: `${element} accumulates in loop ${names.join('-')}`,
    advice: `give ${element} a way out: a bleed of the loop to a product or a discharge`,
  }
}
