import { sameValue } from './equality.ts'
import type { Flowsheet, UnitInstance } from './flowsheet.ts'
import { calculationOrder, type CalculationOrder } from './order.ts'
import { portsOf, type UnitPorts } from './ports.ts'

/** An inlet with the lines that arrive there. */
export interface PlannedInlet {
  readonly port: string
  readonly drawn: boolean
  readonly lines: readonly number[]
}

/** An outlet with the lines that leave there: one, several from a reagent, none if left open. */
export interface PlannedOutlet {
  readonly port: string
  readonly lines: readonly number[]
}

export interface PlannedUnit {
  readonly inlets: readonly PlannedInlet[]
  readonly outlets: readonly PlannedOutlet[]
}

/** A sheet with names resolved to indices and the order in which it is calculated. */
export interface Plan {
  readonly sheet: Flowsheet
  readonly units: readonly PlannedUnit[]
  readonly order: CalculationOrder
  /** Lines whose content is decided by the unit that draws it. */
  readonly drawn: readonly boolean[]
  /** Where each line comes from: index of the unit, and its port. */
  readonly sources: readonly { readonly unit: number; readonly port: string }[]
  /** Index of the unit that each line goes to. */
  readonly targets: readonly number[]
  /** Indices of units without inlets. */
  readonly suppliers: readonly number[]
  /** Lines that bring material into the plant: they leave units without inlets. */
  readonly supply: readonly number[]
}

/**
 * The same sheet with those units and connections of an earlier one that are equal to its own, so
 * that later comparisons with the earlier one end at once.
 */
export function sharing(sheet: Flowsheet, earlier: Flowsheet): Flowsheet {
  const units = sheet.units.map((unit, i) => {
    const before = earlier.units[i]
    const same =
      before?.name === unit.name && before.op === unit.op && sameValue(before.params, unit.params)
    return same ? before : unit
  })
  const connections = connectedAlike(sheet, earlier) ? earlier.connections : sheet.connections
  return { ...sheet, units, connections }
}

/** True when all that a plan is made from is as in the earlier sheet. */
export function plannedAlike(sheet: Flowsheet, earlier: Flowsheet): boolean {
  return (
    alike(sheet, earlier) &&
    sheet.units.every((unit, i) => {
      const before = earlier.units[i] as UnitInstance
      return before === unit || samePorts(portsOf(before), portsOf(unit))
    })
  )
}

function samePorts(a: UnitPorts, b: UnitPorts): boolean {
  return (['inlets', 'outlets'] as const).every(
    (side) =>
      a[side].length === b[side].length &&
      a[side].every((port, i) => {
        const other = b[side][i]
        return (
          port.name === other?.name &&
          port.drawn === other.drawn &&
          port.optional === other.optional
        )
      }),
  )
}

/** Plans a valid sheet; `earlier` or its order is taken over where the sheet is like its own. */
export function makePlan(sheet: Flowsheet, earlier?: Plan): Plan {
  if (earlier !== undefined && plannedAlike(sheet, earlier.sheet)) return { ...earlier, sheet }
  const arriving = new Map<string, number[]>()
  const leaving = new Map<string, number[]>()
  for (const [line, c] of sheet.connections.entries()) {
    append(arriving, `${c.to.unit}.${c.to.port}`, line)
    append(leaving, `${c.from.unit}.${c.from.port}`, line)
  }
  const units = sheet.units.map((u) => planUnit(u, arriving, leaving))
  const drawn = sheet.connections.map(() => false)
  for (const { inlets } of units) {
    for (const { drawn: draws, lines } of inlets) for (const line of lines) drawn[line] = draws
  }
  const supply = units.flatMap((u) =>
    u.inlets.length === 0 ? u.outlets.flatMap((o) => o.lines) : [],
  )
  const order =
    earlier !== undefined && alike(sheet, earlier.sheet) ? earlier.order : calculationOrder(sheet)
  const indices = new Map(sheet.units.map((u, i) => [u.name, i]))
  const sources = sheet.connections.map((c) => ({
    unit: indices.get(c.from.unit) ?? -1,
    port: c.from.port,
  }))
  const targets = sheet.connections.map((c) => indices.get(c.to.unit) ?? -1)
  const suppliers = units.flatMap((u, i) => (u.inlets.length === 0 ? [i] : []))
  return { sheet, units, drawn, sources, targets, suppliers, supply, order }
}

function append(map: Map<string, number[]>, key: string, line: number): void {
  const lines = map.get(key)
  if (lines === undefined) map.set(key, [line])
  else lines.push(line)
}

function planUnit(
  unit: UnitInstance,
  arriving: ReadonlyMap<string, number[]>,
  leaving: ReadonlyMap<string, number[]>,
): PlannedUnit {
  const ports = portsOf(unit)
  return {
    inlets: ports.inlets.map((p) => ({
      port: p.name,
      drawn: p.drawn === true,
      lines: arriving.get(`${unit.name}.${p.name}`) ?? [],
    })),
    outlets: ports.outlets.map((p) => ({
      port: p.name,
      lines: leaving.get(`${unit.name}.${p.name}`) ?? [],
    })),
  }
}

/** The same units in the same places, connected by lines of the same names in the same way. */
function alike(a: Flowsheet, b: Flowsheet): boolean {
  return (
    a.units.length === b.units.length &&
    a.units.every((u, i) => u.name === b.units[i]?.name && u.op === b.units[i]?.op) &&
    connectedAlike(a, b)
  )
}

function connectedAlike({ connections: a }: Flowsheet, { connections: b }: Flowsheet): boolean {
  if (a === b) return true
  return (
    a.length === b.length &&
    a.every((c, i) => {
      const d = b[i]
      return (
        d !== undefined &&
        c.name === d.name &&
        c.from.unit === d.from.unit &&
        c.from.port === d.from.port &&
        c.to.unit === d.to.unit &&
        c.to.port === d.to.port
      )
    })
  )
}
