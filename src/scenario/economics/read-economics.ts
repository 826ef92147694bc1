import { describe } from '../yaml-tree.ts'
import type { MapNode } from '../yaml-tree.ts'
import { readFields } from '../read-fields.ts'
import type { FieldContext } from '../read-fields.ts'
import type { PlantUnit } from '../plant.ts'
import { economicsFields } from './fields.ts'
import type { Economics } from './fields.ts'
import type { PlantEconomics } from './plant-economics.ts'

/** First word of the path of every number of the section. */
export const economicsKey = 'economics'

/**
 * Reads the `economics` section of a plant file: money as written, defaults filled in. What is
 * wrong in it, and names of units that the plant does not have, become findings. Without the
 * section: its defaults.
 */
export function readEconomics(
  tree: MapNode,
  units: readonly PlantUnit[],
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
  const read = readFields(economicsFields, node, economicsKey, context)
  void units
  // The reader answers by the declaration, which is what `Economics` is made from.
  return { ...(read as unknown as Economics), given: node !== empty, at }
}
