/**
 * What is sold, on which terms, and what it brings. Rates are kg a year of full output, prices are
 * money per kg in the appraisal's currency and price level.
 */

/** How one price is found from the market price of the same product. */
export type PriceRule =
  /** The market price times `times` (1 when absent): an index price with a discount or premium. */
  | { readonly kind: 'market'; readonly times?: number }
  /** A price that does not follow the market; a toll fee is one. */
  | { readonly kind: 'fixed'; readonly price: number }
  /**
   * The market price, topped up to `floor`; of what the market pays above the floor the seller keeps
   * `upside` (0 to 1, 1 when absent).
   */
  | { readonly kind: 'floor'; readonly floor: number; readonly upside?: number }
  /** The market price, never below `floor` and never above `cap`. */
  | { readonly kind: 'collar'; readonly floor?: number; readonly cap?: number }
  /** The seller's cost per kg and a margin on it. */
  | { readonly kind: 'cost-plus'; readonly cost: number; readonly margin: number }

/** A part of the output that is sold on one rule. Tiers are filled in the order in which they stand. */
export interface PriceTier {
  readonly name: string
  /** kg a year that this tier takes; absent: all that is left. */
  readonly volume?: number
  readonly rule: PriceRule
  /** The rule holds for so many years of operation, then the tier pays the market price. */
  readonly years?: number
}

/** One product as it is sold. */
export interface Sale {
  readonly product: string
  /** kg a year at full output. */
  readonly ratePerYear: number
  /** Money per kg: one figure, or one for each project year (the last one holds on). */
  readonly market: number | readonly number[]
  /** Share of the price that is paid for this form and purity, 0 to 1. */
  readonly payable: number
  /** Absent: everything at the market price. */
  readonly tiers?: readonly PriceTier[]
  /** Change of the price over inflation, a year: 0.01 is 1 %. */
  readonly escalation?: number
  /** Share of the full output in each year or quarter of operation; absent: that of the plant. */
  readonly ramp?: Ramp
  /** Products under one label share a break-even price, for example `NdPr`. */
  readonly basket?: string
  /** False: its revenue counts as a credit and its kg do not count as output. Absent: true. */
  readonly output?: boolean
}

/** Shares of full output, one a year or a quarter of operation; the last one holds on. */
export interface Ramp {
  readonly by: 'year' | 'quarter'
  readonly shares: readonly number[]
}

/** What one product brings in a year, tier by tier: the printed form of a sale. */
export interface SalesLine {
  readonly product: string
  /** kg a year. */
  readonly ratePerYear: number
  /** Volume in kg a year, price in money per kg before payability. */
  readonly tiers: readonly {
    readonly name: string
    readonly volume: number
    readonly price: number
  }[]
  readonly payable: number
  /** Money a year. */
  readonly amount: number
  /** kg a year for which no tier has room: not sold, and said so. */
  readonly unsold: number
  readonly how: string
}
