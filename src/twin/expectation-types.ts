import type { Quantity } from './balance/types.ts'

/** A figure that the solved plant and the ledger both give. */
export interface Compared {
  /** `Nd2O3`, `didymium` ... or the element of a recovery. */
  readonly name: string
  readonly expected?: Quantity
  readonly actual?: Quantity
  /** (actual - expected) / expected. */
  readonly deviation?: number
  /** actual - expected over their combined uncertainty; undefined where that is not known. */
  readonly z?: number
}

/** What the plant file makes of the lots that were charged, beside what came of them. */
export interface Expectation {
  readonly campaign: string
  readonly code: string
  /** solved: the plant was; failed: `detail` says why and nothing is expected. */
  readonly outcome: 'solved' | 'failed'
  readonly detail: string
  /** SHA-256 of the plant file. */
  readonly plant: string
  /** Feed as it was charged: kg, and the fractions that the plant was solved with. */
  readonly feed: {
    readonly kg: number
    readonly fractions: Readonly<Record<string, number>>
    /** Elements that the plant file states and no assay of the lots does: the file's were kept. */
    readonly kept: readonly string[]
  }
  /** kg of each product. */
  readonly masses: readonly Compared[]
  /** Oxide of the product's elements over all rare earth oxides (REO/TREO). */
  readonly purities: readonly Compared[]
  readonly recoveries: readonly Compared[]
  /** kg by element that the circuits hold. */
  readonly holdUp: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}

/** One point of a series over campaigns. */
export interface DriftPoint {
  readonly campaign: string
  readonly code: string
  readonly time: number
  readonly value: number
  /** Beyond the limits of the mean, or by the sums: undefined inside. */
  readonly signal?: 'above' | 'below' | 'drifts up' | 'drifts down'
  /** Tabular cumulative sums, in standard deviations. */
  readonly upper: number
  readonly lower: number
}

export interface ControlLimits {
  readonly mean: number
  readonly sigma: number
}

/** One figure over the campaigns, with its limits. */
export interface DriftSeries {
  /**
   * recovery: as the balance has it; recovery against expected: (actual - expected)/expected; gap:
   * unaccounted over what went in.
   */
  readonly what: 'recovery' | 'recovery against expected' | 'gap'
  readonly element: string
  readonly limits?: ControlLimits
  /** From how many points the limits were computed; 0 where they were given. */
  readonly learnt: number
  readonly points: readonly DriftPoint[]
}

export interface Drift {
  readonly isSynthetic: boolean
  readonly series: readonly DriftSeries[]
  readonly method: string
  readonly notes: readonly string[]
}
