import { portsOf, reagentKind } from '../flowsheet/index.ts'
import type { Port } from '../flowsheet/unit-op.ts'
import type { Findings } from './findings.ts'
import type { PlantStream, PlantUnit } from './plant.ts'
import type { FaultyUnit, ReadUnits } from './read-plant.ts'
import { suggest } from './suggest.ts'

/** True for the kind of unit that feeds what others draw. */
export function isReagent(unit: PlantUnit): boolean {
  return unit.op.kind === reagentKind
}

/** Ports of a unit as far as they are known: a side that follows from faulty parameters is not. */
interface KnownPorts {
  readonly inlets?: readonly Port[]
  readonly outlets?: readonly Port[]
}

/** Sides that do not depend on the parameters. */
function fixedPorts({ op }: FaultyUnit): KnownPorts {
  return {
    ...(typeof op.inlets === 'function' ? {} : { inlets: op.inlets }),
    ...(typeof op.outlets === 'function' ? {} : { outlets: op.outlets }),
  }
}

/**
 * Finds lines to nowhere, outlets used twice, required ports left open and drawn ports that are not
 * fed by a reagent. A unit that could not be read is taken to have every port, and so is a side of
 * a faulty unit that depends on its parameters.
 */
export function checkConnections(
  units: ReadUnits,
  faulty: ReadonlyMap<string, FaultyUnit>,
  streams: readonly PlantStream[],
  findings: Findings,
): void {
  const ports = new Map<string, KnownPorts>()
  for (const [name, unit] of units) if (unit !== undefined) ports.set(name, portsOf(unit))
  for (const [name, unit] of faulty) ports.set(name, fixedPorts(unit))
  const leaving = new Map<string, string>()
  const arriving = new Set<string>()
  for (const stream of streams) {
    for (const [end, side] of [
      [stream.from, 'outlets'],
      [stream.to, 'inlets'],
    ] as const) {
      checkEnd(stream, end.unit, end.port, side, units, ports, findings)
    }
    const from = `${stream.from.unit}.${stream.from.port}`
    const to = `${stream.to.unit}.${stream.to.port}`
    const source = units.get(stream.from.unit) ?? faulty.get(stream.from.unit)
    const earlier = leaving.get(from)
    const drawsFrom = source !== undefined && isReagent(source)
    if (earlier !== undefined && !drawsFrom) {
      const message = `${from} is connected twice (also by ${earlier})`
      findings.add(stream.at, 'connected-twice', message, 'one stream; split with a splitter')
    }
    leaving.set(from, stream.name)
    const drawing = ports.get(stream.to.unit)?.inlets?.find((p) => p.name === stream.to.port)?.drawn
    if (drawing === true && arriving.has(to)) {
      const message = `${to} draws from two streams`
      findings.add(stream.at, 'connected-twice', message, 'one reagent a drawn inlet')
    }
    arriving.add(to)
    checkDrawn(stream, source, ports, findings)
  }
  for (const [name, read] of units) {
    const unit = read ?? faulty.get(name)
    const own = ports.get(name)
    if (unit !== undefined && own !== undefined) checkOpen(unit, own, leaving, arriving, findings)
  }
}

function checkEnd(
  stream: PlantStream,
  unit: string,
  port: string,
  side: 'inlets' | 'outlets',
  units: ReadUnits,
  ports: ReadonlyMap<string, KnownPorts>,
  findings: Findings,
): void {
  if (!units.has(unit)) {
    const message = `stream "${stream.name}": no unit "${unit}"`
    findings.add(stream.at, 'unknown-unit', message, suggest(unit, [...units.keys()]))
    return
  }
  const own = ports.get(unit)
  const mine = own?.[side]
  if (own === undefined || mine === undefined || mine.some((p) => p.name === port)) return
  const other = side === 'inlets' ? 'outlets' : 'inlets'
  const word = side === 'inlets' ? 'inlet' : 'outlet'
  const turned = (own[other] ?? []).some((p) => p.name === port)
  const message = turned
    ? `stream "${stream.name}": ${unit}.${port} is not an ${word}`
    : `stream "${stream.name}": ${unit} has no ${word} "${port}"`
  const names = mine.map((p) => p.name)
  const expected = names.length === 0 ? `${unit} has no ${side}` : suggest(port, names)
  findings.add(stream.at, 'unknown-port', message, expected)
}

function checkDrawn(
  stream: PlantStream,
  source: PlantUnit | undefined,
  ports: ReadonlyMap<string, KnownPorts>,
  findings: Findings,
): void {
  const port = ports.get(stream.to.unit)?.inlets?.find((p) => p.name === stream.to.port)
  if (port === undefined || source === undefined) return
  const to = `${stream.to.unit}.${stream.to.port}`
  if (port.drawn === true && !isReagent(source)) {
    const kind = `${source.name} (${source.op.kind})`
    const message = `${to} draws what it needs and cannot be fed by ${kind}`
    findings.add(stream.at, 'drawn-port', message, 'a unit of type reagent')
  } else if (port.drawn !== true && isReagent(source)) {
    const message = `${to} does not draw: the reagent ${source.name} cannot tell how much to give`
    const expected =
      port.phase === 'aqueous'
        ? 'a unit of type liquor with a flow'
        : 'a unit of type feed with a rate'
    findings.add(stream.at, 'drawn-port', message, expected)
  }
}

function checkOpen(
  unit: PlantUnit,
  own: KnownPorts,
  leaving: ReadonlyMap<string, string>,
  arriving: ReadonlySet<string>,
  findings: Findings,
): void {
  for (const port of own.inlets ?? []) {
    const name = `${unit.name}.${port.name}`
    if (port.optional === true || arriving.has(name)) continue
    const from = port.drawn === true ? 'reagent.out' : 'unit.port'
    const message = `the inlet ${name} is not connected`
    findings.add(unit.at, 'unconnected', message, `a stream ${from} -> ${name} (${port.about})`)
  }
  for (const port of own.outlets ?? []) {
    const name = `${unit.name}.${port.name}`
    if (port.optional === true || leaving.has(name)) continue
    const message = `the outlet ${name} is not connected`
    findings.add(unit.at, 'unconnected', message, `a stream ${name} -> unit.port (${port.about})`)
  }
}
