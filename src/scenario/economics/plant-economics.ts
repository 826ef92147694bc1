import type { Position } from '../findings.ts'
import type { Economics } from './fields.ts'

/** The `economics` section of a plant as read, or its defaults where the plant has none. */
export interface PlantEconomics extends Economics {
  /** Whether the plant file has the section. */
  readonly given: boolean
  readonly at: Position
  /** Where what stands under a path of the section is written: `sales.deck`. */
  readonly places: ReadonlyMap<string, Position>
}

/** Where a path of the section is written, or the nearest block around it that is. */
export function placeOf({ at, places }: PlantEconomics, path: string): Position {
  for (let key = path; key !== ''; key = key.replace(/(?:^|\.|(?=\[))[^.[]*$/, '')) {
    const own = places.get(key)
    if (own !== undefined) return own
  }
  return at
}
