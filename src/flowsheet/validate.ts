import type { Connection, Flowsheet, PortRef, UnitInstance } from './flowsheet.ts'
import { portsOf, reagentKind, type UnitPorts } from './ports.ts'

/** What is wrong with a sheet's connections; `at` is `unit.port`, a line or a specification. */
export interface SheetFinding {
  readonly at: string
  readonly text: string
}

/**
 * Everything that keeps a sheet from being calculated at all: names used twice, connections to
 * nothing, outlets used twice, required ports left open, drawn inlets not fed by one reagent.
 */
export function validate(sheet: Flowsheet): readonly SheetFinding[] {
  const units = new Map(sheet.units.map((u) => [u.name, u]))
  const ports = new Map(sheet.units.map((u) => [u.name, portsOf(u)]))
  const used = {
    inlets: new Set(sheet.connections.map((c) => text(c.to))),
    outlets: new Set(sheet.connections.map((c) => text(c.from))),
  }
  return [
    ...repeated('unit', sheet.units),
    ...repeated('connection', sheet.connections),
    ...sheet.connections.flatMap((c) => danglingEnds(c, ports)),
    ...outletsUsedTwice(sheet, units),
    ...sheet.units.flatMap((u) => openPorts(u, ports.get(u.name), used)),
    ...wrongDraws(sheet, units, ports),
    ...specificationFindings(sheet),
  ]
}

const text = ({ unit, port }: PortRef) => `${unit}.${port}`

function repeated(what: string, items: readonly { readonly name: string }[]): SheetFinding[] {
  const seen = new Set<string>()
  const findings: SheetFinding[] = []
  for (const { name } of items) {
    if (seen.has(name)) findings.push({ at: name, text: `${what} ${name} is there twice` })
    seen.add(name)
  }
  return findings
}

function danglingEnds(c: Connection, ports: ReadonlyMap<string, UnitPorts>): SheetFinding[] {
  const end = (ref: PortRef, side: 'inlets' | 'outlets'): SheetFinding[] => {
    const unit = ports.get(ref.unit)
    const at = text(ref)
    if (unit === undefined) return [{ at, text: `${c.name}: there is no unit ${ref.unit}` }]
    const names = unit[side].map((p) => p.name)
    if (names.includes(ref.port)) return []
    const noun = side === 'inlets' ? 'inlet' : 'outlet'
    const known = names.length > 0 ? names.join(', ') : `no ${noun}`
    return [{ at, text: `${c.name}: ${at} is not an ${noun}; ${ref.unit} has ${known}` }]
  }
  return [...end(c.from, 'outlets'), ...end(c.to, 'inlets')]
}

function outletsUsedTwice(
  sheet: Flowsheet,
  units: ReadonlyMap<string, UnitInstance>,
): SheetFinding[] {
  const seen = new Map<string, string>()
  const findings: SheetFinding[] = []
  for (const { name, from } of sheet.connections) {
    const at = text(from)
    const earlier = seen.get(at)
    if (earlier !== undefined && units.get(from.unit)?.op.kind !== reagentKind) {
      findings.push({ at, text: `outlet ${at} is connected twice: ${earlier} and ${name}` })
    }
    seen.set(at, name)
  }
  return findings
}

function openPorts(
  unit: UnitInstance,
  ports: UnitPorts | undefined,
  used: Readonly<Record<'inlets' | 'outlets', ReadonlySet<string>>>,
): SheetFinding[] {
  return (['inlets', 'outlets'] as const).flatMap((side) =>
    (ports?.[side] ?? []).flatMap((port) => {
      const at = `${unit.name}.${port.name}`
      if (port.optional === true || used[side].has(at)) return []
      const noun = side === 'inlets' ? 'inlet' : 'outlet'
      return [{ at, text: `${noun} ${at} is not connected (${port.about})` }]
    }),
  )
}

function wrongDraws(
  sheet: Flowsheet,
  units: ReadonlyMap<string, UnitInstance>,
  ports: ReadonlyMap<string, UnitPorts>,
): SheetFinding[] {
  const drawnFrom = new Map<string, string>()
  return sheet.connections.flatMap((c): SheetFinding[] => {
    const inlet = ports.get(c.to.unit)?.inlets.find((p) => p.name === c.to.port)
    const source = units.get(c.from.unit)
    if (inlet === undefined || source === undefined) return []
    const at = text(c.to)
    const isReagent = source.op.kind === reagentKind
    if (inlet.drawn !== true) {
      if (!isReagent) return []
      const why = `${c.from.unit} gives what is asked for, and ${at} does not ask`
      return [{ at, text: `${c.name}: ${why}; use a feed with a rate or a liquor with a flow` }]
    }
    if (!isReagent) {
      return [{ at, text: `${c.name}: ${at} draws what it needs, so it takes a reagent unit` }]
    }
    const earlier = drawnFrom.get(at)
    drawnFrom.set(at, c.name)
    if (earlier === undefined) return []
    return [{ at, text: `${at} draws from ${earlier} already; ${c.name} is one too many` }]
  })
}

/** What is wrong with the specifications: all that is left to check of a sheet seen before. */
export function specificationFindings(sheet: Flowsheet): SheetFinding[] {
  const found = sheet.specifications.flatMap(({ name, vary, tolerance }): SheetFinding[] => {
    const at = name
    if (sheet.units.every((unit) => unit.name !== vary.unit))
      return [{ at, text: `${name}: there is no unit ${vary.unit}` }]
    if (!(vary.min < vary.max)) {
      return [{ at, text: `${name}: the lower bound ${vary.min} is not below ${vary.max}` }]
    }
    if (!(tolerance > 0)) return [{ at, text: `${name}: the tolerance must be positive` }]
    return []
  })
  return [...repeated('specification', sheet.specifications), ...found]
}
