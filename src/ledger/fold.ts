import type { Effects } from './effects.ts'
import type { LotState, Movement } from './state.ts'

export interface Folded {
  /** Undefined when no event speaks of the lot. */
  readonly state: LotState | undefined
  readonly movements: readonly Movement[]
}

/**
 * What events make of a lot, in the order of their time and then of their id, whatever order they
 * are given in. With a state `from` it goes on where that ends: every event must then be later.
 */
export function foldLot(uri: string, events: readonly Effects[], from?: LotState): Folded {
  throw new Error(`${uri} ${events.length} ${from?.uri}`)
}
