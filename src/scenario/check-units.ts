import type { Databank } from '../databank/index.ts'
import type { CheckContext, UnitFault } from '../flowsheet/unit-op.ts'
import type { Findings, Position } from './findings.ts'
import { kept } from '../numerics/index.ts'
import type { OwnSet, PlantStream, PlantUnit } from './plant.ts'
import type { FaultyUnit } from './read-plant.ts'
import type { MapNode, TreeNode } from './yaml-tree.ts'

/** What the units are checked with, besides their own parameters. */
interface Surroundings {
  readonly streams: readonly PlantStream[]
  readonly extractants: readonly OwnSet[]
  readonly bank: Databank
}

/**
 * Asks every unit operation for the faults that show before anything is solved. Units of which some
 * parameters were refused are asked as well, without those parameters.
 */
export function checkUnits(
  units: readonly (PlantUnit | FaultyUnit)[],
  surroundings: Surroundings,
  tree: MapNode,
  findings: Findings,
): void {
  const nodes = tree.entries.get('units')?.value
  for (const { unit, fault } of unitFaults(units, surroundings)) {
    const node = nodes?.kind === 'map' ? nodes.entries.get(unit.name)?.value : undefined
    const at = placeBelow(node, fault.path, unit.at)
    findings.add(at, 'unit-check', fault.message, fault.expected)
  }
}

interface FoundFault {
  readonly unit: PlantUnit | FaultyUnit
  readonly fault: UnitFault
}

/** Every fault of every unit that shows before anything is solved. */
export function unitFaults(
  units: readonly (PlantUnit | FaultyUnit)[],
  { streams, extractants, bank }: Surroundings,
): readonly FoundFault[] {
  if (!units.some((unit) => unit.op.check !== undefined)) return []
  const own = extractants.map(({ name, set }) => [name, set] as const)
  const shared = {
    extractants: new Map([...bank.extractants, ...own]),
    elements: new Set(bank.elements.keys()),
  }
  return units.flatMap((unit) => {
    const context: CheckContext = {
      ...shared,
      inlets: portsAt(unit.name, streams, 'to'),
      outlets: portsAt(unit.name, streams, 'from'),
      refused: 'refused' in unit ? unit.refused : new Set(),
    }
    return (unit.op.check?.(unit.params, context) ?? []).map((fault) => ({ unit, fault }))
  })
}

type Ports = ReadonlyMap<string, ReadonlySet<string>>

const connected = new WeakMap<
  readonly PlantStream[],
  { readonly from: Ports; readonly to: Ports }
>()

/** The ports of a unit that lines are connected to; sorted once for a plant. */
function portsAt(
  unit: string,
  streams: readonly PlantStream[],
  end: 'from' | 'to',
): ReadonlySet<string> {
  const ports = kept(connected, streams, () => ({
    from: portsByUnit(streams, 'from'),
    to: portsByUnit(streams, 'to'),
  }))
  return ports[end].get(unit) ?? new Set()
}

function portsByUnit(streams: readonly PlantStream[], end: 'from' | 'to'): Ports {
  const ports = new Map<string, Set<string>>()
  for (const {
    [end]: { unit, port },
  } of streams) {
    ports.set(unit, (ports.get(unit) ?? new Set()).add(port))
  }
  return ports
}

/** Place of the value at a path below a unit, or of the nearest thing above it that is written. */
function placeBelow(
  unit: TreeNode | undefined,
  path: readonly (string | number)[],
  otherwise: Position,
): Position {
  let node = unit
  let at = otherwise
  for (const part of path) {
    if (node?.kind === 'map') node = node.entries.get(String(part))?.value
    else if (node?.kind === 'list') node = node.items[Number(part)]
    // A single text stands for a list of one.
    else return at
    if (node === undefined) return at
    at = node.at
  }
  return at
}
