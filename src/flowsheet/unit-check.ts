import type { ExtractantSet } from '../chemistry/distribution/model.ts'

/** What a unit operation may look at when a plant is checked before anything is solved. */
export interface CheckContext {
  /** Extractant sets by id, built-in and the user's own. */
  readonly extractants: ReadonlyMap<string, ExtractantSet>
  /** Symbols of the elements that the databank knows. */
  readonly elements: ReadonlySet<string>
  /** Ports of this unit that a stream leads to or comes from. */
  readonly inlets: ReadonlySet<string>
  readonly outlets: ReadonlySet<string>
  /**
   * Parameters in which something was refused already: they are absent from what is checked, and
   * what depends on them cannot be judged.
   */
  readonly refused: ReadonlySet<string>
}

/** A fault in the parameters of a unit that their declaration alone does not show. */
export interface UnitFault {
  /** Place below the unit, `['sections', 1, 'flow']`; what is not written stands for its parent. */
  readonly path: readonly (string | number)[]
  readonly message: string
  /** What would be right. */
  readonly expected: string
}
