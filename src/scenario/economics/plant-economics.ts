import type { Position } from '../findings.ts'
import type { Economics } from './fields.ts'

/** The `economics` section of a plant as read, or its defaults where the plant has none. */
export interface PlantEconomics extends Economics {
  /** Whether the plant file has the section. */
  readonly given: boolean
  readonly at: Position
}
