import type { LotKind } from './lot.ts'

/** Mass of one element in a lot, a place or the whole inventory. */
export interface ContainedMass {
  readonly element: string
  /** Of lots of which a value is known, mg. */
  readonly mg: number
  /** Standard uncertainty (k = 1), mg; absent when that of any part is unknown. */
  readonly u?: number
  /** Of lots with less than the limit of quantification: at most this much more, mg. */
  readonly atMostMore: number
  /** Wet mass of lots of which nobody has said what they hold of it, mg: not counted as none. */
  readonly unknownMg: number
}

/** A lot at a place. */
export interface InventoryLine {
  readonly lot: string
  readonly code: string
  readonly kind: LotKind | 'unknown'
  readonly product?: string
  readonly place: string
  /** Mass as it is, mg. */
  readonly wetMg: number
  /** Without water, mg; absent while the moisture is unknown. */
  readonly dryMg?: number
  readonly contained: readonly ContainedMass[]
  /** False: nothing is known of what the lot consists of. */
  readonly isKnown: boolean
}

export interface InventorySum {
  /** URI of the place. */
  readonly place: string
  readonly lots: number
  readonly wetMg: number
  /** Of lots of known moisture, mg, and the wet mass of the others. */
  readonly dryMg: number
  readonly dryUnknownMg: number
  readonly contained: readonly ContainedMass[]
}

/** What is there, now or at a past time. */
export interface InventoryReport {
  /** ms since 1970; absent: now. */
  readonly at?: number
  /**
   * Compositions are as they are known now, also in an inventory of a past time, whose masses are
   * those of then.
   */
  readonly contentsAreAsKnownNow: true
  readonly lines: readonly InventoryLine[]
  readonly places: readonly InventorySum[]
  readonly total: Omit<InventorySum, 'place'>
}

export interface InventoryOptions {
  /** Inclusive, ms since 1970. */
  readonly at?: number
  readonly place?: string
  readonly kinds?: readonly LotKind[]
}
