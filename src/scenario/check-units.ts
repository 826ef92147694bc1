import type { Databank } from '../databank/index.ts'
import type { CheckContext } from '../flowsheet/unit-op.ts'
import type { Findings, Position } from './findings.ts'
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
  { streams, extractants, bank }: Surroundings,
  tree: MapNode,
  findings: Findings,
): void {
  if (!units.some((unit) => unit.op.check !== undefined)) return
  const own = extractants.map(({ name, set }) => [name, set] as const)
  const shared = {
    extractants: new Map([...bank.extractants, ...own]),
    elements: new Set(bank.elements.keys()),
  }
  const nodes = tree.entries.get('units')?.value
  for (const unit of units) {
    if (unit.op.check === undefined) continue
    const context: CheckContext = {
      ...shared,
      inlets: portsAt(unit.name, streams, 'to'),
      outlets: portsAt(unit.name, streams, 'from'),
      refused: 'refused' in unit ? unit.refused : new Set(),
    }
    const node = nodes?.kind === 'map' ? nodes.entries.get(unit.name)?.value : undefined
    for (const { path, message, expected } of unit.op.check(unit.params, context)) {
      findings.add(placeBelow(node, path, unit.at), 'unit-check', message, expected)
    }
  }
}

function portsAt(
  unit: string,
  streams: readonly PlantStream[],
  end: 'from' | 'to',
): ReadonlySet<string> {
  return new Set(streams.filter((s) => s[end].unit === unit).map((s) => s[end].port))
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
