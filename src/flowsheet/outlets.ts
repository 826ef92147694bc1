import { isSameTo, sameValue } from './equality.ts'
import type { Failure, Flowsheet, UnitInstance } from './flowsheet.ts'
import { components } from './graph.ts'
import { portsOf, type UnitPorts } from './ports.ts'
import { elementFlows, type Stream } from './stream.ts'
import type { Port, Properties } from './unit-op.ts'

/** Elements that a gas outlet can carry where a unit does not say otherwise. */
const volatile = new Set(['H', 'B', 'C', 'N', 'O', 'F', 'S', 'Cl'])

/**
 * Before anything is solved: each element that feeds and reagents bring must be able to leave from
 * wherever it can get to. The failure names the loop that it would pile up in, or the unit that has
 * no outlet for it; null when all is well. The sheet must be valid. `supplied` answers the outlets
 * of a unit without inlets where they are known already.
 */
export function checkOutlets(
  sheet: Flowsheet,
  supplied: Supplied = () => undefined,
): Failure | null {
  const table = sheet.properties.species
  const network = routing(sheet)
  const sources = sheet.units.flatMap((unit, index) => {
    if (network.ports[index]?.inlets.length !== 0) return []
    const outlets = supplied(index) ?? outletsOf(sheet, unit)
    return Object.entries(outlets).map(([port, stream]) => ({
      flows: elementFlows(table, stream),
      targets: network.leaving.get(`${index} ${port}`) ?? [],
    }))
  })
  for (const [column, element] of table.elements.entries()) {
    const starts = sources.flatMap((s) => ((s.flows[column] ?? 0) > 0 ? s.targets : []))
    if (starts.length === 0) continue
    const next = stepsFrom(sheet, network, element, starts)
    const stuck = stuckAt(network, next)
    if (stuck.size > 0) return trapFailure(sheet, network, element, next, stuck)
  }
  return null
}

type Supplied = (unit: number) => Readonly<Record<string, Stream>> | undefined

/**
 * True when a sheet that is connected like an earlier one cannot trap what the earlier one did not:
 * the same elements come in, and each unit lets them through as before.
 */
export function outletsAlike(
  sheet: Flowsheet,
  earlier: Flowsheet,
  supplied: Supplied,
  suppliedEarlier: Supplied,
): boolean {
  const { properties } = sheet
  const table = properties.species
  if (table !== earlier.properties.species) return false
  return sheet.units.every((unit, index) => {
    const before = earlier.units[index]
    if (before === undefined || before.op !== unit.op) return false
    const same = isSameTo(unit.op, properties, earlier.properties)
    if (same && sameValue(before.params, unit.params)) return true
    const [now, then] = [portsOf(unit), portsOf(before)]
    const names = (ports: readonly Port[]) => ports.map((p) => `${p.name} ${p.phase}`).join()
    if (names(now.inlets) !== names(then.inlets)) return false
    if (names(now.outlets) !== names(then.outlets)) return false
    const brings = (from: Supplied) =>
      Object.values(from(index) ?? {}).map((s) => elementFlows(table, s).map(Math.sign))
    if (now.inlets.length === 0) return sameValue(brings(supplied), brings(suppliedEarlier))
    const routes = (u: UnitInstance, of: Properties) =>
      table.elements.map((e) => now.inlets.map((p) => u.op.routes?.(e, p.name, u.params, of)))
    return sameValue(routes(unit, properties), routes(before, earlier.properties))
  })
}

function outletsOf(sheet: Flowsheet, { name, op, params }: UnitInstance) {
  const result = op.steady({ name, inlets: {}, params, properties: sheet.properties })
  return result.ok ? result.outlets : {}
}

interface Network {
  readonly ports: readonly UnitPorts[]
  /** Inlets by index: which unit, which port. */
  readonly inlets: readonly { readonly unit: number; readonly port: string }[]
  /** Indices of inlets that an outlet leads to, by `unit port`; an open outlet leads nowhere. */
  readonly leaving: ReadonlyMap<string, readonly number[]>
  /** Inlets one step on for any element, and for one that gas cannot carry. */
  readonly anywhere: readonly (readonly number[])[]
  readonly notByGas: readonly (readonly number[])[]
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
  const reach = (gas: boolean) =>
    ports.map((p, unit) =>
      p.outlets
        .filter((outlet) => gas || outlet.phase !== 'gas')
        .flatMap((outlet) => leaving.get(`${unit} ${outlet.name}`) ?? []),
    )
  const [all, heavy] = [reach(true), reach(false)]
  const anywhere = inlets.map(({ unit }) => all[unit] ?? [])
  const notByGas = inlets.map(({ unit }) => heavy[unit] ?? [])
  return { ports, inlets, leaving, anywhere, notByGas }
}

/** For each inlet that an element gets to, the inlets that it gets to from there in one step. */
type Steps = ReadonlyMap<number, readonly number[]>

function stepsFrom(
  sheet: Flowsheet,
  network: Network,
  element: string,
  starts: readonly number[],
): Steps {
  const standard = volatile.has(element) ? network.anywhere : network.notByGas
  const next = new Map<number, readonly number[]>()
  const reached = new Set(starts)
  for (const inlet of reached) {
    const { unit, port } = network.inlets[inlet] ?? { unit: 0, port: '' }
    const { op, params } = sheet.units[unit] as UnitInstance
    const routes = op.routes?.(element, port, params, sheet.properties)
    const targets =
      routes?.flatMap((outlet) => network.leaving.get(`${unit} ${outlet}`) ?? []) ??
      standard[inlet] ??
      []
    next.set(inlet, targets)
    for (const target of targets) reached.add(target)
  }
  return next
}

/** Inlets from which no unit without outlets can be got to. */
function stuckAt(network: Network, next: Steps): Set<number> {
  const before = new Map<number, number[]>()
  for (const [inlet, targets] of next) {
    for (const target of targets) {
      const earlier = before.get(target)
      if (earlier === undefined) before.set(target, [inlet])
      else earlier.push(inlet)
    }
  }
  const isEnd = (inlet: number) =>
    network.ports[network.inlets[inlet]?.unit ?? 0]?.outlets.length === 0
  const drained = new Set([...next.keys()].filter(isEnd))
  for (const inlet of drained) for (const earlier of before.get(inlet) ?? []) drained.add(earlier)
  return new Set([...next.keys()].filter((inlet) => !drained.has(inlet)))
}

function trapFailure(
  sheet: Flowsheet,
  network: Network,
  element: string,
  next: Steps,
  stuck: ReadonlySet<number>,
): Failure {
  const inside = network.inlets.map((_, inlet) => (stuck.has(inlet) ? (next.get(inlet) ?? []) : []))
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
