import { describe } from '../yaml-tree.ts'
import type { Position } from '../findings.ts'
import type { MapNode, TreeNode } from '../yaml-tree.ts'
import { readFields } from '../read-fields.ts'
import type { FieldContext } from '../read-fields.ts'
import type { PlantUnit } from '../plant.ts'
import { checkEconomics } from './check-economics.ts'
import { economicsFields } from './fields.ts'
import type { Economics } from './fields.ts'
import type { PlantEconomics } from './plant-economics.ts'

/** First word of the path of every number of the section. */
export const economicsKey = 'economics'

/**
 * Reads the `economics` section of a plant file: money as written, defaults filled in. What is
 * wrong in it, and names of units that the plant does not have, become findings. Without the
 * section: its defaults. `units` is undefined where some could not be read.
 */
export function readEconomics(
  tree: MapNode,
  units: readonly PlantUnit[] | undefined,
  context: FieldContext,
): PlantEconomics {
  const entry = tree.entries.get(economicsKey)
  const at = entry?.at ?? tree.at
  const empty: MapNode = { kind: 'map', at, entries: new Map() }
  let node = empty
  if (entry?.value.kind === 'map') node = entry.value
  else if (entry !== undefined && !(entry.value.kind === 'text' && entry.value.text === '')) {
    const message = `"${economicsKey}" is ${describe(entry.value)}`
    const expected = `a map: { ${Object.keys(economicsFields).join(', ')} }`
    context.findings.add(entry.value.at, 'type', message, expected)
  }
  const before = context.findings.raised()
  // The reader answers by the declaration, which is what `Economics` is made from.
  const read = readFields(economicsFields, node, economicsKey, context) as unknown as Economics
  // What was refused stands as undefined: nothing more can be said about it.
  if (context.findings.raised() === before) checkEconomics(read, node, units, context.findings)
  return { ...read, given: node !== empty, at, places: placesOf(node) }
}

/** Every value of the section by its dotted path, with its place. */
function placesOf(section: MapNode): ReadonlyMap<string, Position> {
  const places = new Map<string, Position>()
  const visit = (node: TreeNode, path: string): void => {
    if (path !== '') places.set(path, node.at)
    if (node.kind === 'list') node.items.forEach((item, k) => visit(item, `${path}[${k}]`))
    if (node.kind !== 'map') return
    for (const { key, value } of node.entries.values()) {
      visit(value, path === '' ? key : `${path}.${key}`)
    }
  }
  visit(section, '')
  return places
}
